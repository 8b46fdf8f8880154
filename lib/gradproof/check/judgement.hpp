// The judgement of one number: |subject - truth| against budget + the oracle's bound.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/precision.hpp>
#include <gradproof/scalar/wide_entry.hpp>

#include <optional>
#include <string>

namespace gradproof::check {

/// What one number of the reference may be along all branches of its open comparisons, with what
/// rounding may cost there.
struct Hull {
    double low = 0;
    double high = 0;
};

/// All that decides over one number of an answer.
struct Question {
    std::string name;
    double subject = 0;
    scalar::Allowance allowance;
    oracle::Derivative truth;
    scalar::Precision precision = scalar::Precision::binary64;
    bool overflows = false;  ///< a step of the reference primal is infinite in the format
    bool judgeable = true;   ///< false where comparisons are open and their branches are not known
    std::optional<Hull> hull;  ///< where comparisons are open and their branches are known
    bool single_primitive = false;
    std::optional<scalar::WideEntry> declared;  ///< what declared conventions promise at ties
};

[[nodiscard]] Entry judge(const Question& question);

/// What an agreement is worth of a number of that size which may be off by `allowed`.
[[nodiscard]] Standing standing_of(const oracle::Real& truth, const oracle::Real& allowed,
                                   scalar::Precision precision);

/// Whether conventions have a say: the function is not smooth here, or something in it ties, or the
/// domain ends, where an operation may have a kink of which only one side is there.
[[nodiscard]] bool conventions_decide(const oracle::Derivative& truth);

[[nodiscard]] double unit_roundoff(scalar::Precision precision);

/// An answer that is not the derivative though the formula behind it is: rounding lost what is missing.
/// `entry` has its truth.
[[nodiscard]] Entry inaccurate(Entry entry, scalar::Precision precision);

/// "every digit" or "5.2 of 16.0 digits", of an entry with digits lost.
[[nodiscard]] std::string digits_in_words(const Entry& entry, scalar::Precision precision);

}  // namespace gradproof::check
