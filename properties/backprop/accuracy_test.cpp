// Every elementwise pullback of one operand is accurate over its whole domain: within 8 u (|g| + |x g'|)
// of the truth g = f'(x), to which g' adds what a rounding of x alone would cost. Those that share a
// vector out are within 8 u of the sum of magnitudes.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/budget.hpp>
#include <gradproof/case/program.hpp>
#include <gradproof/generate/attributes.hpp>
#include <gradproof/generate/fitting_shapes.hpp>
#include <gradproof/generate/number.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/oracle/oracle.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/scalar/witness.hpp>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <boost/math/constants/constants.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>

namespace gradproof {
namespace {

using oracle::Real;

/// Attributes that fit a single number; nothing where none are found.
[[nodiscard]] std::optional<backprop::Attributes> attributes_of(
    generate::Dice& dice, const backprop::Primitive& primitive) {
    const std::vector<scalar::Shape> operand(1);
    for (int tries = 0; tries < 100; ++tries) {
        try {
            const auto drawn =
                generate::draw_attributes(dice, primitive, operand, scalar::Precision::binary64);
            if (drawn && primitive.shape(operand, *drawn).empty()) return drawn;
        } catch (const backprop::ShapeError&) {
            // not these
        }
    }
    return std::nullopt;
}

[[nodiscard]] std::vector<const backprop::Primitive*> unary_primitives() {
    std::vector<const backprop::Primitive*> all;
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        generate::Dice dice(rc::Random(1));
        const bool one = primitive.operands.size() == 1 && !primitive.variadic();
        const bool integers =
            std::any_of(primitive.attribute_domains.begin(), primitive.attribute_domains.end(),
                        [](const auto& domain) { return domain.integers_only; });
        const bool any_shape = one && generate::shape_pattern(primitive, 0) == "...";
        if (any_shape && !integers && attributes_of(dice, primitive)) all.push_back(&primitive);
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
                const rc::Gen<backprop::Attributes> attributes = [&](const rc::Random& random,
                                                                     int) {
                    generate::Dice dice(random);
                    return rc::shrinkable::just(attributes_of(dice, *primitive).value());
                };
                (void)backprop::apply(*primitive, {backprop::input(drawn.graph, "x", {})},
                                      *attributes);
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

TEST(Pullbacks, of_vectors_are_accurate_to_the_sum_of_magnitudes) {
    for (const char* name :
         {"sum", "mean", "max", "min", "l1_norm", "norm", "logsumexp", "cumsum"}) {
        rc::Random random(9);
        Real largest = 0;  // in units of u times the sum
        for (int i = 0; i < 2000; ++i) {
            generate::Dice dice(random.split());
            cases::Case drawn = generate::draw_primitive_case(dice, primitives::primitive(name));
            drawn.cotangent.assign(drawn.cotangent.size(), 1);
            const std::vector<scalar::WideEntry> truth =
                cases::wide_gradient(drawn, drawn.graph, drawn.cotangent);
            const cases::Answer answer = cases::backprop_answer(drawn, drawn.cotangent);
            Real sum = 0, largest_gap = 0;
            for (std::size_t k = 0; k < truth.size(); ++k) {
                ASSERT_TRUE(truth[k].known) << name;
                const Real gap = abs(Real(answer.gradient[k]) - truth[k].value);
                sum += abs(truth[k].value);
                largest_gap = std::max(largest_gap, gap);
            }
            const Real share = sum == 0 ? largest_gap : Real(largest_gap / (sum * Real(0x1p-53)));
            largest = std::max(largest, share);
            ASSERT_LE(share, 8) << name << ": " << cases::case_lines(drawn).front();
        }
        std::printf("  %-10s at most %.3f u times the sum of magnitudes\n", name,
                    largest.convert_to<double>());
    }
}

TEST(Pullbacks, of_a_norm_keep_their_digits_from_the_smallest_to_the_largest_numbers) {
    const double huge = std::numeric_limits<double>::max() / 4;
    for (const double scale : {5e-324, 1e-320, 1e-200, 1.0, 1e200, huge / 4}) {
        cases::Case drawn;
        (void)primitives::norm(backprop::input(drawn.graph, "x", {2}));
        drawn.inputs = {{3 * scale, -4 * scale}};
        drawn.cotangent = {1};
        const cases::Answer answer = cases::backprop_answer(drawn, drawn.cotangent);
        EXPECT_DOUBLE_EQ(answer.primal[0], 5 * scale);
        EXPECT_DOUBLE_EQ(answer.gradient[0], 0.6);
        EXPECT_DOUBLE_EQ(answer.gradient[1], -0.8);
    }
}

/// exp(-x^2) is rounded once among the subnormal numbers, and not lost where a cotangent lifts it out.
TEST(Pullbacks, of_the_error_functions_keep_the_tail_down_to_the_smallest_number) {
    const Real least = std::numeric_limits<double>::denorm_min();
    const Real two_over_root_pi = boost::math::constants::two_div_root_pi<Real>();
    for (const auto function : {primitives::erf, primitives::erfc}) {
        cases::Case drawn;
        (void)function(backprop::input(drawn.graph, "x", {}));
        const double sign = drawn.graph.nodes.back().primitive->name == "erf" ? 1 : -1;
        for (const double cotangent : {1.0, -1e300}) {
            drawn.cotangent = {cotangent};
            for (double x = 8.5; x < 27.2; x += 0.00612345) {
                drawn.inputs = {{x}};
                const Real slope = sign * two_over_root_pi * exp(-Real(x) * x) * cotangent;
                const double answer = cases::backprop_answer(drawn, drawn.cotangent).gradient[0];
                const Real gap = abs(Real(answer) - slope);
                const Real allowed = 8 * Real(0x1p-53) * (1 + 2 * Real(x) * x) * abs(slope);
                ASSERT_LE(gap, allowed + least / 2) << "at " << x << " of " << cotangent;
            }
        }
    }
}

TEST(APrimitive, that_promises_fewer_sharp_digits_than_others_says_why) {
    const backprop::Sharpness usual;
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        const backprop::Sharpness& own = primitive.sharpness;
        EXPECT_EQ(own.share < usual.share || own.ulps > usual.ulps, !own.why.empty())
            << primitive.name;
    }
}

/// The constants for which mean 0 and variance 1 stay as they are, out of their closed forms. Source:
/// Klambauer, Unterthiner, Mayr, Hochreiter, "Self-Normalizing Neural Networks", NeurIPS 2017, section 2.
TEST(Selu, has_the_constants_of_its_fixed_point_to_the_last_digit) {
    const Real pi = boost::math::constants::pi<Real>(), e = exp(Real(1));
    const Real one = erfc(1 / sqrt(Real(2))), two = erfc(sqrt(Real(2)));
    const Real alpha = -sqrt(2 / pi) / (one * sqrt(e) - 1);
    const Real scale =
        (1 - one * sqrt(e)) * sqrt(2 * pi) /
        sqrt(2 * two * e * e + pi * one * one * e - 2 * (2 + pi) * one * sqrt(e) + pi + 2);
    const auto answer_at = [](double x) {
        cases::Case drawn;
        (void)primitives::selu(backprop::input(drawn.graph, "x", {}));
        drawn.inputs = {{x}};
        drawn.cotangent = {1};
        return cases::backprop_answer(drawn, drawn.cotangent);
    };
    EXPECT_EQ(answer_at(1).primal[0], scale.convert_to<double>());
    EXPECT_EQ(answer_at(0).gradient[0], scale.convert_to<double>() * alpha.convert_to<double>());
}

// What an opaque operation must leave on record for the oracle.

TEST(TheOracle, sees_no_kink_in_a_log_sum_exp_of_huge_equal_logits) {
    cases::Case drawn;
    (void)primitives::logsumexp(backprop::input(drawn.graph, "x", {2}));
    const cases::Program program(drawn.graph);
    const std::vector<double> one{1};
    for (const double logit : {0.0, 1e20, -1e114, 1e308}) {
        const std::vector<double> x{logit, logit};
        const auto slope = number(oracle::derivative({program, x, one}, 0, 0));
        ASSERT_TRUE(slope) << logit;
        EXPECT_LE(abs(*slope - Real(0.5)), Real(0x1p-50)) << logit;
    }
}

TEST(OpaqueOperations, end_on_record_though_a_kink_put_a_constant_in_front) {
    using Number = scalar::Witness<50>;
    for (const char* name : {"softmax", "log_softmax", "logsumexp", "norm"}) {
        scalar::Trace<50> trace;
        const std::vector<Number> x{Number(0), Number(3, &trace, true)};
        const std::vector<std::span<const Number>> operands{x};
        const backprop::Primitive& primitive = primitives::primitive(name);
        const backprop::Application application{{{2}}, primitive.shape({{{2}}}, {}), {}};
        std::vector<Number> result(scalar::element_count(application.result));
        primitive.rule<Number>().primal(application, operands, result);
        EXPECT_FALSE(trace.events.empty()) << name;
        for (const Number& y : result) EXPECT_TRUE(recorded(y)) << name;
    }
}

}  // namespace
}  // namespace gradproof
