// Law: parts obey the chain rule. A primitive alone has no parts.
#include "sound_library.hpp"

#include <gradproof/laws/chain_rule.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(PartsObeyTheChainRule, of_nets_in_binary64) {
    expect_nets_keep(kChainRule, Precision::binary64);
}
TEST(PartsObeyTheChainRule, of_nets_in_binary32) {
    expect_nets_keep(kChainRule, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
