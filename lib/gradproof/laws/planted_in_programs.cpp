// Planted errors of a program's sweep, and of what the catalogue says of a primitive.
#include <gradproof/laws/planted_subject.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/laws/used_twice_accumulates.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <limits>

namespace gradproof::laws {

namespace {

using backprop::Primitive;
using cases::Case;

template <class T>
[[nodiscard]] std::vector<double> assigned_sweep(const Case& drawn, std::span<const double> u) {
    const backprop::Graph& graph = drawn.graph;
    std::vector<std::vector<T>> inputs;
    for (const auto& input : drawn.inputs) {
        auto& numbers = inputs.emplace_back();
        for (const double x : input) numbers.push_back(static_cast<T>(x));
    }
    const auto values = backprop::forward<T>(graph, inputs);
    backprop::PerNode<T> cotangents;
    for (const auto& node : values) cotangents.emplace_back(node.size(), T(0));
    auto& output = cotangents[graph.output];
    std::transform(u.begin(), u.end(), output.begin(), [](double g) { return static_cast<T>(g); });

    for (backprop::NodeId id = graph.nodes.size(); id-- > 0;) {
        const backprop::Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        std::vector<std::span<const T>> operands;
        backprop::PerNode<T> shares;
        for (const backprop::NodeId operand : node.operands) {
            operands.emplace_back(values[operand]);
            shares.emplace_back(values[operand].size(), T(0));
        }
        const std::vector<std::span<T>> accumulators(shares.begin(), shares.end());
        node.primitive->rule<T>().pullback(node.application, cotangents[id], values[id], operands,
                                           accumulators);
        for (std::size_t i = 0; i < shares.size(); ++i) cotangents[node.operands[i]] = shares[i];
    }
    std::vector<double> gradient;
    for (const backprop::NodeId id : graph.inputs) {
        gradient.insert(gradient.end(), cotangents[id].begin(), cotangents[id].end());
    }
    return gradient;
}

[[nodiscard]] bool uses_a_node_twice(const backprop::Graph& graph) {
    std::vector<std::size_t> uses(graph.nodes.size(), 0);
    for (const backprop::Node& node : graph.nodes) {
        for (const backprop::NodeId operand : node.operands) {
            if (++uses[operand] == 2) return true;
        }
    }
    return false;
}

/// A reverse sweep of the catalogue's rules whose nodes keep only what their last use gave them.
class Assigned final : public PlantedSubject {
public:
    using PlantedSubject::PlantedSubject;

private:
    void spoil(const Case& drawn, const Asked& asked, subject::Answer& answer) const override {
        if (!uses_a_node_twice(drawn.graph)) return;
        answer.gradient = drawn.precision == scalar::Precision::binary32
                              ? assigned_sweep<float>(drawn, asked.cotangent)
                              : assigned_sweep<double>(drawn, asked.cotangent);
    }
};

[[nodiscard]] bool fits(const Primitive& other, const backprop::Node& node) {
    if (other.name == node.primitive->name || other.second_form == nullptr) return false;
    const bool counts = !other.variadic() && other.operands.size() == node.operands.size() &&
                        other.attributes.size() == node.application.attributes.size();
    if (!counts) return false;
    try {
        return other.shape(node.application.operands, node.application.attributes) == node.shape();
    } catch (const backprop::ShapeError&) {
        return false;
    }
}

/// The only primitive of a case has the second form of another one, where one of its shapes is there.
class OtherSecondForm final : public PlantedSubject {
public:
    OtherSecondForm(const subject::ProgramSubject& sound, std::string_view error,
                    std::uint64_t seed)
        : PlantedSubject(sound, error), seed_(seed) {}

    [[nodiscard]] Case shown(const Case& drawn) override {
        const subject::ProgramTrial trial(sound(), drawn);
        if (!trial.single_primitive()) return drawn;
        Case changed = drawn;
        backprop::Node& node = changed.graph.nodes[changed.graph.output];
        const std::vector<Primitive>& all = primitives::catalogue();
        for (std::size_t k = 0; k < all.size(); ++k) {
            const Primitive& other = all[(seed_ + k) % all.size()];
            if (!fits(other, node) || !differs(other, *node.primitive, changed)) continue;
            misprinted_ = *node.primitive;
            misprinted_.second_form = other.second_form;
            node.primitive = &misprinted_;
            note({true, std::numeric_limits<double>::infinity()});
            break;
        }
        return changed;
    }

private:
    std::uint64_t seed_;
    Primitive misprinted_;

    void spoil(const Case&, const Asked&, subject::Answer&) const override {}

    /// Both primitives in double: where they agree, so may the second forms.
    [[nodiscard]] static bool differs(const Primitive& a, const Primitive& b, const Case& drawn) {
        const backprop::Node& node = drawn.graph.nodes[drawn.graph.output];
        const std::vector<std::span<const double>> operands(drawn.inputs.begin(),
                                                            drawn.inputs.end());
        std::vector<double> of_a(scalar::element_count(node.shape())), of_b = of_a;
        a.rule<double>().primal(node.application, operands, of_a);
        b.rule<double>().primal(node.application, operands, of_b);
        const auto apart = [](double x, double y) { return x - y != 0 && x - y == x - y; };
        return !std::equal(of_a.begin(), of_a.end(), of_b.begin(),
                           [&](double x, double y) { return !apart(x, y); });
    }
};

}  // namespace

std::vector<ProgramError> errors_of_programs() {
    using subject::ProgramSubject;
    return {
        {"assigned, not accumulated",
         "a node that is used twice keeps one share",
         {kUsedTwiceAccumulates},
         [](const ProgramSubject& sound, std::uint64_t) {
             return std::make_unique<Assigned>(sound, "assigned, not accumulated");
         }},
        {"another's second form",
         "a primitive has the second form of another one",
         {kSecondFormAgrees},
         [](const ProgramSubject& sound, std::uint64_t seed) {
             return std::make_unique<OtherSecondForm>(sound, "another's second form", seed);
         }},
    };
}

}  // namespace gradproof::laws
