// The signature of a finding: what makes two of them the same one.
#pragma once

#include <gradproof/laws/search.hpp>

#include <compare>
#include <set>
#include <string>

namespace gradproof::campaign {

/// The law; the fault, or the mistake that the diagnosis names first, or else the verdict; the primitives of
/// the minimal program.
struct Signature {
    std::string law, kind;
    std::set<std::string> primitives;

    [[nodiscard]] auto operator<=>(const Signature&) const = default;
};

[[nodiscard]] Signature signature_of(const laws::Finding& finding);
/// The names of all primitives in a program.
[[nodiscard]] std::set<std::string> primitives_of(const backprop::Graph& graph);

/// "negate: vjp agrees with finite differences: wrong sign"
[[nodiscard]] std::string to_text(const Signature& signature);
/// A name for its file, without the ending: letters, digits and dashes, another one for each signature.
[[nodiscard]] std::string file_stem(const Signature& signature);

}  // namespace gradproof::campaign
