// Reports: what a check found, entry by entry, and what it could not judge.
#pragma once

#include <gradproof/check/mistake.hpp>
#include <gradproof/oracle/derivative.hpp>
#include <gradproof/subject/fault.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::check {

/// From good to bad. `undecided` also where digits are lost and nobody can tell from outside whether by
/// the formula or by rounding: then the report is `lost`.
enum class Verdict { agrees, nonsmooth, undecided, inaccurate, wrong };

/// What an agreement of an entry is worth.
enum class Standing {
    judged,        ///< agreement says something
    powerless,     ///< the budget is above |g|/8: even a zero would agree
    out_of_range,  ///< the reference over- or underflows in the subject's type
    near_kink,     ///< a comparison lies within rounding: a sound subject may take the other branch
};

/// One number of the subject's answer held against the oracle.
struct Entry {
    std::string name;  ///< "W[2,0]", "result[1]", "direction"
    Verdict verdict = Verdict::agrees;
    Standing standing = Standing::judged;
    std::optional<double> primal;  ///< of a gradient's entry: the input that it belongs to
    double subject = 0;
    std::optional<oracle::Estimate> truth;  ///< none where the oracle gave no number
    double budget = 0;                      ///< what rounding may cost here
    double ulps = 0;         ///< |subject - truth| in units in the last place of the truth
    double share = 0;        ///< |subject - truth| over what was allowed
    double digits_lost = 0;  ///< decimal digits of the format, where the verdict is inaccurate
    bool at_kink = false;    ///< something ties exactly here
    std::string remark;      ///< what the oracle said where it gave no number, and the like
};

/// How large the budget of a sharp number may be, in units of u |g|. Where it is larger, conditioning and not
/// the rule decides over the last digits.
inline constexpr double kSharp = 16;

/// How many numbers ended how; sums over reports.
struct Counts {
    std::size_t entries = 0;
    std::size_t directions = 0;   ///< whole gradients that agree along one
    std::size_t group_tests = 0;  ///< directional derivatives taken over several entries at once
    std::size_t agrees = 0;
    std::size_t nonsmooth = 0;
    std::size_t undecided = 0;
    std::size_t inaccurate = 0;
    std::size_t wrong = 0;
    std::size_t powerless = 0;
    std::size_t out_of_range = 0;
    std::size_t near_kink = 0;
    std::size_t not_offered = 0;  ///< questions that the subject does not take: no forward mode
    std::size_t judged = 0;       ///< numbers and directions whose agreement says something
    std::size_t weighed = 0;      ///< numbers other than 0 whose agreement says something
    std::size_t sharp = 0;        ///< those of them where the budget is at most `kSharp` u |g|
    double largest_share = 0;     ///< over numbers that agree
    double largest_ulps = 0;      ///< over sharp ones

    void add(const Entry& entry, double unit_roundoff);
    /// A whole gradient that agrees along one direction, with the share of what is allowed that it takes.
    void add_direction(bool is_powerless, double share);
    Counts& operator+=(const Counts& other);
};

struct Report {
    std::string law;  ///< a sentence: "vjp agrees with finite differences"
    std::string subject;
    Verdict verdict = Verdict::agrees;
    std::vector<Entry> entries;  ///< those that do not agree; all of them if asked for
    std::string remark;          ///< for laws that compare no numbers one by one
    bool no_side = false;  ///< entry by entry right at a tie, and together the slopes of no side
    bool lost = false;     ///< digits are lost, and from outside nobody can tell why
    std::optional<subject::FaultKind> fault = {};  ///< the subject did not answer; `remark` tells
    Counts counts;
    /// What kind of mistake it is; none where nobody asked.
    std::optional<std::vector<Explanation>> diagnosis = {};

    [[nodiscard]] bool holds() const { return verdict < Verdict::inaccurate && !lost; }
    /// Whether all that does not hold does so at points where something ties.
    [[nodiscard]] bool fails_only_at_kinks() const;
};

/// Whether a simpler case fails as the first one does: a descent runs straight into zeros, and must not
/// end at a kink, or in lost digits, where it began with a wrong formula.
[[nodiscard]] bool same_kind(const Report& first, const Report& simpler);

[[nodiscard]] std::string_view to_words(Verdict verdict);
[[nodiscard]] std::string_view to_words(Standing standing);

/// The report as lines of text. The first is the verdict: "wrong: SUBJECT breaks LAW at x[0]: ...";
/// a table of the entries follows, and the diagnosis if there is one.
[[nodiscard]] std::vector<std::string> to_lines(const Report& report);

}  // namespace gradproof::check
