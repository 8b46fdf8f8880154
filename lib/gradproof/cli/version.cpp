// The one file that the build tells the version.
#include <gradproof/cli/version.hpp>

namespace gradproof::cli {

std::string_view version() { return GRADPROOF_VERSION; }

}  // namespace gradproof::cli
