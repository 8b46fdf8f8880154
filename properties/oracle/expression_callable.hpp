// Expressions as callables, so that a test writes a function like mathematics and asks the oracle.
#pragma once

#include "../scalar/expression.hpp"

#include <gradproof/callable/callable.hpp>
#include <gradproof/oracle/oracle.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gradproof::oracle {

using scalar::Term;
using Inputs = std::vector<double>;
using Exact = scalar::Wide<1000>;

[[nodiscard]] std::unique_ptr<callable::Callable> callable_of(scalar::Expression expression);

/// A function of n numbers as it is written down; one value or a vector of them.
using Written = std::function<Term(const std::vector<Term>&)>;
[[nodiscard]] std::unique_ptr<callable::Callable> callable_of(std::size_t n, const Written& write);

/// The derivative of `write` at `inputs` by one of them.
[[nodiscard]] Derivative derivative_of(const Written& write, const Inputs& inputs,
                                       std::size_t entry = 0, double budget = 0);

/// "smooth 0.5 +- 1e-30 (50 digits)", "nonsmooth -1, 1", ... with all digits that matter.
[[nodiscard]] std::string described(const Derivative& derivative);

/// |value - truth| <= bound.
[[nodiscard]] bool covers(const Estimate& estimate, const Exact& truth);

}  // namespace gradproof::oracle
