// A campaign: cases by the hundred, held against every law in processes of their own, and written to a
// journal, until the time is up, the cases are done, or somebody stops it.
#pragma once

#include <gradproof/campaign/journal.hpp>
#include <gradproof/campaign/offer.hpp>
#include <gradproof/campaign/settings.hpp>
#include <gradproof/laws/descent.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace gradproof::campaign {

/// A campaign under way.
struct Sight {
    const Account& account;
    std::uint64_t cases = 0;             ///< of all runs of it, with those that no line tells yet
    double seconds = 0;                  ///< of this run
    double rate = 0;                     ///< cases a second, lately
    std::size_t findings_under_way = 0;  ///< being made simpler
};

/// How a campaign is run; it changes neither its cases nor its findings.
struct Plan {
    std::size_t jobs = 1;
    std::optional<std::chrono::seconds> time = {};              ///< of this run
    std::optional<std::uint64_t> cases = {};                    ///< of all runs together
    laws::Descent descent{4000, std::chrono::seconds(60), {}};  ///< without its `progress`
    /// Asked several times a second; true ends the run in an orderly way.
    std::function<bool()> stop = {};
    /// Called several times a second.
    std::function<void(const Sight&)> progress = {};
    /// Called for each new finding once it is saved.
    std::function<void(const ToldFinding&)> found = {};
    std::size_t spans_per_worker = 50;  ///< until it gives way to a fresh one
};

/// Runs on from where the journal is. This process never asks the subject anything. Throws
/// `std::invalid_argument` where no subject can be made, and what `Journal::add` throws.
void run(const Offer& offer, Journal& journal, const Plan& plan);

}  // namespace gradproof::campaign
