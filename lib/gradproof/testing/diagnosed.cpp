// Drawing the further points, mild ones, at which the function is of use.
#include <gradproof/testing/diagnosed.hpp>

#include <gradproof/check/diagnosis.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/vjp_agrees.hpp>

#include <algorithm>
#include <array>
#include <memory>

namespace gradproof::testing {

namespace {

/// Numbers that the further points have together, about: enough to see a region of inputs.
constexpr std::size_t kEntries = 100;
constexpr std::size_t kMostPoints = 32, kFewestPoints = 4, kDrawsForAPoint = 4;

[[nodiscard]] std::vector<Point> further_points(const Point& point, const HandWritten& claim) {
    generate::Dice dice{rc::Random(point.law_seed)};
    const std::size_t entries = std::max<std::size_t>(point.flat().size(), 1);
    const std::size_t wanted = std::clamp(kEntries / entries, kFewestPoints, kMostPoints);
    std::vector<Point> points;
    for (std::size_t k = 0; k < kDrawsForAPoint * wanted && points.size() < wanted; ++k) {
        Point drawn = draw_point(dice, claim, true);
        const bool asks = std::ranges::any_of(drawn.cotangent, [](double u) { return u != 0; });
        if (asks && use_of(drawn, claim) == Use::tests) points.push_back(std::move(drawn));
    }
    return points;
}

}  // namespace

std::optional<std::vector<check::Explanation>> diagnosed(const check::Report& report,
                                                         const Point& point,
                                                         const HandWritten& claim,
                                                         const std::string& test) {
    constexpr std::array laws{laws::kVjpAgrees, laws::kPullbackIsLinear,
                              laws::kZeroCotangentGivesZero, laws::kRepeatedSweepsAgree};
    if (std::ranges::find(laws, report.law) == laws.end()) return std::nullopt;
    const std::vector<Point> points = further_points(point, claim);
    const UserTrial minimal(claim, test, point);
    std::vector<std::unique_ptr<UserTrial>> trials;
    std::vector<const subject::Trial*> elsewhere;
    for (const Point& drawn : points) {
        trials.push_back(std::make_unique<UserTrial>(claim, test, drawn));
        elsewhere.push_back(trials.back().get());
    }
    return check::diagnose(minimal, elsewhere);
}

}  // namespace gradproof::testing
