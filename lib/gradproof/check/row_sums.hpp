// Gradients put together from rows of the Jacobian, with other weights than the cotangent's.
#pragma once

#include <gradproof/check/hypothesis.hpp>

#include <cstddef>
#include <functional>
#include <string>

namespace gradproof::check {

/// A weighted sum of slopes, and what rounding may cost it.
class WeightedSum {
public:
    /// `terms` is how many there are at most.
    WeightedSum(std::size_t terms, double unit_roundoff)
        : roundings_(static_cast<double>(terms) * unit_roundoff) {}
    void add(double weight, double slope, double bound);
    [[nodiscard]] double value() const { return value_; }
    [[nodiscard]] double allowed() const { return allowed_; }

private:
    double roundings_, value_ = 0, allowed_ = 0;
};

/// What row `output` counts for in the gradient's entry `entry`.
using Weight =
    std::function<double(const Facts&, const Observation&, std::size_t output, std::size_t entry)>;

/// sum_k weight(k, i) J_ki for each entry i of the operands in scope; of a Jacobian with too many rows
/// nothing is said.
[[nodiscard]] Hypothesis weighted(Mistake mistake, std::string sentence, const Scope& scope,
                                  Weight weight, bool zero_may_be_skipped = false);

/// " in the gradient of b"; nothing where the whole gradient is meant.
[[nodiscard]] std::string in_gradient_of(const Scope& scope);

}  // namespace gradproof::check
