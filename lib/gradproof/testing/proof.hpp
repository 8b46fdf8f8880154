// The proof of a gradient written by hand: saved points first, then drawn ones, each held to every law,
// until one breaks; that one is made simpler.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/testing/hand_written.hpp>
#include <gradproof/testing/point.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::testing {

/// How a proof is to be run.
struct Plan {
    std::uint64_t seed = 0;
    std::size_t cases = 200;
    bool shrink = true;
    std::filesystem::path directory = ".";  ///< of the saved points
    std::string again = "TEST_PROGRAM";     ///< the command that repeats the test
    bool keep = true;                       ///< whether points are saved, and begun with
};

/// A law that broke, at the simplest point found.
struct Broken {
    Point point;
    check::Report report;
    std::vector<std::string> also;  ///< further laws that break there
    std::size_t shrinks = 0;
    std::size_t tries = 0;
    bool saved_before = false;  ///< it came from the file
    std::string kept;           ///< the file it is in, or why it could not be written
};

struct Proof {
    std::string test;
    Plan plan;
    std::size_t cases = 0;      ///< drawn and held to every law, or to those before the broken one
    std::size_t replayed = 0;   ///< saved points, held to the laws like the cases
    std::size_t of_no_use = 0;  ///< saved points where the function overflows or is not defined now
    std::size_t outside = 0;    ///< draws discarded outside the function's domain
    std::size_t overflowing = 0;  ///< draws discarded where the function overflows
    std::size_t unasked = 0;      ///< cases whose cotangent is 0, where agreement says little
    std::size_t vacuous = 0;      ///< other cases whose gradient is 0
    std::size_t undecided = 0;    ///< cases on which some law could not be judged
    check::Counts counts;         ///< of the gradients, where the cotangent is not 0
    std::optional<Broken> broken;

    /// Why the proof is none though nothing broke; empty where it is one.
    [[nodiscard]] std::string shortcoming() const;
    [[nodiscard]] bool holds() const { return !broken && shortcoming().empty(); }
};

/// Throws `BadUse` where the function is at fault or its domain is not what was declared,
/// `cases::FormatError` and `cases::FileError` for a file of saved points that cannot be read.
[[nodiscard]] Proof prove(const HandWritten& claim, const std::string& test, const Plan& plan);

/// The verdict first; where it does not hold, all that debugging needs.
[[nodiscard]] std::vector<std::string> to_lines(const Proof& proof, const HandWritten& claim);

}  // namespace gradproof::testing
