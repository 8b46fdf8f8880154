// Drawing the further points, mild ones, at which the function is of use.
#include <gradproof/testing/diagnosed.hpp>

#include <gradproof/check/diagnosis.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/testing/form_laws.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

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
        const auto zero = [](double u) { return u == 0; };
        if (claim.form == Form::vjp && std::ranges::all_of(drawn.cotangent, zero)) continue;
        if (use_of(drawn, claim) == Use::tests) points.push_back(std::move(drawn));
    }
    return points;
}

void replace_all(std::string& text, std::string_view words, std::string_view by) {
    for (std::size_t at = 0; (at = text.find(words, at)) != std::string::npos; at += by.size())
        text.replace(at, words.size(), by);
}

/// A sentence on a gradient, as what it is: that of the block J(x) is the Jacobian's.
[[nodiscard]] std::string in_words_of(Form form, std::string sentence) {
    if (form != Form::jvp && form != Form::jacobian) return sentence;
    replace_all(sentence, "the gradient of J(", "J(");
    replace_all(sentence, "the gradients of J(", "J(");
    replace_all(sentence, "gradient", "Jacobian");
    replace_all(sentence, "the cotangent is handed on as it is", "1 is in its place");
    replace_all(sentence, "cotangent ", "output ");
    return sentence;
}

}  // namespace

std::optional<std::vector<check::Explanation>> diagnosed(const check::Report& report,
                                                         const Point& point,
                                                         const HandWritten& claim,
                                                         const std::string& test) {
    constexpr std::array laws{laws::kPullbackIsLinear, laws::kZeroCotangentGivesZero,
                              laws::kRepeatedSweepsAgree, kJvpIsLinear};
    if (!is_agreement(report.law) && std::ranges::find(laws, report.law) == laws.end())
        return std::nullopt;
    const auto minimal = whole_trial_at(claim, test, point);
    std::vector<std::unique_ptr<UserTrial>> trials;
    std::vector<const subject::Trial*> elsewhere;
    for (Point& drawn : further_points(point, claim)) {
        trials.push_back(whole_trial_at(claim, test, std::move(drawn)));
        elsewhere.push_back(trials.back().get());
    }
    std::vector<check::Explanation> found = check::diagnose(*minimal, elsewhere);
    for (check::Explanation& explanation : found) {
        explanation.sentence = in_words_of(claim.form, std::move(explanation.sentence));
    }
    return found;
}

}  // namespace gradproof::testing
