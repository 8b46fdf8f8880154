// Law: a primitive's primal agrees with its independent second form, both in wide numbers.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kSecondFormAgrees = "primal agrees with its second form";

/// For a program of one primitive; other programs agree trivially and are counted as no entry. Both
/// values carry proven bounds, so that nothing is allowed beyond them. Where a form is not
/// defined, leaves the range of wide numbers or stays below every format's, the entry is out of range;
/// where the two are otherwise not sharp to 2^-60 at 1000 digits it is undecided.
[[nodiscard]] check::Report second_form_agrees(const subject::ProgramSubject& subject,
                                               const cases::Case& drawn);

}  // namespace gradproof::laws
