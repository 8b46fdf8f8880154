// Law: sweeps of other programs in between change nothing.
#include "sound_library.hpp"

#include <gradproof/laws/interleaved_programs_agree.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(SweepsOfOtherProgramsInBetweenChangeNothing, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kInterleavedProgramsAgree, Precision::binary64);
}
TEST(SweepsOfOtherProgramsInBetweenChangeNothing, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kInterleavedProgramsAgree, Precision::binary32);
}
TEST(SweepsOfOtherProgramsInBetweenChangeNothing, of_nets_in_binary64) {
    expect_nets_keep(kInterleavedProgramsAgree, Precision::binary64);
}
TEST(SweepsOfOtherProgramsInBetweenChangeNothing, of_nets_in_binary32) {
    expect_nets_keep(kInterleavedProgramsAgree, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
