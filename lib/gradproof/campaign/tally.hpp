// What a number of cases came to, as plain counters that processes can share.
#pragma once

#include <gradproof/campaign/coverage.hpp>
#include <gradproof/check/report.hpp>

#include <cstdint>

namespace gradproof::campaign {

struct Tally {
    std::uint64_t cases = 0;
    std::uint64_t failing = 0;    ///< cases on which a law broke
    std::uint64_t undecided = 0;  ///< cases on which some law could not be judged
    std::uint64_t given_up = 0;   ///< of these, those that gradproof itself failed on
    check::Counts counts;
    Coverage coverage;

    Tally& operator+=(const Tally& other) {
        cases += other.cases;
        failing += other.failing;
        undecided += other.undecided;
        given_up += other.given_up;
        counts += other.counts;
        coverage += other.coverage;
        return *this;
    }
};

}  // namespace gradproof::campaign
