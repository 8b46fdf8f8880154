// The judgement of one number: |subject - truth| against budget + the oracle's bound.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/precision.hpp>

#include <optional>
#include <string>

namespace gradproof::check {

/// All that decides over one number of an answer.
struct Question {
    std::string name;
    double subject = 0;
    scalar::Allowance allowance;
    oracle::Derivative truth;
    scalar::Precision precision = scalar::Precision::binary64;
    bool overflows = false;     ///< a step of the reference primal is infinite in the format
    bool undetermined = false;  ///< the reference met a comparison within rounding
    bool single_primitive = false;
    std::optional<double> declared;  ///< what a declared convention promises at a nonsmooth point
};

[[nodiscard]] Entry judge(const Question& question);

[[nodiscard]] double unit_roundoff(scalar::Precision precision);

}  // namespace gradproof::check
