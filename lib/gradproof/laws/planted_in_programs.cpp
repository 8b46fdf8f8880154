// Planted errors of a program's sweep, and of what the catalogue says of a primitive.
#include <gradproof/laws/planted_subject.hpp>

#include <gradproof/case/batch.hpp>
#include <gradproof/laws/batch_equals_loop.hpp>
#include <gradproof/laws/chain_rule.hpp>
#include <gradproof/laws/rewrites_agree.hpp>
#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/laws/used_twice_accumulates.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace gradproof::laws {

namespace {

using backprop::NodeId;
using backprop::Primitive;
using cases::Case;

constexpr std::string_view kAssigned = "assigned, not accumulated";
constexpr std::string_view kSeveral = "doubled where nodes follow each other";
constexpr std::string_view kEven = "doubled by an even number of nodes";
constexpr std::string_view kSlices = "first slice twice";
constexpr std::string_view kMisprinted = "another's second form";

/// One of the nodes that stand twice or more as an operand.
[[nodiscard]] std::optional<NodeId> node_used_twice(const backprop::Graph& graph,
                                                    std::uint64_t seed) {
    std::vector<std::size_t> uses(graph.nodes.size(), 0);
    std::vector<NodeId> found;
    for (const backprop::Node& node : graph.nodes) {
        for (const NodeId operand : node.operands) {
            if (++uses[operand] == 2) found.push_back(operand);
        }
    }
    if (found.empty()) return std::nullopt;
    return found[seed % found.size()];
}

/// The case with a first input of its own, `values`, for every use of `node` but one.
[[nodiscard]] Case cut_from_further_uses(const Case& drawn, NodeId node,
                                         std::vector<double> values) {
    std::string name = "kept";
    const auto taken = [&](const backprop::Node& other) { return other.name == name; };
    while (std::ranges::any_of(drawn.graph.nodes, taken)) name += "_";
    Case cut = drawn;
    cut.graph = {};
    const NodeId kept = cut.graph.add_input(name, drawn.graph.nodes[node].shape());
    std::vector<NodeId> place;
    bool used = false;
    for (const backprop::Node& old : drawn.graph.nodes) {
        if (old.primitive == nullptr) {
            place.push_back(cut.graph.add_input(old.name, old.shape()));
            continue;
        }
        std::vector<NodeId> operands;
        for (const NodeId operand : old.operands) {
            operands.push_back(operand == node && used ? kept : place[operand]);
            used = used || operand == node;
        }
        place.push_back(
            cut.graph.apply(*old.primitive, std::move(operands), old.application.attributes));
    }
    cut.graph.output = place[drawn.graph.output];
    cut.inputs.insert(cut.inputs.begin(), std::move(values));
    return cut;
}

/// The sound gradient of a program in which one node has kept the share of its first use only, as a
/// sweep leaves it that assigns shares.
class Assigned final : public PlantedSubject {
public:
    Assigned(const subject::ProgramSubject& sound, std::string_view error, std::uint64_t seed)
        : PlantedSubject(sound, error), seed_(seed) {}

private:
    std::uint64_t seed_;

    void spoil(const Case& drawn, const Asked& asked, subject::Answer& answer) const override {
        const auto node = node_used_twice(drawn.graph, seed_);
        if (!node) return;
        std::vector<double> values = values_of(drawn, *node);
        if (!std::ranges::all_of(values, [](double x) { return std::isfinite(x); })) return;
        const std::size_t count = values.size();
        const std::vector<double> gradient =
            sound()
                .answer(cut_from_further_uses(drawn, *node, std::move(values)), asked.cotangent)
                .gradient;
        answer.gradient.assign(gradient.begin() + static_cast<std::ptrdiff_t>(count),
                               gradient.end());
    }

    /// Asks for the program that ends at the node.
    [[nodiscard]] std::vector<double> values_of(const Case& drawn, NodeId node) const {
        const auto input = std::ranges::find(drawn.graph.inputs, node);
        if (input != drawn.graph.inputs.end()) {
            return drawn.inputs[static_cast<std::size_t>(input - drawn.graph.inputs.begin())];
        }
        Case part = drawn;
        part.graph.output = node;
        part.cotangent.assign(scalar::element_count(drawn.graph.nodes[node].shape()), 1.0);
        return sound().answer(part, part.cotangent).primal;
    }
};

/// Twice the gradient of programs whose number of nodes, inputs aside, is of a kind.
class DoubledByNodes final : public PlantedSubject {
public:
    DoubledByNodes(const subject::ProgramSubject& sound, std::string_view error,
                   bool (*doubled)(std::size_t nodes))
        : PlantedSubject(sound, error), doubled_(doubled) {}

private:
    bool (*doubled_)(std::size_t nodes);

