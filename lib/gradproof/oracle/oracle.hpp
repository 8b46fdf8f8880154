// The oracle: derivatives of a callable by differences in 50 to 1000 digits, each with a bound.
//
// It knows a callable and nothing of rules or programs. A structure narrower than every step at
// every rung (a bump of width 1e-330 around a point of size 1) can be missed; everything else that
// could mislead a difference is looked at: see rung.hpp.
#pragma once

#include <gradproof/callable/callable.hpp>
#include <gradproof/oracle/derivative.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gradproof::oracle {

/// A point of a callable and the cotangent of its output: what is differentiated is
/// phi(x) = sum_k cotangent_k f_k(x). All numbers must be finite, sizes those of the callable.
struct Point {
    const callable::Callable& function;
    std::span<const double> inputs;
    std::span<const double> cotangent;
};

/// A direction in input space with its step: entry i moves by 2^(step_exponent - k) weights_i, with
/// k = 53, 110, 330, 1110 on the four rungs.
struct Direction {
    std::vector<double> weights;
    std::int64_t step_exponent = 0;
};

/// The derivative of phi with respect to input `entry` (flat index).
///
/// `budget` is what an error of the compared gradient may be: the estimate's bound is at most
/// max(budget/8, 2^-57 |slope|, 2^-1078), else the answer is not `Smooth`.
/// Throws `std::invalid_argument` for sizes that do not fit and numbers that are not finite,
/// `scalar::ArithmeticRefused` where the arithmetic is not IEEE 754.
[[nodiscard]] Derivative derivative(const Point& point, std::size_t entry, double budget);

/// The derivative of phi along `direction`, in units of its weights.
[[nodiscard]] Derivative derivative(const Point& point, const Direction& direction, double budget);

/// All entries of phi's gradient; `budgets` has one number an entry.
[[nodiscard]] std::vector<Derivative> gradient(const Point& point, std::span<const double> budgets);

/// The whole Jacobian, row k the gradient of output k; bounds are relative (2^-57) to each entry.
[[nodiscard]] std::vector<std::vector<Derivative>> jacobian(const callable::Callable& function,
                                                            std::span<const double> inputs);

/// The second derivative of phi by inputs `first` and `second`, from mixed differences of the primal.
[[nodiscard]] Derivative second_derivative(const Point& point, std::size_t first,
                                           std::size_t second, double budget);

/// The second derivative of phi along two directions, which may share entries, in units of their weights.
[[nodiscard]] Derivative second_derivative(const Point& point, const Direction& first,
                                           const Direction& second, double budget);

/// phi itself, with a proven bound of at most max(tolerance, 2^-57 |phi|) where it can be had.
[[nodiscard]] Derivative value(const Point& point, double tolerance);

/// Each output of the function at `inputs`, as `value` has it; `tolerances` has one number an output.
[[nodiscard]] std::vector<Derivative> values(const callable::Callable& function,
                                             std::span<const double> inputs,
                                             std::span<const double> tolerances);

}  // namespace gradproof::oracle
