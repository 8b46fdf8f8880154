// Law: a batch is a loop over its slices.
#include "sound_library.hpp"

#include <gradproof/laws/batch_equals_loop.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(ABatchIsALoopOverItsSlices, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kBatchEqualsLoop, Precision::binary64);
}
TEST(ABatchIsALoopOverItsSlices, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kBatchEqualsLoop, Precision::binary32);
}
TEST(ABatchIsALoopOverItsSlices, of_nets_in_binary64) {
    expect_nets_keep(kBatchEqualsLoop, Precision::binary64);
}
TEST(ABatchIsALoopOverItsSlices, of_nets_in_binary32) {
    expect_nets_keep(kBatchEqualsLoop, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
