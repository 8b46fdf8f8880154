// Law: the Hessian-vector product agrees with mixed differences of the primal.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kHvpAgrees =
    "Hessian-vector product agrees with mixed differences";

/// One case in so many is asked, by `seed`; of the others nothing is counted. A mixed difference takes 17
/// evaluations at each of two steps, so that a random program costs about 1.1 ms, four times what its vjp does.
inline constexpr std::uint64_t kSecondOrderEvery = 5;

/// H s along a direction s drawn by `seed`, held along one more, each entry weighted by what rounding may
/// cost it; entry by entry where that does not agree. Where a comparison ties or lies within rounding, or
/// the domain ends, the point counts as nonsmooth: second order says nothing there. What the oracle does
/// not resolve is counted as undecided, and leaves the case as it is: its gradient is decided without. A
/// subject without second order is counted as such.
[[nodiscard]] check::Report hvp_agrees(const subject::ProgramSubject& subject,
                                       const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
