// The sweeps in dual numbers over float, double and what `Running` makes of them.
#include <gradproof/case/along_direction.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/scalar/dual.hpp>
#include <gradproof/scalar/running.hpp>

#include <type_traits>

namespace gradproof::cases {

namespace {

using backprop::Graph;
using scalar::Dual;
using scalar::Running;

/// The sweeps over one case in `Dual<S>`; `exact` makes an S of a number of the case.
template <class S, class Exact>
class DualSweep {
public:
    DualSweep(const Case& drawn, const Graph& graph, std::span<const double> direction, Exact exact)
        : graph_(graph), exact_(exact) {
        std::vector<std::vector<Dual<S>>> inputs;
        std::size_t entry = 0;
        for (const auto& input : drawn.inputs) {
            auto& moving = inputs.emplace_back();
            for (const double x : input) moving.emplace_back(exact(x), exact(direction[entry++]));
        }
        values_ = backprop::forward<Dual<S>>(graph, inputs);
    }

    [[nodiscard]] std::vector<S> output() const {
        std::vector<S> values;
        for (const Dual<S>& y : values_[graph_.output]) values.push_back(y.value());
        return values;
    }
    [[nodiscard]] std::vector<S> jvp() const {
        std::vector<S> tangents;
        for (const Dual<S>& y : values_[graph_.output]) tangents.push_back(y.tangent());
        return tangents;
    }
    [[nodiscard]] std::vector<S> hvp(std::span<const double> cotangent) const {
        std::vector<Dual<S>> u;
        for (const double g : cotangent) u.emplace_back(exact_(g));
        std::vector<S> tangents;
        for (const auto& input : backprop::backward<Dual<S>>(graph_, values_, u)) {
            for (const Dual<S>& g : input) tangents.push_back(g.tangent());
        }
        return tangents;
    }

private:
    const Graph& graph_;
    Exact exact_;
    backprop::PerNode<Dual<S>> values_;
};

/// Calls `answer` with float or double, as the case has it.
template <class Answer>
[[nodiscard]] auto in_precision_of(const Case& drawn, Answer answer) {
    return drawn.precision == Precision::binary32 ? answer(std::type_identity<float>())
                                                  : answer(std::type_identity<double>());
}

template <class T>
[[nodiscard]] std::vector<double> widened(const std::vector<T>& numbers) {
    return {numbers.begin(), numbers.end()};
}

/// The answer that `asked` reads from a sweep in the case's precision.
template <class Asked>
[[nodiscard]] std::vector<double> answered(const Case& drawn, std::span<const double> direction,
                                           std::span<const backprop::Primitive* const> replacements,
                                           Asked asked) {
    return in_precision_of(drawn, [&]<class T>(std::type_identity<T>) {
        const auto exact = [](double x) { return static_cast<T>(x); };
        if (replacements.empty()) {
            return widened(
                asked(DualSweep<T, decltype(exact)>(drawn, drawn.graph, direction, exact)));
        }
        const Graph graph = backprop::with_primitives(drawn.graph, replacements);
        return widened(asked(DualSweep<T, decltype(exact)>(drawn, graph, direction, exact)));
    });
}

template <class T>
[[nodiscard]] std::vector<scalar::Allowance> allowances(const std::vector<Running<T>>& numbers) {
    std::vector<scalar::Allowance> allowed;
    for (const Running<T>& number : numbers)
        allowed.push_back({static_cast<double>(number.value()), number.bound()});
    return allowed;
}

/// The budget of what `asked` reads from a sweep.
template <class Asked>
[[nodiscard]] Budget budgeted(const Case& drawn, std::span<const double> direction,
                              scalar::Ties ties, Asked asked) {
    return scalar::budget_of(ties, [&](scalar::Ledger& ledger) {
        return in_precision_of(drawn, [&]<class T>(std::type_identity<T>) {
            const auto exact = [&ledger](double x) {
                return Running<T>(static_cast<T>(x), 0.0, &ledger);
            };
            const DualSweep<Running<T>, decltype(exact)> sweep(drawn, drawn.graph, direction,
                                                               exact);
            return scalar::Branch{allowances(sweep.output()), allowances(asked(sweep))};
        });
    });
}

constexpr auto kJvp = [](const auto& sweep) { return sweep.jvp(); };
[[nodiscard]] auto hvp_for(std::span<const double> cotangent) {
    return [cotangent](const auto& sweep) { return sweep.hvp(cotangent); };
}

}  // namespace

std::vector<double> jvp_answer(const Case& drawn, std::span<const double> tangent,
                               std::span<const backprop::Primitive* const> replacements) {
    return answered(drawn, tangent, replacements, kJvp);
}
Budget jvp_budget(const Case& drawn, std::span<const double> tangent, scalar::Ties ties) {
    return budgeted(drawn, tangent, ties, kJvp);
}
std::vector<double> hvp_answer(const Case& drawn, std::span<const double> cotangent,
                               std::span<const double> direction,
                               std::span<const backprop::Primitive* const> replacements) {
    return answered(drawn, direction, replacements, hvp_for(cotangent));
}
Budget hvp_budget(const Case& drawn, std::span<const double> cotangent,
                  std::span<const double> direction, scalar::Ties ties) {
    return budgeted(drawn, direction, ties, hvp_for(cotangent));
}

}  // namespace gradproof::cases
