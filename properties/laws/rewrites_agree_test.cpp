// Law: rewriting keeps the gradient.
#include "sound_library.hpp"

#include <gradproof/laws/rewrites_agree.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(RewritingKeepsTheGradient, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kRewritesAgree, Precision::binary64);
}
TEST(RewritingKeepsTheGradient, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kRewritesAgree, Precision::binary32);
}
TEST(RewritingKeepsTheGradient, of_nets_in_binary64) {
    expect_nets_keep(kRewritesAgree, Precision::binary64);
}
TEST(RewritingKeepsTheGradient, of_nets_in_binary32) {
    expect_nets_keep(kRewritesAgree, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
