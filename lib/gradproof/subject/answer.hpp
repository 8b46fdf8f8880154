// Answers of the protocol: what a subject writes and gradproof reads.
#pragma once

#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/case.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::subject {

// Lines, without their ends. `answer_line` throws `std::invalid_argument` for a gradient that has not a
// number for each of the inputs'.
[[nodiscard]] std::string answer_line(std::uint64_t id, const cases::Case& drawn,
                                      const cases::Answer& answer);
[[nodiscard]] std::string jvp_line(std::uint64_t id, const cases::Case& drawn,
                                   std::span<const double> jvp);
[[nodiscard]] std::string unsupported_line(std::uint64_t id, std::string_view why);
[[nodiscard]] std::string error_line(std::uint64_t id, std::string_view what);

// What a line answers to the question of that id about that case. Throw `Fault` for a line that does not
// answer it, and for an error that it reports; `Unsupported` where it says so.
[[nodiscard]] cases::Answer read_answer(std::string_view line, std::uint64_t id,
                                        const cases::Case& drawn);
[[nodiscard]] std::vector<double> read_jvp(std::string_view line, std::uint64_t id,
                                           const cases::Case& drawn);

}  // namespace gradproof::subject
