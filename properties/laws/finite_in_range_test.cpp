// Law: the gradient is finite where the reference stays in range.
#include "sound_library.hpp"

#include <gradproof/laws/finite_in_range.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(TheGradientIsFiniteWhereTheReferenceStaysInRange, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kFiniteInRange, Precision::binary64);
}
TEST(TheGradientIsFiniteWhereTheReferenceStaysInRange, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kFiniteInRange, Precision::binary32);
}
TEST(TheGradientIsFiniteWhereTheReferenceStaysInRange, of_nets_in_binary64) {
    expect_nets_keep(kFiniteInRange, Precision::binary64);
}
TEST(TheGradientIsFiniteWhereTheReferenceStaysInRange, of_nets_in_binary32) {
    expect_nets_keep(kFiniteInRange, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
