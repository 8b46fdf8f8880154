// What isolated code may take before it is stopped.
#pragma once

#include <cstddef>

namespace gradproof::testing {

struct Limits {
    double seconds = 10;                 ///< for one call
    std::size_t megabytes = 1024;        ///< beyond what it had before its first call
    std::size_t printed_megabytes = 64;  ///< in one call; in any file that it writes, too
};

}  // namespace gradproof::testing