    void spoil(const Case& drawn, const Asked&, subject::Answer& answer) const override {
        if (!doubled_(drawn.graph.nodes.size() - drawn.graph.inputs.size())) return;
        for (double& g : answer.gradient) g *= 2;
    }
};

/// The second slice of a batch of two gets the gradient of the first, where there is a batch axis.
class FirstSliceTwice final : public PlantedSubject {
public:
    FirstSliceTwice(const subject::ProgramSubject& sound, std::string_view error)
        : PlantedSubject(sound, error) {}

private:
    void spoil(const Case& drawn, const Asked& asked, subject::Answer& answer) const override {
        const auto two_slices = [](const scalar::Shape& shape) {
            return !shape.empty() && shape.front() == 2;
        };
        if (!cases::acts_entry_by_entry(drawn.graph) ||
            !std::ranges::all_of(asked.shapes, two_slices))
            return;
        std::size_t first = 0;
        for (const scalar::Shape& shape : asked.shapes) {
            const std::size_t slice = scalar::element_count(shape) / 2;
            for (std::size_t i = 0; i < slice; ++i)
                answer.gradient[first + slice + i] = answer.gradient[first + i];
            first += 2 * slice;
        }
    }
};

[[nodiscard]] bool several(std::size_t nodes) { return nodes > 1; }
[[nodiscard]] bool even(std::size_t nodes) { return nodes % 2 == 0; }

[[nodiscard]] bool fits(const Primitive& other, const backprop::Node& node) {
    if (other.name == node.primitive->name || other.second_form == nullptr) return false;
    const std::size_t attributes = node.application.attributes.size();
    const bool listed = other.has_list() && attributes >= other.single_attributes();
    const bool counts = !other.variadic() && other.operands.size() == node.operands.size() &&
                        (listed || other.single_attributes() == attributes);
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
                    const std::vector<Primitive>& catalogue, std::uint64_t seed)
        : PlantedSubject(sound, error), catalogue_(catalogue), seed_(seed) {}

    [[nodiscard]] Case shown(const Case& drawn) override {
        const subject::ProgramTrial trial(sound(), drawn);
        if (!trial.single_primitive()) return drawn;
        Case changed = drawn;
        backprop::Node& node = changed.graph.nodes[changed.graph.output];
        for (std::size_t k = 0; k < catalogue_.size(); ++k) {
            const Primitive& other = catalogue_[(seed_ + k) % catalogue_.size()];
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
    const std::vector<Primitive>& catalogue_;
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

std::vector<ProgramError> errors_of_programs(const std::vector<Primitive>& catalogue) {
    using subject::ProgramSubject;
    return {
        {kAssigned,
         "a node that is used twice keeps one share",
         {kUsedTwiceAccumulates},
         [](const ProgramSubject& sound, std::uint64_t seed) {
             return std::make_unique<Assigned>(sound, kAssigned, seed);
         }},
        {kSeveral,
         "the gradient is doubled in programs of more than one node",
         {kChainRule},
         [](const ProgramSubject& sound, std::uint64_t) {
             return std::make_unique<DoubledByNodes>(sound, kSeveral, several);
         }},
        {kEven,
         "the gradient is doubled in programs of an even number of nodes",
         {kRewritesAgree},
         [](const ProgramSubject& sound, std::uint64_t) {
             return std::make_unique<DoubledByNodes>(sound, kEven, even);
         }},
        {kSlices,
         "the second slice of a batch of two has the gradient of the first",
         {kBatchEqualsLoop},
         [](const ProgramSubject& sound, std::uint64_t) {
             return std::make_unique<FirstSliceTwice>(sound, kSlices);
         }},
        {kMisprinted,
         "a primitive has the second form of another one",
         {kSecondFormAgrees},
         [&catalogue](const ProgramSubject& sound, std::uint64_t seed) {
             return std::make_unique<OtherSecondForm>(sound, kMisprinted, catalogue, seed);
         }},
    };
}

}  // namespace gradproof::laws
