// The sentence that puts a derivative under test: gradient_of(f).on(3).by(vjp).
//
// f is written once for every number type: it takes one `Array<S>` an input (a `std::span<const S>`
// with a shape), then the attributes, and returns an S, or a range of them. It may branch, and call the
// elementary functions unqualified. It says what the truth is, and its formula, evaluated in the code's own
// type, what rounding may cost: write it in a form that does not cancel.
//
// The code under test is a vjp or a gradient (`by`), a jvp (`by_jvp`) or a Jacobian (`by_jacobian`), in
// double or float; what it may look like is told in forms.hpp. What it keeps between calls (a lambda's
// captures, say) it keeps for all cases.
#pragma once

#include <gradproof/testing/array.hpp>
#include <gradproof/testing/on_inputs.hpp>
#include <gradproof/testing/sizes.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace gradproof::testing {

/// A function whose derivative is to be tested.
template <class F>
class GradientOf {
public:
    explicit GradientOf(F f) : f_(std::move(f)) {}

    /// The shapes of the inputs: on(3), on({2, 3}, 3), on({"m", "n"}, "n"). Throws `BadUse` for shapes
    /// without a number.
    [[nodiscard]] auto on(Input a) const { return shaped<1>({a}); }
    [[nodiscard]] auto on(Input a, Input b) const { return shaped<2>({a, b}); }
    [[nodiscard]] auto on(Input a, Input b, Input c) const { return shaped<3>({a, b, c}); }
    [[nodiscard]] auto on(Input a, Input b, Input c, Input d) const {
        return shaped<4>({a, b, c, d});
    }
    [[nodiscard]] auto on(Input a, Input b, Input c, Input d, Input e) const {
        return shaped<5>({a, b, c, d, e});
    }
    [[nodiscard]] auto on(Input a, Input b, Input c, Input d, Input e, Input f) const {
        return shaped<6>({a, b, c, d, e, f});
    }

private:
    F f_;

    template <std::size_t Inputs>
    [[nodiscard]] OnInputs<F, Inputs> shaped(std::vector<Input> inputs) const {
        return {f_, on_inputs(std::move(inputs))};
    }
};

template <class F>
[[nodiscard]] GradientOf<F> gradient_of(F f) {
    return GradientOf<F>(std::move(f));
}

}  // namespace gradproof::testing
