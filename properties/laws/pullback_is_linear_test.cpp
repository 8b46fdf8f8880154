// Law: the pullback is linear in the cotangent.
#include "sound_library.hpp"

#include <gradproof/laws/pullback_is_linear.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(ThePullbackIsLinear, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kPullbackIsLinear, Precision::binary64);
}
TEST(ThePullbackIsLinear, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kPullbackIsLinear, Precision::binary32);
}
TEST(ThePullbackIsLinear, of_nets_in_binary64) {
    expect_nets_keep(kPullbackIsLinear, Precision::binary64);
}
TEST(ThePullbackIsLinear, of_nets_in_binary32) {
    expect_nets_keep(kPullbackIsLinear, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
