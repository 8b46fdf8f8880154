// Choosing the points that a diagnosis looks at.
#include <gradproof/laws/diagnosis.hpp>

#include <gradproof/case/written_twice.hpp>
#include <gradproof/generate/redrawn_case.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/laws/used_twice_accumulates.hpp>

#include <algorithm>
#include <memory>

namespace gradproof::laws {

namespace {

using cases::Case;
using generate::Style;

/// Numbers that the redrawn points of one program have together, about: enough to see a region.
constexpr std::size_t kEntries = 24;
constexpr std::size_t kMostPoints = 16, kFewestPoints = 3;

[[nodiscard]] std::vector<Case> redrawn(const Case& drawn, generate::Dice& dice) {
    const std::size_t entries = std::max<std::size_t>(cases::flat_inputs(drawn).size(), 1);
    const std::size_t points = std::clamp(kEntries / entries, kFewestPoints, kMostPoints);
    std::vector<Case> fresh;
    for (std::size_t k = 0; k < points; ++k) {
        fresh.push_back(
            generate::redraw(dice, drawn, k % 4 == 3 ? Style::one_decimal : Style::well_scaled));
    }
    return fresh;
}

void append(std::vector<Case>& points, std::vector<Case> more) {
    for (Case& point : more) points.push_back(std::move(point));
}

}  // namespace

std::optional<std::vector<check::Explanation>> diagnosis(const subject::ProgramSubject& subject,
                                                         const Law& law, const Case& minimal,
                                                         const Elsewhere& elsewhere,
                                                         std::uint64_t seed) {
    if (law.name == kPrimalAgrees || law.name == kSecondFormAgrees) return std::nullopt;
    const bool doubled = law.name == kUsedTwiceAccumulates;
    // A law about the program written out twice is broken there; the program itself may well be right.
    const Case broken = doubled ? cases::written_twice(minimal) : minimal;
    generate::Dice dice{rc::Random(seed)};
    std::vector<Case> points = redrawn(minimal, dice);
    if (elsewhere.found != nullptr) {
        points.push_back(*elsewhere.found);
        append(points, redrawn(*elsewhere.found, dice));
    }
    for (const Case& program : elsewhere.programs) append(points, redrawn(program, dice));
    if (doubled) {
        points.push_back(minimal);
        for (std::size_t k = points.size(); k-- > 0;)
            points.push_back(cases::written_twice(points[k]));
    }
    const subject::ProgramTrial at_broken(subject, broken);
    std::vector<std::unique_ptr<subject::ProgramTrial>> trials;
    std::vector<const subject::Trial*> asked;
    for (const Case& point : points) {
        trials.push_back(std::make_unique<subject::ProgramTrial>(subject, point));
        asked.push_back(trials.back().get());
    }
    return check::diagnose(at_broken, asked);
}

}  // namespace gradproof::laws
