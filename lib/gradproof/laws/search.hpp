// The search for a case that breaks a law, and its descent to a minimal counterexample.
#pragma once

#include <gradproof/laws/descent.hpp>
#include <gradproof/laws/law.hpp>

#include <rapidcheck/Gen.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace gradproof::laws {

/// A broken law with its minimal case.
struct Finding {
    const Law* law = nullptr;
    cases::Case minimal;
    check::Report report;        ///< with its diagnosis, where the law is about gradients
    std::uint64_t law_seed = 0;  ///< what the law was asked with
    std::size_t cases = 0;       ///< drawn until it broke, this one included
    std::size_t shrink_tries = 0;
    std::size_t shrinks = 0;
    bool cut_short = false;  ///< the descent met a bound: a simpler case may be there
    bool repeats =
        true;  ///< false where it kept the law when it was asked about the same case again
};

/// What a search is to do.
struct Plan {
    std::uint64_t seed = 0;
    std::size_t cases = 100;
    std::span<const Law> laws;
    /// Called after each case with the number of cases done; false stops the search.
    std::function<bool(std::size_t)> progress = {};
    Descent descent = {};
};

/// What a search did, one Counts a law.
struct Outcome {
    std::vector<check::Counts> counts;
    std::size_t cases = 0;
    std::size_t undecided_cases = 0;  ///< those on which some law could not be judged
    std::optional<Finding> finding;
};

/// Draws cases and holds each law on each of them until one is wrong; then shrinks. Same plan, same
/// outcome.
[[nodiscard]] Outcome search(const subject::ProgramSubject& subject,
                             const rc::Gen<cases::Case>& generator, const Plan& plan);

/// Descends from the case of `found`, which broke its law as its report says, along ever simpler ones that
/// still break it. A subject that keeps the law when it is asked again has the finding as it was.
[[nodiscard]] Finding minimal(const subject::ProgramSubject& subject, Finding found,
                              const Descent& descent = {});

}  // namespace gradproof::laws
