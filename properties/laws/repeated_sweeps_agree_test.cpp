// Law: repeated sweeps agree to the bit.
#include "sound_library.hpp"

#include <gradproof/laws/repeated_sweeps_agree.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(RepeatedSweepsAgreeToTheBit, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kRepeatedSweepsAgree, Precision::binary64);
}
TEST(RepeatedSweepsAgreeToTheBit, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kRepeatedSweepsAgree, Precision::binary32);
}
TEST(RepeatedSweepsAgreeToTheBit, of_nets_in_binary64) {
    expect_nets_keep(kRepeatedSweepsAgree, Precision::binary64);
}
TEST(RepeatedSweepsAgreeToTheBit, of_nets_in_binary32) {
    expect_nets_keep(kRepeatedSweepsAgree, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
