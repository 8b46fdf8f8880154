// What a run is asked to do: seed and number of cases, from the command line or else RC_PARAMS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace gradproof::cli {

struct Settings {
    std::uint64_t seed = 0;
    std::size_t cases = 0;
};

/// The command line goes before RC_PARAMS, RC_PARAMS before the default; a seed that nobody gave is
/// random. Throws `std::invalid_argument` for an RC_PARAMS that is malformed or asks for what this
/// command does not do (a `reproduce` string).
[[nodiscard]] Settings settled(std::optional<std::uint64_t> seed, std::optional<std::size_t> cases,
                               std::size_t default_cases);

}  // namespace gradproof::cli
