// Law: a program written another way, with the same function, has the same gradient.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kRewritesAgree = "rewriting keeps the gradient";

/// One of `generate::drawn_rewrite`, drawn by `seed`; within the budgets of both ways.
[[nodiscard]] check::Report rewrites_agree(const subject::ProgramSubject& subject,
                                           const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
