// What drawn programs have covered: primitives, pairs of families, and the forms in which gradients break.
#pragma once

#include <gradproof/case/case.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradproof::generate {

/// A form that a program can have. Most programs have several.
enum class ProgramForm : unsigned char {
    used_twice,        ///< a node that several nodes use
    repeated_operand,  ///< f(x, x)
    dead_node,         ///< a node that the output does not need
    long_chain,        ///< eight nodes or more between an input and the output
    size_0,
    size_1,
    high_rank,    ///< three axes or more
    zero_inside,  ///< a computed value, not an input, is exactly 0
    tie_inside,   ///< two entries of a computed node are equal, and not 0
    hard_point,   ///< a computed value lies at a hard point of what it goes into, or within 8 ulps
    tail,         ///< a computed value lies beyond the farthest hard point of what it goes into
    sparse_cotangent,
};
inline constexpr std::size_t kProgramForms = 12;

[[nodiscard]] std::string_view name(ProgramForm form);

class ProgramCoverage {
public:
    void add(const cases::Case& drawn);

    [[nodiscard]] std::size_t programs() const { return programs_; }
    [[nodiscard]] std::size_t with(ProgramForm form) const;
    /// Nodes of this primitive.
    [[nodiscard]] std::size_t nodes(std::string_view primitive) const;
    /// Nodes of family `to` with an operand of family `from`.
    [[nodiscard]] std::size_t edges(std::string_view from, std::string_view to) const;
    /// As a table: forms, primitives, families by families.
    [[nodiscard]] std::vector<std::string> lines() const;

private:
    std::size_t programs_ = 0;
    std::array<std::size_t, kProgramForms> forms_{};
    std::map<std::string_view, std::size_t> nodes_;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> edges_;
};

}  // namespace gradproof::generate
