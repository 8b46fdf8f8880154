// Every elementwise pullback of one operand is accurate over its whole domain: within 8 u (|g| + |x g'|)
// of the truth g = f'(x), to which g' adds what a rounding of x alone would cost.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/program.hpp>
#include <gradproof/generate/number.hpp>
#include <gradproof/oracle/oracle.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <optional>
#include <string>

namespace gradproof {
namespace {

using oracle::Real;

[[nodiscard]] std::vector<const backprop::Primitive*> unary_primitives() {
    std::vector<const backprop::Primitive*> all;
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        const std::vector<scalar::Shape> operand(1);
        const bool one =
            primitive.operands.size() == 1 && primitive.attributes.empty() && !primitive.variadic();
        try {
            if (one && primitive.shape(operand, {}).empty()) all.push_back(&primitive);
        } catch (const backprop::ShapeError&) {
            // not elementwise
        }
    }
    return all;
}

[[nodiscard]] std::optional<Real> number(const oracle::Derivative& answer) {
    if (const auto* smooth = std::get_if<oracle::Smooth>(&answer)) return smooth->slope.value;
    return std::nullopt;
}

TEST(Pullbacks, are_accurate_over_their_whole_domain) {
    for (const backprop::Primitive* primitive : unary_primitives()) {
        std::size_t judged = 0;
        const bool holds =
            rc::check(std::string(primitive->name) + " has an accurate pullback", [&] {
                const double x = *generate::number(primitive->domain(0));
                cases::Case drawn;
                (void)backprop::apply(*primitive, {backprop::input(drawn.graph, "x", {})});
                drawn.inputs = {{x}};
                drawn.cotangent = {1};
                const cases::Program program(drawn.graph);
                const oracle::Point point{program, drawn.inputs[0], drawn.cotangent};
                const std::optional<Real> g = number(oracle::derivative(point, 0, 0));
                const std::optional<Real> bend = number(oracle::second_derivative(point, 0, 0, 0));
                const cases::Answer answer = cases::backprop_answer(drawn, drawn.cotangent);
                if (!g || !bend || !std::isfinite(answer.primal[0])) return;
                if (abs(*g) > std::numeric_limits<double>::max()) return;
                ++judged;
                const Real allowed = 8 * Real(0x1p-53) * (abs(*g) + abs(Real(x) * *bend)) +
                                     Real(std::numeric_limits<double>::denorm_min());
                const Real gap = abs(Real(answer.gradient[0]) - *g);
                if (gap > allowed)
                    RC_FAIL("at " + cases::shortest(x) + ": " +
                            cases::shortest(answer.gradient[0]) + ", truth " + g->str(17));
            });
        EXPECT_TRUE(holds) << primitive->name;
        EXPECT_GT(judged, 0U) << primitive->name;
    }
}

}  // namespace
}  // namespace gradproof
