// Law: a node used twice accumulates.
#include "sound_library.hpp"

#include <gradproof/laws/used_twice_accumulates.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(ANodeUsedTwiceAccumulates, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kUsedTwiceAccumulates, Precision::binary64);
}
TEST(ANodeUsedTwiceAccumulates, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kUsedTwiceAccumulates, Precision::binary32);
}
TEST(ANodeUsedTwiceAccumulates, of_nets_in_binary64) {
    expect_nets_keep(kUsedTwiceAccumulates, Precision::binary64);
}
TEST(ANodeUsedTwiceAccumulates, of_nets_in_binary32) {
    expect_nets_keep(kUsedTwiceAccumulates, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
