// What isolated code may take before it is stopped.
#pragma once

#include <cstddef>

namespace gradproof::testing {

struct Limits {
    double seconds = 10;           ///< for one call
    std::size_t megabytes = 1024;  ///< beyond what it had before its first call
};

}  // namespace gradproof::testing
