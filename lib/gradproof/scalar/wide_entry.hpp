// A wide number with a proven bound, or none: how a formula's exact value is handed on.
#pragma once

#include <gradproof/scalar/wide.hpp>

namespace gradproof::scalar {

/// A number of the wide reverse sweep with its proven rounding bound; not known where a comparison or
/// the range stopped even the widest sweep.
struct WideEntry {
    bool known = false;
    Wide<50> value{};
    Wide<50> bound{};
};

}  // namespace gradproof::scalar
