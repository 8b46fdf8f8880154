// Law: a gradient stays finite in range.
#include "sound_library.hpp"

#include <gradproof/laws/finite_in_range.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(AGradientStaysFiniteInRange, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kFiniteInRange, Precision::binary64);
}
TEST(AGradientStaysFiniteInRange, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kFiniteInRange, Precision::binary32);
}
TEST(AGradientStaysFiniteInRange, of_nets_in_binary64) {
    expect_nets_keep(kFiniteInRange, Precision::binary64);
}
TEST(AGradientStaysFiniteInRange, of_nets_in_binary32) {
    expect_nets_keep(kFiniteInRange, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
