// Compositions that stand for functions with a name are these functions, and keep every law.
#include "../drawn_cases.hpp"
#include "report_text.hpp"

#include <gradproof/generate/numbers.hpp>
#include <gradproof/laws/law.hpp>
#include <gradproof/primitives/compositions.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace gradproof {
namespace {

using backprop::Variable;

struct Composition {
    const char* name;
    Variable (*built)(Variable);
    double (*formula)(double);
};
constexpr Composition kCompositions[] = {
    {"relu6", primitives::relu6, [](double x) { return std::min(6.0, std::max(0.0, x)); }},
    {"hardswish", primitives::hardswish,
     [](double x) { return x * (std::min(6.0, std::max(0.0, x + 3)) / 6); }},
    {"smooth_l1", [](Variable x) { return primitives::smooth_l1(0.25, x); },
     [](double x) { return std::abs(x) < 0.25 ? 0.5 * x * x / 0.25 : std::abs(x) - 0.5 * 0.25; }},
};

TEST(Compositions, are_what_they_are_called_and_keep_every_law) {
    const subject::Backprop library;
    rc::Random random(testing::wanted_seed());
    for (const Composition& composition : kCompositions) {
        const scalar::Domain domain{.hard_points = {-3, -0.25, 0, 0.25, 3, 6}};
        for (std::size_t i = 0; i < testing::wanted_cases() / 2; ++i) {
            generate::Dice dice(random.split());
            cases::Case drawn;
            (void)composition.built(backprop::input(drawn.graph, "x", {3}));
            drawn.inputs = {generate::draw_numbers(dice, 3, domain, scalar::Precision::binary64,
                                                   generate::Style::corners)};
            drawn.cotangent = generate::draw_cotangent(dice, 3, scalar::Precision::binary64);
            const subject::Answer answer = library.answer(drawn, drawn.cotangent);
            for (std::size_t k = 0; k < 3; ++k) {
                EXPECT_DOUBLE_EQ(answer.primal[k], composition.formula(drawn.inputs[0][k]))
                    << composition.name << " at " << drawn.inputs[0][k];
            }
            for (const laws::Law& law : laws::all_laws()) {
                const check::Report report = law.holds(library, drawn, i);
                EXPECT_TRUE(report.holds()) << composition.name << laws::text_of(report, drawn);
            }
        }
    }
}

}  // namespace
}  // namespace gradproof
