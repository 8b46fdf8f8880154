// Law: interleaved programs change nothing.
#include "sound_library.hpp"

#include <gradproof/laws/interleaved_programs_agree.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(InterleavedProgramsChangeNothing, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kInterleavedProgramsAgree, Precision::binary64);
}
TEST(InterleavedProgramsChangeNothing, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kInterleavedProgramsAgree, Precision::binary32);
}
TEST(InterleavedProgramsChangeNothing, of_nets_in_binary64) {
    expect_nets_keep(kInterleavedProgramsAgree, Precision::binary64);
}
TEST(InterleavedProgramsChangeNothing, of_nets_in_binary32) {
    expect_nets_keep(kInterleavedProgramsAgree, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
