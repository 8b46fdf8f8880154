// The one place where expressions meet all number types of the waist.
#include "expression_callable.hpp"

#include <span>
#include <utility>

namespace gradproof::oracle {

namespace {

class ExpressionCallable final : public callable::CallableOf<ExpressionCallable> {
public:
    explicit ExpressionCallable(scalar::Expression expression)
        : CallableOf({{expression.inputs}}, {expression.results.size()}),
          expression_(std::move(expression)) {}
    template <class S>
    [[nodiscard]] std::vector<S> apply(std::span<const S> inputs) const {
        const std::vector<S> values = scalar::evaluated(expression_.steps, inputs);
        std::vector<S> results;
        for (const std::size_t place : expression_.results) results.push_back(values[place]);
        return results;
    }

private:
    scalar::Expression expression_;
};

[[nodiscard]] std::string text(const Estimate& estimate) {
    return estimate.value.str(40) + " +- " + estimate.bound.str(5);
}

struct InWords {
    std::string operator()(const Smooth& smooth) const {
        const char* sides = smooth.sides == Sides::both      ? ""
                            : smooth.sides == Sides::forward ? ", forward only"
                                                             : ", backward only";
        return (smooth.exact ? "exactly " : "smooth ") + text(smooth.slope) + " (" +
               std::to_string(smooth.digits) + " digits" + sides + ")";
    }
    std::string operator()(const Nonsmooth& kink) const {
        return "nonsmooth, backward " + text(kink.backward) + ", forward " + text(kink.forward) +
               " (" + std::to_string(kink.digits) + " digits)";
    }
    std::string operator()(const InfiniteSlope& steep) const {
        return "infinite slope, backward " + std::to_string(steep.backward) + ", forward " +
               std::to_string(steep.forward) + (steep.jump ? ", a jump" : "");
    }
    std::string operator()(const OutsideDomain&) const { return "outside the domain"; }
    std::string operator()(const Unresolved& open) const {
        return "unresolved: " + std::string(to_words(open.reason)) +
               (open.best ? ", best " + text(*open.best) : "");
    }
};

}  // namespace

std::unique_ptr<callable::Callable> callable_of(scalar::Expression expression) {
    return std::make_unique<ExpressionCallable>(std::move(expression));
}

std::unique_ptr<callable::Callable> callable_of(std::size_t n, const Written& write) {
    return callable_of(scalar::expression(n, write));
}

Derivative derivative_of(const Written& write, const Inputs& inputs, std::size_t entry,
                         double budget) {
    const auto function = callable_of(inputs.size(), write);
    const std::vector<double> cotangent{1.0};
    return derivative({*function, inputs, cotangent}, entry, budget);
}

std::string described(const Derivative& derivative) { return std::visit(InWords{}, derivative); }

bool covers(const Estimate& estimate, const Exact& truth) {
    return abs(Exact(estimate.value) - truth) <= Exact(estimate.bound);
}

}  // namespace gradproof::oracle
