// A point at which a gradient written by hand is tested: what is drawn, made simpler, saved, replayed.
#pragma once

#include <gradproof/generate/dice.hpp>
#include <gradproof/testing/hand_written.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace gradproof::testing {

struct Point {
    Frame frame;
    std::vector<std::vector<double>> inputs;  ///< flat, one an input
    std::vector<double> cotangent;            ///< of a vjp; {1} for a gradient, else empty
    std::vector<double> tangent;              ///< of a jvp, flat over all inputs; else empty
    std::uint64_t law_seed = 0;               ///< what the laws draw from: directions, splits

    [[nodiscard]] std::vector<double> flat() const;
    [[nodiscard]] bool operator==(const Point&) const = default;
};

/// A point of the claim's sizes, attributes and domains: well scaled, with ties, badly scaled, and the
/// corners of the format; only well scaled where `mild`.
[[nodiscard]] Point draw_point(generate::Dice& dice, const HandWritten& claim, bool mild = false);

/// Simpler points to try instead, the boldest first.
[[nodiscard]] std::vector<Point> simpler_points(const Point& point, const HandWritten& claim);

/// What a point is good for.
enum class Use {
    tests,      ///< the function is finite in the gradient's type
    outside,    ///< the function is not defined there
    overflows,  ///< it is, but not in the gradient's type
};
[[nodiscard]] Use use_of(const Point& point, const HandWritten& claim);

/// "x = [[1, 2], [0.5, -0]]", one line an input, then the attributes, and the cotangent or tangents.
[[nodiscard]] std::vector<std::string> to_lines(const Point& point, const HandWritten& claim);
/// The inputs and attributes alone, on one line.
[[nodiscard]] std::string on_one_line(const Point& point, const HandWritten& claim);

}  // namespace gradproof::testing
