// A hypothesis: what the subject would answer if it made one certain mistake, held against what it
// did answer.
#pragma once

#include <gradproof/check/facts.hpp>
#include <gradproof/check/mistake.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gradproof::check {

/// A gradient that a mistake would give; NaN where 0 * inf would be on the way: then a number is no
/// contradiction.
struct Prediction {
    Numbers value;
    Numbers slack;                      ///< how far from it the answer may be
    std::set<std::size_t> silent = {};  ///< entries that nothing is said of
};

struct Hypothesis {
    Mistake mistake = Mistake::sign;
    std::string sentence;
    std::function<Prediction(const Facts&, const Observation&)> predict;
    /// A subject that skips zero cotangents need not show the mistake there.
    bool zero_may_be_skipped = false;
};

/// The truth as a prediction: where a mistake changes nothing.
[[nodiscard]] Prediction unchanged(const Facts& facts, const Observation& seen);

/// Fills in entry `i` by `value`, which the truth's slack `allowed` has become part of.
void set(Prediction& prediction, const Facts& facts, std::size_t i, double value, double allowed);

/// The explanation, if every comparable entry of every observation is as predicted, and some failing
/// entry tells the prediction from the truth.
[[nodiscard]] std::optional<Explanation> explained(const Hypothesis& hypothesis,
                                                   std::span<const Facts> facts);

/// Those of the hypotheses that explain.
[[nodiscard]] std::vector<Explanation> explaining(const std::vector<Hypothesis>& hypotheses,
                                                  std::span<const Facts> facts);

/// "5 wrong entries at 3 points".
[[nodiscard]] std::string count_of(std::size_t entries, std::size_t points);

}  // namespace gradproof::check
