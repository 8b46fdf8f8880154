// Three questions: one slice, the batch of both, the other slice.
#include <gradproof/laws/batch_equals_loop.hpp>

#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/batch.hpp>
#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/rebuilt_case.hpp>
#include <gradproof/laws/comparison.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace gradproof::laws {

namespace {

using backprop::NodeId;
using cases::Case;

using Numbers = std::vector<double>;

/// The part of the program that ends at `last`, its nodes all acting entry by entry.
[[nodiscard]] std::optional<Case> part_up_to(const Case& drawn, NodeId last) {
    const cases::NodeAnswers swept = cases::backprop_at_nodes(drawn);
    generate::RebuiltCase rebuilt(drawn);
    for (NodeId id = 0; id < last; ++id) {
        const backprop::Node& node = drawn.graph.nodes[id];
        if (node.primitive == nullptr || cases::acts_entry_by_entry(node)) continue;
        rebuilt.with_input(id, swept.values[id]);
    }
    std::optional<Case> part = rebuilt.up_to(last);
    if (!part || !cases::acts_entry_by_entry(part->graph)) return std::nullopt;
    for (const Numbers& input : part->inputs) {
        if (!std::ranges::all_of(input, [](double x) { return std::isfinite(x); }))
            return std::nullopt;
    }
    // Other numbers than all ones, so that an entry's cotangent cannot stand for another's.
    if (last != drawn.graph.output) {
        for (std::size_t k = 0; k < part->cotangent.size(); ++k)
            part->cotangent[k] = static_cast<double>(1 + k % 3);
    }
    return part;
}

/// The same numbers, each at its neighbour's place, so that all stay in their domains; a cotangent of the
/// other sign.
[[nodiscard]] Case moved_on(Case part) {
    const auto move_on = [](Numbers& numbers) {
        if (!numbers.empty()) std::rotate(numbers.begin(), numbers.begin() + 1, numbers.end());
    };
    for (Numbers& input : part.inputs) move_on(input);
    move_on(part.cotangent);
    for (double& u : part.cotangent) u = -u;
    return part;
}

/// What both slices give each input, as the batch has them.
template <class Number>
[[nodiscard]] std::vector<Number> one_behind_the_other(const Case& part,
                                                       const std::vector<Number>& first,
                                                       const std::vector<Number>& second) {
    std::vector<Number> both;
    std::size_t begin = 0;
    for (const Numbers& input : part.inputs) {
        for (const auto* slice : {&first, &second}) {
            const auto from = slice->begin() + static_cast<std::ptrdiff_t>(begin);
            both.insert(both.end(), from, from + static_cast<std::ptrdiff_t>(input.size()));
        }
        begin += input.size();
    }
    return both;
}

[[nodiscard]] Numbers bounds_of(const cases::Budget& budget) {
    Numbers bounds;
    for (std::size_t i = 0; i < budget.gradient.size(); ++i)
        bounds.push_back(budget.largest_bound(i));
    return bounds;
}

}  // namespace

check::Report batch_equals_loop(const subject::ProgramSubject& subject, const Case& drawn,
                                std::uint64_t seed) {
    check::Report report = begin(kBatchEqualsLoop, subject::ProgramTrial(subject, drawn));
    std::vector<NodeId> ends;
    for (NodeId id = 0; id < drawn.graph.nodes.size(); ++id) {
        if (cases::acts_entry_by_entry(drawn.graph.nodes[id])) ends.push_back(id);
    }
    if (ends.empty()) return report;
    generate::Dice dice{rc::Random(seed)};
    const std::optional<Case> part = part_up_to(drawn, dice.one_of(ends));
    if (!part) return report;
    const Case second = moved_on(*part), both = cases::stacked(*part, second);
    const subject::ProgramTrial of_part(subject, *part), of_second(subject, second),
        of_both(subject, both);
    const subject::Answer alone = of_part.answer(part->cotangent),
                          batch = of_both.answer(both.cotangent),
                          moved = of_second.answer(second.cotangent);
    if (!complete(report, of_part, alone) || !complete(report, of_second, moved) ||
        !complete(report, of_both, batch))
        return report;
    compare_ways(report, of_both, batch.gradient,
                 one_behind_the_other(*part, alone.gradient, moved.gradient), [&] {
                     const cases::Budget one = of_part.budget(part->cotangent),
                                         other = of_second.budget(second.cotangent),
                                         all = of_both.budget(both.cotangent);
                     Allowed allowed{one_behind_the_other(*part, bounds_of(one), bounds_of(other)),
                                     !one.open() && !other.open() && !all.open()};
                     for (std::size_t i = 0; i < allowed.bounds.size(); ++i)
                         allowed.bounds[i] += all.largest_bound(i);
                     return allowed;
                 });
    if (!report.holds())
        report.remark = "entries are of a batch of two slices; \"oracle\" is a slice by itself";
    return report;
}

}  // namespace gradproof::laws
