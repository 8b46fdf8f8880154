// Asking a program subject, and what a case's program says of itself.
#include <gradproof/subject/program_subject.hpp>

#include <utility>

namespace gradproof::subject {

Backprop::Backprop(std::string name, std::vector<const backprop::Primitive*> replacements)
    : name_(std::move(name)), replacements_(std::move(replacements)) {}

Answer Backprop::answer(const cases::Case& drawn, std::span<const double> cotangent) const {
    return cases::backprop_answer(drawn, cotangent, replacements_);
}

std::vector<cases::WideEntry> Backprop::formula(const cases::Case& drawn,
                                                std::span<const double> cotangent) const {
    return cases::backprop_formula(drawn, cotangent, replacements_);
}

ProgramTrial::ProgramTrial(const ProgramSubject& subject, const cases::Case& drawn)
    : subject_(subject), drawn_(drawn), program_(drawn.graph), inputs_(cases::flat_inputs(drawn)) {
    cases::require_checkable(drawn);
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

std::optional<double> ProgramTrial::declared_by_primitive(std::size_t entry) const {
    // Kinks belong to elementwise primitives of one operand: entry i of the input is entry i of the output.
    for (const backprop::Kink& kink : drawn_.graph.nodes[drawn_.graph.output].primitive->kinks) {
        if (inputs_[entry] == kink.at) return kink.slope * drawn_.cotangent[entry];
    }
    return std::nullopt;
}

std::optional<cases::WideEntry> ProgramTrial::declared(std::size_t entry) const {
    if (subject_.ties() == scalar::Ties::open) return std::nullopt;
    if (single_primitive()) {
        // What the primitive promises stands apart from its rule, which is held against it.
        const auto value = declared_by_primitive(entry);
        if (!value) return std::nullopt;
        return cases::WideEntry{true, scalar::Wide<50>(*value), 0};
    }
    if (conventions_.empty()) {
        conventions_ = cases::wide_gradient(drawn_, drawn_.graph, drawn_.cotangent);
    }
    if (!conventions_[entry].known) return std::nullopt;
    return conventions_[entry];
}

}  // namespace gradproof::subject
