// Law: a zero cotangent gives exactly zero.
#include "sound_library.hpp"

#include <gradproof/laws/pullback_is_linear.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(AZeroCotangentGivesExactlyZero, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kZeroCotangentGivesZero, Precision::binary64);
}
TEST(AZeroCotangentGivesExactlyZero, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kZeroCotangentGivesZero, Precision::binary32);
}
TEST(AZeroCotangentGivesExactlyZero, of_nets_in_binary64) {
    expect_nets_keep(kZeroCotangentGivesZero, Precision::binary64);
}
TEST(AZeroCotangentGivesExactlyZero, of_nets_in_binary32) {
    expect_nets_keep(kZeroCotangentGivesZero, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
