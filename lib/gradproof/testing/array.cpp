// The words for an entry that is not there.
#include <gradproof/testing/array.hpp>

#include <gradproof/testing/bad_use.hpp>

#include <string>

namespace gradproof::testing {

void function_reads_beyond(std::size_t entry, const scalar::Shape& shape) {
    throw BadUse("the function reads entry " + std::to_string(entry) + " of an input of shape " +
                 scalar::to_string(shape) +
                 "; where a drawn size may be too small for it, say from which size on it is "
                 "defined: any_size(\"n\", 1)");
}

}  // namespace gradproof::testing
