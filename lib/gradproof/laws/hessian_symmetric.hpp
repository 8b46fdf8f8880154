// Law: the Hessian is symmetric, <s, H t> = <t, H s>.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kHessianSymmetric = "the Hessian is symmetric";

/// For two directions over all inputs, drawn by `seed`, and the case's cotangent; within what rounding may
/// cost both products, at ties too. A subject without second order is counted as such.
[[nodiscard]] check::Report hessian_symmetric(const subject::ProgramSubject& subject,
                                              const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
