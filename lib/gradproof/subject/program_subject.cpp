// Asking a program subject, and what a case's program says of itself.
#include <gradproof/subject/program_subject.hpp>

#include <gradproof/case/along_direction.hpp>

#include <cmath>
#include <limits>
#include <utility>

namespace gradproof::subject {

Backprop::Backprop(std::string name, std::vector<const backprop::Primitive*> replacements)
    : name_(std::move(name)), replacements_(std::move(replacements)), rules_(replacements_) {}

Answer Backprop::answer(const cases::Case& drawn, std::span<const double> cotangent) const {
    return cases::backprop_answer(drawn, cotangent, replacements_);
}

std::vector<cases::WideEntry> Backprop::formula(const cases::Case& drawn,
                                                std::span<const double> cotangent) const {
    return cases::backprop_formula(drawn, cotangent, replacements_);
}

std::optional<std::vector<double>> Backprop::jvp(const cases::Case& drawn,
                                                 std::span<const double> tangent) const {
    return cases::jvp_answer(drawn, tangent, replacements_);
}

std::optional<std::vector<double>> Backprop::hvp(const cases::Case& drawn,
                                                 std::span<const double> cotangent,
                                                 std::span<const double> direction) const {
    return cases::hvp_answer(drawn, cotangent, direction, replacements_);
}

ProgramTrial::ProgramTrial(const ProgramSubject& subject, const cases::Case& drawn)
    : subject_(subject), drawn_(drawn), program_(drawn.graph), inputs_(cases::flat_inputs(drawn)) {
    cases::require_checkable(drawn);
}

ProgramTrial::ProgramTrial(const ProgramSubject& subject, std::shared_ptr<const cases::Case> drawn)
    : ProgramTrial(subject, *drawn) {
    owned_ = std::move(drawn);
}

Answer ProgramTrial::answer(std::span<const double> cotangent) const {
    return subject_.answer(drawn_, cotangent);
}
cases::Budget ProgramTrial::budget(std::span<const double> cotangent) const {
    return cases::budget(drawn_, cotangent, subject_.ties());
}
std::string ProgramTrial::entry_name(std::size_t entry) const {
    return cases::entry_name(drawn_.graph, entry);
}
std::vector<std::string> ProgramTrial::program_lines() const {
    return cases::program_lines(drawn_.graph);
}
std::vector<cases::WideEntry> ProgramTrial::formula() const {
    return subject_.formula(drawn_, drawn_.cotangent);
}

bool ProgramTrial::single_primitive() const {
    const backprop::Graph& graph = drawn_.graph;
    if (graph.nodes.size() != graph.inputs.size() + 1) return false;
    const std::vector<backprop::NodeId>& operands = graph.nodes[graph.output].operands;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (operands[i] == operands[k]) return false;
        }
    }
    return !operands.empty();
}

std::vector<cases::WideEntry> ProgramTrial::declared_by_primitive() const {
    const backprop::Node& node = drawn_.graph.nodes[drawn_.graph.output];
    const backprop::Primitive& primitive = *node.primitive;
    std::vector<cases::WideEntry> declared(inputs_.size());
    if (primitive.at_tie != nullptr) {
        std::vector<std::vector<double>> gradient;
        std::vector<std::span<const double>> operands;
        std::vector<std::span<double>> buffers;
        const double not_promised = std::numeric_limits<double>::quiet_NaN();
        for (const auto& input : drawn_.inputs) gradient.emplace_back(input.size(), not_promised);
        for (const backprop::NodeId operand : node.operands) {
            const std::size_t input = drawn_.graph.input_index(operand);
            operands.emplace_back(drawn_.inputs[input]);
            buffers.emplace_back(gradient[input]);
        }
        primitive.at_tie(node.application, drawn_.cotangent, operands, buffers);
        std::size_t entry = 0;
        for (const auto& buffer : gradient) {
            for (const double value : buffer) {
                // A slope times a cotangent, rounded once.
                if (!std::isnan(value)) {
                    declared[entry] = {true, scalar::Wide<50>(value),
                                       ldexp(scalar::Wide<50>(std::abs(value)), -53)};
                }
                ++entry;
            }
        }
    }
    // Kinks belong to elementwise primitives of one operand: entry i of the input is entry i of the output.
    for (const backprop::Kink& kink : primitive.kinks) {
        for (std::size_t i = 0; i < declared.size(); ++i) {
            if (inputs_[i] != kink.at) continue;
            declared[i] = {true, scalar::Wide<50>(kink.slope * drawn_.cotangent[i]), 0};
        }
    }
    return declared;
}

std::optional<cases::WideEntry> ProgramTrial::declared(std::size_t entry) const {
    if (subject_.ties() == scalar::Ties::open) return std::nullopt;
    if (conventions_.empty()) {
        // What a primitive promises stands apart from its rule, which is held against it.
        conventions_ = single_primitive()
                           ? declared_by_primitive()
                           : cases::wide_gradient(drawn_, drawn_.graph, drawn_.cotangent);
    }
    if (!conventions_[entry].known) return std::nullopt;
    return conventions_[entry];
}

std::unique_ptr<Trial> ProgramTrial::at(std::vector<double> inputs,
                                        std::vector<double> cotangent) const {
    auto moved = std::make_shared<cases::Case>(drawn_);
    std::size_t next = 0;
    for (auto& input : moved->inputs) {
        for (double& x : input) x = inputs[next++];
    }
    moved->cotangent = std::move(cotangent);
    return std::make_unique<ProgramTrial>(subject_, std::move(moved));
}

std::vector<cases::Slip> ProgramTrial::slips(std::span<const double> cotangent) const {
    return cases::slips(drawn_, cotangent);
}

std::vector<NamedNumber> ProgramTrial::attributes() const {
    std::vector<NamedNumber> attributes;
    for (const backprop::Node& node : drawn_.graph.nodes) {
        for (std::size_t i = 0; i < node.application.attributes.size(); ++i) {
            attributes.push_back(
                {std::string(node.primitive->attribute_name(i)), node.application.attributes[i]});
        }
    }
    return attributes;
}

}  // namespace gradproof::subject
