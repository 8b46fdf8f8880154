// Law: a primitive's primal agrees with its independent second form.
#include "sound_library.hpp"

#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/primitives/builders.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(ThePrimalAgreesWithItsSecondForm, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kSecondFormAgrees, Precision::binary64);
}
TEST(ThePrimalAgreesWithItsSecondForm, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kSecondFormAgrees, Precision::binary32);
}

/// What the law counts for one vector under a primitive.
[[nodiscard]] check::Counts counted(backprop::Variable (*primitive)(backprop::Variable),
                                    std::vector<double> x) {
    cases::Case drawn;
    static_cast<void>(primitive(backprop::input(drawn.graph, "x", {x.size()})));
    drawn.cotangent.assign(x.size(), 1.0);
    drawn.inputs.push_back(std::move(x));
    return second_form_agrees(subject::Backprop(), drawn).counts;
}

TEST(ThePrimalAgreesWithItsSecondForm, or_both_are_too_small_for_any_format_and_out_of_range) {
    // exp(-3e181) has left even the exponents of MPFR; 1 + exp(-4e6) is 1 to a thousand digits.
    for (const check::Counts& counts :
         {counted(primitives::softplus, {-3e181}), counted(primitives::log_softmax, {0, -4e6})}) {
        EXPECT_GE(counts.out_of_range, 1U);
        EXPECT_EQ(counts.undecided, 0U);
        EXPECT_EQ(counts.out_of_range + counts.agrees, counts.entries);
    }
}

}  // namespace
}  // namespace gradproof::laws
