// Drawing the cut, sweeping the parts, adding up what they give each input.
//
// What rounding may cost the parts is what it may cost a sweep over the program that they amount to
// (`cases::Split::written_out`): the parts do the same operations, and add up at the inputs, here exactly
// and rounded once.
#include <gradproof/laws/chain_rule.hpp>

#include <gradproof/case/split.hpp>
#include <gradproof/generate/dice.hpp>
#include <gradproof/laws/comparison.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace gradproof::laws {

namespace {

using backprop::NodeId;
using cases::Case;
using subject::ProgramSubject;

using Numbers = std::vector<double>;

/// Of the nodes before the output, the first ones up to a drawn place join one by one: the very first
/// always, the others three times in four where their operands did.
[[nodiscard]] std::optional<std::vector<bool>> drawn_first_part(const backprop::Graph& graph,
                                                                generate::Dice& dice) {
    std::vector<NodeId> eligible;
    for (NodeId id = 0; id < graph.output; ++id) {
        if (graph.nodes[id].primitive != nullptr) eligible.push_back(id);
    }
    if (eligible.empty()) return std::nullopt;
    eligible.resize(1 + dice.below(eligible.size()));
    std::vector<bool> first(graph.nodes.size());
    for (const NodeId id : graph.inputs) first[id] = true;
    for (const NodeId id : eligible) {
        const bool wanted = id == eligible.front() || dice.chance(75);
        const auto& operands = graph.nodes[id].operands;
        first[id] = wanted && std::ranges::all_of(operands, [&](NodeId k) { return first[k]; });
    }
    return first;
}

[[nodiscard]] bool all_finite(const Numbers& numbers) {
    return std::ranges::all_of(numbers, [](double x) { return std::isfinite(x); });
}

/// The gradient that the parts have together; nothing where a number at the cut is not finite, or an
/// answer has another size than was asked for.
[[nodiscard]] std::optional<Numbers> of_parts(const ProgramSubject& subject, const Case& drawn,
                                              const cases::Split& split) {
    const backprop::Graph& graph = drawn.graph;
    std::vector<Numbers> values;
    for (const NodeId id : split.cut()) {
        const std::size_t size = scalar::element_count(graph.nodes[id].shape());
        if (graph.nodes[id].primitive == nullptr) {
            values.push_back(drawn.inputs[graph.input_index(id)]);
        } else {
            const Case part = split.up_to(id, Numbers(size, 0.0));
            values.push_back(subject.answer(part, part.cotangent).primal);
        }
        if (values.back().size() != size || !all_finite(values.back())) return std::nullopt;
    }
    const Case second = split.from_cut(std::move(values));
    const Numbers at_cut = subject.answer(second, second.cotangent).gradient;
    if (at_cut.size() != cases::flat_inputs(second).size() || !all_finite(at_cut))
        return std::nullopt;

    std::vector<oracle::Real> sum(cases::flat_inputs(drawn).size(), oracle::Real(0));
    auto next = at_cut.begin();
    for (const NodeId id : split.cut()) {
        const auto end =
            next + static_cast<std::ptrdiff_t>(scalar::element_count(graph.nodes[id].shape()));
        if (graph.nodes[id].primitive == nullptr) {
            std::size_t entry = 0;
            for (std::size_t i = 0; i < graph.input_index(id); ++i) entry += drawn.inputs[i].size();
            for (auto share = next; share != end; ++share) sum[entry++] += *share;
        } else {
            const Case part = split.up_to(id, {next, end});
            const Numbers shares = subject.answer(part, part.cotangent).gradient;
            if (shares.size() != sum.size()) return std::nullopt;
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += shares[i];
        }
        next = end;
    }
    Numbers gradient;
    for (const oracle::Real& entry : sum) gradient.push_back(entry.convert_to<double>());
    return gradient;
}

}  // namespace

check::Report chain_rule(const ProgramSubject& subject, const Case& drawn, std::uint64_t seed) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kChainRule, trial);
    generate::Dice dice{rc::Random(seed)};
    const auto first = drawn_first_part(drawn.graph, dice);
    if (!first) return report;
    const subject::Answer whole = trial.answer(drawn.cotangent);
    if (!complete(report, trial, whole)) return report;
    const cases::Split split(drawn, *first);
    const auto parts = of_parts(subject, drawn, split);
    if (!parts) {
        report.counts.entries += whole.gradient.size();
        report.counts.out_of_range += whole.gradient.size();
        return report;
    }
    compare_ways(report, trial, whole.gradient, *parts, [&] {
        return allowed_by(trial.budget(drawn.cotangent),
                          cases::budget(split.written_out(), drawn.cotangent, subject.ties()),
                          whole.gradient.size());
    });
    return report;
}

}  // namespace gradproof::laws
