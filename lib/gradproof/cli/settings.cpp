// Reading RC_PARAMS for the command.
#include <gradproof/cli/settings.hpp>

#include <gradproof/testing/rc_params.hpp>

#include <cstdlib>
#include <random>
#include <stdexcept>

namespace gradproof::cli {

Settings settled(std::optional<std::uint64_t> seed, std::optional<std::size_t> cases,
                 std::size_t default_cases) {
    testing::RcParams params;
    if (const char* given = std::getenv("RC_PARAMS")) params = testing::read_rc_params(given);
    if (params.contains("reproduce")) {
        throw std::invalid_argument(
            "RC_PARAMS: `reproduce` belongs to test programs; give a seed, or "
            "`gradproof replay FILE` with the saved case");
    }
    Settings settings;
    if (seed) {
        settings.seed = *seed;
    } else if (const auto found = params.find("seed"); found != params.end()) {
        settings.seed = std::stoull(found->second);
    } else {
        std::random_device device;
        settings.seed = device();
    }
    if (cases) {
        settings.cases = *cases;
    } else if (const auto found = params.find("max_success"); found != params.end()) {
        settings.cases = std::stoull(found->second);
    } else {
        settings.cases = default_cases;
    }
    return settings;
}

}  // namespace gradproof::cli
