// Law: a primitive's primal agrees with its independent second form.
#include "sound_library.hpp"

#include <gradproof/laws/second_form_agrees.hpp>

#include <gtest/gtest.h>

namespace gradproof::laws {
namespace {

using scalar::Precision;

TEST(ThePrimalAgreesWithItsSecondForm, of_every_primitive_in_binary64) { expect_every_primitive_keeps(kSecondFormAgrees, Precision::binary64); }
TEST(ThePrimalAgreesWithItsSecondForm, of_every_primitive_in_binary32) { expect_every_primitive_keeps(kSecondFormAgrees, Precision::binary32); }

}  // namespace
}  // namespace gradproof::laws
