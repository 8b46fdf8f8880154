// What the laws that need no oracle share: two answers of a subject held against each other, within
// what rounding may cost both.
#pragma once

#include <gradproof/check/judgement.hpp>
#include <gradproof/check/report.hpp>
#include <gradproof/subject/trial.hpp>

#include <cmath>
#include <cstddef>
#include <string>

namespace gradproof::laws {

/// One number that a law expects of another; `allowed` is infinite where nothing can be said.
struct Expectation {
    std::string name;
    double subject = 0;
    oracle::Real expected{};
    double allowed = 0;
    bool judgeable = true;  ///< false where comparisons are open and their branches not known
};

/// Files the comparison in `report`.
void compare(check::Report& report, const Expectation& expectation, scalar::Precision precision);

[[nodiscard]] check::Report begin(std::string_view law, const subject::Trial& trial);

/// True where the subject's gradient has as many numbers as there are inputs; else says so.
[[nodiscard]] bool complete(check::Report& report, const subject::Trial& trial,
                            const subject::Answer& answer);

}  // namespace gradproof::laws
