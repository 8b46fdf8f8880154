// A group's projection of the answer against the oracle's slope.
#include <gradproof/check/group_test.hpp>

#include <cmath>
#include <variant>

namespace gradproof::check {

namespace {

using oracle::Real;
using Outcome = Group::Outcome;

/// The sum of weight times answer. Weights span 2^2000: in 1000 digits it loses nothing.
[[nodiscard]] scalar::Wide<1000> projection(std::span<const std::size_t> entries,
                                            const Weights& weights,
                                            std::span<const double> gradient) {
    using Sum = scalar::Wide<1000>;
    Sum sum = 0;
    for (const std::size_t i : entries) {
        sum += Sum(weights[i]) * Sum(gradient[i]);
    }
    return sum;
}

}  // namespace

GroupTests::GroupTests(const subject::Trial& trial, const subject::Answer& answer,
                       const scalar::Budget& budget, std::vector<std::size_t> entries,
                       std::uint64_t seed, std::size_t& taken)
    : trial_(trial),
      answer_(answer),
      entries_(std::move(entries)),
      weights_(trial, budget, entries_, seed),
      taken_(taken) {}

Group GroupTests::all() { return tested(entries_); }

Group GroupTests::tested(std::span<const std::size_t> entries) {
    Group group;
    group.entries = entries;
    const WeightedDirection along = weights_.along(entries);
    group.budget = along.budget;
    if (!std::isfinite(along.budget)) return group;
    ++taken_;
    const oracle::Derivative truth = oracle::derivative(
        {trial_.function(), trial_.inputs(), trial_.cotangent()}, along.direction, along.budget);
    const auto* smooth = std::get_if<oracle::Smooth>(&truth);
    if (smooth == nullptr) return group;
    group.slope = smooth->slope.value;
    group.bound = smooth->slope.bound;
    group.gap = Real(projection(entries, weights_, answer_.gradient) -
                     scalar::Wide<1000>(smooth->slope.value));
    group.additive = !smooth->tied && smooth->sides == oracle::Sides::both;
    if (abs(group.gap) <= group.allowed()) {
        group.outcome = Outcome::agrees;
    } else {
        group.outcome = smooth->tied ? Outcome::open : Outcome::differs;
    }
    return group;
}

std::pair<Group, Group> GroupTests::halves(const Group& whole) {
    const std::size_t middle = whole.entries.size() / 2;
    const Group left = tested(whole.entries.first(middle));
    const std::span<const std::size_t> rest = whole.entries.subspan(middle);
    if (whole.additive && left.additive) {
        Group right;
        right.entries = rest;
        right.budget = weights_.budget_along(rest);
        right.gap = whole.gap - left.gap;
        // Both gaps and their difference were rounded to `Real`.
        right.bound =
            whole.bound + left.bound +
            ldexp(abs(whole.gap) + abs(left.gap), 2 - static_cast<int>(scalar::kWideBits<50>));
        right.additive = true;
        if (right.bound <= Real(right.budget) / 8) {
            right.outcome = abs(right.gap) <= right.allowed() ? Outcome::agrees : Outcome::differs;
            return {left, right};
        }
    }
    return {left, tested(rest)};
}

}  // namespace gradproof::check
