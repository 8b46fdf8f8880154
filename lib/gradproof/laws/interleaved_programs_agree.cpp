// Three questions, the second about another program: the first and third answers are one.
#include <gradproof/laws/interleaved_programs_agree.hpp>

#include <gradproof/generate/redrawn_case.hpp>
#include <gradproof/laws/comparison.hpp>

#include <vector>

namespace gradproof::laws {

namespace {

using backprop::NodeId;

[[nodiscard]] cases::Case other_program(const cases::Case& drawn, std::uint64_t seed) {
    generate::Dice dice{rc::Random(seed)};
    cases::Case other = generate::redraw(dice, drawn, generate::Style::well_scaled);
    std::vector<NodeId> outputs;
    for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
        if (drawn.graph.nodes[id].primitive != nullptr && id != drawn.graph.output)
            outputs.push_back(id);
    }
    if (outputs.empty()) return other;
    other.graph.output = dice.one_of(outputs);
    other.cotangent.assign(scalar::element_count(other.graph.output_shape()), 1.0);
    return other;
}

}  // namespace

check::Report interleaved_programs_agree(const subject::ProgramSubject& subject,
                                         const cases::Case& drawn, std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kInterleavedProgramsAgree, trial);
    const subject::Answer first = trial.answer(drawn.cotangent);
    const cases::Case other = other_program(drawn, seed);
    (void)subject.answer(other, other.cotangent);
    const subject::Answer again = trial.answer(drawn.cotangent);
    if (!complete(report, trial, first) || !complete(report, trial, again)) return report;
    compare_bits(report, trial, first, again, "asked again");
    return report;
}

}  // namespace gradproof::laws
