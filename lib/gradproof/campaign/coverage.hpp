// What the cases of a campaign have covered, as plain counters that processes can share.
#pragma once

#include <gradproof/backprop/primitive.hpp>
#include <gradproof/case/case.hpp>
#include <gradproof/generate/program_coverage.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace gradproof::campaign {

/// Room for catalogues much larger than the one there is.
inline constexpr std::size_t kMostPrimitives = 512, kMostFamilies = 32;

struct Coverage {
    std::array<std::uint64_t, generate::kProgramForms> forms{};  ///< cases that have it
    /// Nodes, by the primitive's place in the catalogue.
    std::array<std::uint64_t, kMostPrimitives> nodes{};
    /// Nodes of the second family with an operand of the first, by places in `families()`.
    std::array<std::array<std::uint64_t, kMostFamilies>, kMostFamilies> edges{};

    Coverage& operator+=(const Coverage& other);
    void add(const cases::Case& drawn);

    [[nodiscard]] std::size_t primitives_seen() const;
    [[nodiscard]] std::size_t edges_seen() const;
    [[nodiscard]] bool operator==(const Coverage&) const = default;
};

/// The primitive's place in the catalogue; a replacement has its namesake's.
[[nodiscard]] std::size_t place_of(const backprop::Primitive& primitive);

}  // namespace gradproof::campaign
