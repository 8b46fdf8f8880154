// Law: the primal agrees with its wide value.
#include "sound_library.hpp"

#include <gradproof/laws/primal_agrees.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(ThePrimalAgreesWithItsWideValue, of_every_primitive_in_binary64) {
    expect_every_primitive_keeps(kPrimalAgrees, Precision::binary64);
}
TEST(ThePrimalAgreesWithItsWideValue, of_every_primitive_in_binary32) {
    expect_every_primitive_keeps(kPrimalAgrees, Precision::binary32);
}
TEST(ThePrimalAgreesWithItsWideValue, of_nets_in_binary64) {
    expect_nets_keep(kPrimalAgrees, Precision::binary64);
}
TEST(ThePrimalAgreesWithItsWideValue, of_nets_in_binary32) {
    expect_nets_keep(kPrimalAgrees, Precision::binary32);
}

}  // namespace
}  // namespace gradproof::laws
