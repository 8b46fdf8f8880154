// Law: rules write results and add shares.
#include "sound_library.hpp"

#include <gradproof/laws/buffers_do_not_matter.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(RulesWriteResultsAndAddShares, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kBuffersDoNotMatter, Precision::binary64);
}
TEST(RulesWriteResultsAndAddShares, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kBuffersDoNotMatter, Precision::binary32);
}
TEST(RulesWriteResultsAndAddShares, of_nets_in_binary64) {
    expect_nets_keep(kBuffersDoNotMatter, Precision::binary64);
}
TEST(RulesWriteResultsAndAddShares, of_nets_in_binary32) {
    expect_nets_keep(kBuffersDoNotMatter, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
