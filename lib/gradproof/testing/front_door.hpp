// The words of the call site, as users write them: gradproof::gradient_of and what stands in its sentence.
#pragma once

#include <gradproof/testing/gradient_of.hpp>

namespace gradproof {

using testing::any_size;
using testing::Array;
using testing::between;
using testing::gradient_of;
using testing::nonnegative;
using testing::nonzero;
using testing::one_of;
using testing::positive;
using testing::strictly_between;

}  // namespace gradproof
