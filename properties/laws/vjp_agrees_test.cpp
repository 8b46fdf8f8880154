// Law: the vjp agrees with finite differences.
#include "sound_library.hpp"

#include <gradproof/laws/vjp_agrees.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(TheVjpAgreesWithFiniteDifferences, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kVjpAgrees, Precision::binary64);
}
TEST(TheVjpAgreesWithFiniteDifferences, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kVjpAgrees, Precision::binary32);
}
TEST(TheVjpAgreesWithFiniteDifferences, of_nets_in_binary64) {
    expect_nets_keep(kVjpAgrees, Precision::binary64);
}
TEST(TheVjpAgreesWithFiniteDifferences, of_nets_in_binary32) {
    expect_nets_keep(kVjpAgrees, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
