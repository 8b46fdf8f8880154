// The proof of power: errors planted in the library, and which laws see them.
#pragma once

#include <gradproof/cli/settings.hpp>
#include <gradproof/laws/power.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cli {

struct PowerRun {
    Settings settings;  ///< `cases` are those of each primitive in each round
    laws::Power power;
    double seconds = 0;

    [[nodiscard]] int exit_code() const;
};

/// Runs it over the primitives and the small nets, as `verify` draws them. `only` names a primitive, or is
/// empty for all; then every error must find a case that it changes. Throws `std::invalid_argument` for an
/// unknown primitive.
[[nodiscard]] PowerRun prove_power(const Settings& settings, std::string_view only);

[[nodiscard]] std::vector<std::string> to_lines(const PowerRun& run);
[[nodiscard]] std::string to_json(const PowerRun& run);

}  // namespace gradproof::cli
