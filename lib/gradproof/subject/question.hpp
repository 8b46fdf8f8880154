// Questions of the protocol: what gradproof writes and a subject reads.
#pragma once

#include <gradproof/case/case.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::subject {

struct Question {
    std::uint64_t id = 0;
    cases::Case drawn;
    std::optional<std::vector<double>> tangent;  ///< over all inputs, flat; none: for the gradient
};

/// The question for primal and gradient as a line, without its end. Throws `std::invalid_argument` for
/// numbers that are not of the case's precision.
[[nodiscard]] std::string question_line(std::uint64_t id, const cases::Case& drawn,
                                        std::span<const double> cotangent);
/// The question for the jvp along a tangent over all inputs, flat.
[[nodiscard]] std::string tangent_question_line(std::uint64_t id, const cases::Case& drawn,
                                                std::span<const double> tangent);

/// Throws `cases::FormatError` for a line that is no question.
[[nodiscard]] Question read_question(std::string_view line);

}  // namespace gradproof::subject
