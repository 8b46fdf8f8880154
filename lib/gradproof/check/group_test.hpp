// Group tests: one directional derivative tells whether a group of entries holds a wrong one.
#pragma once

#include <gradproof/check/weighted_direction.hpp>
#include <gradproof/oracle/derivative.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace gradproof::check {

/// A group of entries held against the oracle along one direction.
struct Group {
    enum class Outcome {
        agrees,   ///< within the budget
        differs,  ///< beyond it: an entry is wrong
        open,     ///< the oracle gave no slope that decides: a kink, a tie, unresolved
    };
    std::span<const std::size_t> entries;
    Outcome outcome = Outcome::open;
    double budget = 0;     ///< what rounding may cost along the direction
    oracle::Real slope{};  ///< what the oracle has
    oracle::Real gap{};    ///< subject - oracle
    oracle::Real bound{};  ///< of the oracle's error in it
    bool additive =
        false;  ///< the point is smooth along the group: gaps of parts add up to its own

    [[nodiscard]] oracle::Real allowed() const { return oracle::Real(budget) + bound; }
};

/// Group tests with the same signs and weights. As these are kept, a group that differs has a half
/// that differs, except where its gap exceeds what is allowed by less than the oracle's bounds.
class GroupTests {
public:
    /// Of these entries, all of which can be weighted. Counts each directional derivative in `taken`.
    /// Keeps references to all but the entries.
    GroupTests(const subject::Trial& trial, const subject::Answer& answer,
               const scalar::Budget& budget, std::vector<std::size_t> entries, std::uint64_t seed,
               std::size_t& taken);

    /// The group of all entries.
    [[nodiscard]] Group all();
    /// Both halves of a group of at least two: the second by subtraction, where that is sharp enough.
    [[nodiscard]] std::pair<Group, Group> halves(const Group& whole);

private:
    const subject::Trial& trial_;
    const subject::Answer& answer_;
    std::vector<std::size_t> entries_;
    Weights weights_;
    std::size_t& taken_;

    [[nodiscard]] Group tested(std::span<const std::size_t> entries);
};

}  // namespace gradproof::check
