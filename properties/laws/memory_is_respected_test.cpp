// Law: inputs and cotangent stay untouched.
#include "sound_library.hpp"

#include <gradproof/laws/memory_is_respected.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(InputsAndCotangentStayUntouched, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kMemoryIsRespected, Precision::binary64);
}
TEST(InputsAndCotangentStayUntouched, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kMemoryIsRespected, Precision::binary32);
}
TEST(InputsAndCotangentStayUntouched, of_nets_in_binary64) {
    expect_nets_keep(kMemoryIsRespected, Precision::binary64);
}
TEST(InputsAndCotangentStayUntouched, of_nets_in_binary32) {
    expect_nets_keep(kMemoryIsRespected, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
