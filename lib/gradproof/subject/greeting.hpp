// The greeting: what a subject behind a pipe says of itself before it is asked anything.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/scalar/ledger.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::subject {

/// Its fields are those of PROTOCOL.md.
struct Greeting {
    std::string name;
    std::vector<const backprop::Primitive*> primitives = {};  ///< empty: all of the catalogue
    std::vector<scalar::Precision> numbers = {scalar::Precision::binary64};
    std::optional<std::size_t> most_nodes = {};
    std::optional<std::size_t> highest_rank = {};
    scalar::Ties ties = scalar::Ties::open;
    bool jvp = false;

    [[nodiscard]] bool operator==(const Greeting&) const = default;
};

/// The greeting as a line of the protocol, without its end.
[[nodiscard]] std::string greeting_line(const Greeting& greeting);

/// Throws `cases::FormatError` for a line that is no greeting.
[[nodiscard]] Greeting read_greeting(std::string_view line);

/// Why the greeting does not promise an answer to this case; nothing where it does.
[[nodiscard]] std::optional<std::string> beyond(const Greeting& greeting, const cases::Case& drawn);

}  // namespace gradproof::subject
