// Named regions first; then thresholds that are read off the inputs.
#include <gradproof/check/region.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace gradproof::check {

namespace {

/// Entries on a side of a boundary, without which it is a guess.
constexpr std::size_t kEnoughOnASide = 3;

/// A number, and where it was seen.
struct Sample {
    double x = 0;
    const Facts* facts = nullptr;
};

struct Samples {
    std::vector<Sample> failing;
    std::vector<Sample> agreeing;
};

/// The cotangent that belongs to entry `i`; NaN where entries and outputs do not correspond.
[[nodiscard]] double own_cotangent(const Facts& f, std::size_t i) {
    const Operand& operand = f.operand_of(i);
    if (operand.shape != f.output_shape) return std::nan("");
    return f.drawn.cotangent[i - operand.begin];
}

/// Whether the entry would agree with the mistake just as well.
[[nodiscard]] bool shows_nothing(const Facts& f, std::size_t i, Answered answered) {
    const Observation& seen = f.drawn;
    if (seen.failing[i]) return false;
    const double slack = 2 * seen.allowed[i];
    switch (answered) {
        case Answered::zero: return std::abs(seen.truth[i]) <= slack;
        case Answered::cotangent: return std::abs(seen.truth[i] - own_cotangent(f, i)) <= slack;
        case Answered::other: return seen.truth[i] == 0 && seen.answer[i] == 0;
    }
    return false;
}

/// Calls `take(observation, entry)` for each entry of operands in scope that says something.
template <class Take>
void for_telling_entries(const Facts& facts, const Scope& scope, bool at_zero_cotangent,
                         Answered answered, Take take) {
    const Observation& seen = at_zero_cotangent ? facts.zero : facts.drawn;
    for (std::size_t i = 0; i < facts.inputs.size(); ++i) {
        if (!seen.comparable[i] || (!at_zero_cotangent && shows_nothing(facts, i, answered)))
            continue;
        if (scope.names.contains(facts.operand_of(i).name)) take(seen, i);
    }
}

/// The numbers that stand beside the entries in `operand`, or in their own where it is empty; none where
/// some entry has nothing beside it.
[[nodiscard]] std::optional<Samples> beside(std::span<const Facts> facts, const Scope& scope,
                                            const std::string& operand, bool at_zero_cotangent,
                                            Answered answered) {
    Samples samples;
    bool complete = true;
    for (const Facts& f : facts) {
        for_telling_entries(
            f, scope, at_zero_cotangent, answered, [&](const Observation& seen, std::size_t i) {
                const Operand& own = f.operand_of(i);
                const Operand* at = operand.empty() ? &own : f.operand(operand);
                complete = complete && at != nullptr && at->shape == own.shape;
                if (!complete) return;
                const double x = f.inputs[at->begin + (i - own.begin)];
                (seen.failing[i] ? samples.failing : samples.agreeing).push_back({x, &f});
            });
    }
    if (!complete || samples.failing.empty()) return std::nullopt;
    return samples;
}

using Holds = bool (*)(double);

/// Whether `holds(sample)` for all that fail and for no other.
template <class Bound>
[[nodiscard]] bool bounds(Bound holds, const Samples& samples) {
    return std::all_of(samples.failing.begin(), samples.failing.end(), holds) &&
           std::none_of(samples.agreeing.begin(), samples.agreeing.end(), holds);
}

[[nodiscard]] std::optional<std::string> named(const Samples& samples, const std::string& x) {
    if (samples.agreeing.size() < kEnoughOnASide) return std::nullopt;
    if (bounds([](const Sample& s) { return s.x == 0; }, samples)) return x + " = 0";
    if (samples.failing.size() < kEnoughOnASide) return std::nullopt;
    const std::pair<const char*, Holds> regions[] = {
        {"{} < 0", [](double v) { return v < 0; }},
        {"{} > 0", [](double v) { return v > 0; }},
        {"{} <= 0", [](double v) { return v <= 0; }},
        {"{} >= 0", [](double v) { return v >= 0; }},
        {"0 < {} < 1", [](double v) { return v > 0 && v < 1; }},
        {"-1 < {} < 0", [](double v) { return v > -1 && v < 0; }},
        {"|{}| < 1", [](double v) { return std::abs(v) < 1; }},
        {"|{}| > 1", [](double v) { return std::abs(v) > 1; }},
        {"{} > 1", [](double v) { return v > 1; }},
        {"{} < -1", [](double v) { return v < -1; }},
    };
    for (const auto& [form, holds] : regions) {
        const auto held = [holds = holds](const Sample& s) { return holds(s.x); };
        if (bounds(held, samples)) return fmt::format(fmt::runtime(form), x);
    }
    return std::nullopt;
}

/// Regions that end at an attribute, such as |x| > delta.
[[nodiscard]] std::optional<std::string> named_by_attribute(const Samples& samples,
                                                            const std::string& x) {
    if (samples.agreeing.size() < kEnoughOnASide) return std::nullopt;
    struct Form {
        const char* words;
        bool (*holds)(double x, double a);
        bool is_point;
    };
    constexpr Form forms[] = {
        {"{} = {}", [](double v, double a) { return v == a; }, true},
        {"|{}| = {}", [](double v, double a) { return std::abs(v) == a; }, true},
        {"{} > {}", [](double v, double a) { return v > a; }, false},
        {"{} < {}", [](double v, double a) { return v < a; }, false},
        {"|{}| > {}", [](double v, double a) { return std::abs(v) > a; }, false},
        {"|{}| < {}", [](double v, double a) { return std::abs(v) < a; }, false},
    };
    const std::vector<subject::NamedNumber>& attributes = samples.failing.front().facts->attributes;
    const auto value = [](const Sample& s, std::size_t a) {
        return a < s.facts->attributes.size() ? s.facts->attributes[a].value : std::nan("");
    };
    for (const Form& form : forms) {
        if (!form.is_point && samples.failing.size() < kEnoughOnASide) continue;
        for (std::size_t a = 0; a < attributes.size(); ++a) {
            const auto held = [&](const Sample& s) { return form.holds(s.x, value(s, a)); };
            if (bounds(held, samples))
                return fmt::format(fmt::runtime(form.words), x, attributes[a].name);
        }
    }
    const auto at_one = [&](const Sample& s) {
        return std::any_of(s.facts->attributes.begin(), s.facts->attributes.end(),
                           [&](const subject::NamedNumber& a) { return a.value == s.x; });
    };
    if (attributes.size() < 2 || !bounds(at_one, samples)) return std::nullopt;
    std::string names;
    for (const subject::NamedNumber& a : attributes)
        names += (names.empty() ? "" : " or ") + a.name;
    return x + " = " + names;
}

/// The largest gap between the numbers on both sides of a boundary, as a share of the larger: they are no more
/// than a factor of 8 apart. Between them nobody has looked, and a formula that is wrong everywhere agrees far
/// below, where its error is too small to be seen.
constexpr double kWidestGap = 7.0 / 8;

/// A boundary between all agreeing and all failing numbers, after `measure` has been applied.
template <class Measure>
[[nodiscard]] std::optional<double> boundary(const Samples& samples, Measure measure) {
    double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
    for (const Sample& s : samples.failing) lowest = std::min(lowest, measure(s.x));
    for (const Sample& s : samples.agreeing) highest = std::max(highest, measure(s.x));
    const double gap = lowest - highest;
    if (gap > 0 && gap <= kWidestGap * std::max(std::abs(lowest), std::abs(highest))) return lowest;
    return std::nullopt;
}

[[nodiscard]] std::optional<std::string> beyond(const Samples& samples, const std::string& x) {
    if (samples.failing.size() < kEnoughOnASide || samples.agreeing.size() < kEnoughOnASide)
        return std::nullopt;
    if (const auto b = boundary(samples, [](double v) { return v; }))
        return fmt::format("{} >= {:.2g}", x, *b);
    if (const auto b = boundary(samples, [](double v) { return -v; }))
        return fmt::format("{} <= {:.2g}", x, -*b);
    if (const auto b = boundary(samples, [](double v) { return std::abs(v); }))
        return fmt::format("|{}| >= {:.2g}", x, *b);
    if (const auto b = boundary(samples, [](double v) { return -std::abs(v); }))
        return fmt::format("|{}| <= {:.2g}", x, -*b);
    return std::nullopt;
}

/// The words for the tie that entry `i` is part of: with the number at the same place of another operand,
/// or within its own; empty where it ties with nothing.
[[nodiscard]] std::string tie(const Facts& f, std::size_t i) {
    const Operand& own = f.operand_of(i);
    for (const Operand& other : f.operands) {
        if (other.begin == own.begin || other.shape != own.shape) continue;
        if (f.inputs[other.begin + i - own.begin] != f.inputs[i]) continue;
        const auto [a, b] = std::minmax(own.name, other.name);
        return a + " = " + b;
    }
    for (std::size_t k = own.begin; k < own.begin + own.count; ++k) {
        if (k != i && f.inputs[k] == f.inputs[i]) return "entries of " + own.name + " are equal";
    }
    return {};
}

/// Where all failing entries tie in the same way. Of those that tie, some are right by any convention.
[[nodiscard]] std::optional<std::string> tied(std::span<const Facts> facts) {
    std::string words;
    std::size_t untied = 0;
    for (const Facts& f : facts) {
        for (std::size_t i = 0; i < f.inputs.size(); ++i) {
            const std::string own = tie(f, i);
            const bool telling = f.drawn.comparable[i] && f.drawn.truth[i] != 0;
            untied += telling && !f.drawn.failing[i] && own.empty() ? 1 : 0;
            if (!f.drawn.failing[i]) continue;
            if (own.empty() || (!words.empty() && own != words)) return std::nullopt;
            words = own;
        }
    }
    if (words.empty() || untied < kEnoughOnASide) return std::nullopt;
    return words;
}

/// What stands beside the entries: first their own operand, then the others.
[[nodiscard]] std::vector<std::pair<std::string, Samples>> places_for(std::span<const Facts> facts,
                                                                      Answered answered) {
    const Scope scope = failing_scope(facts);
    const bool only_at_zero =
        std::none_of(facts.begin(), facts.end(), [](const Facts& f) { return f.drawn.fails(); });
    std::vector<std::pair<std::string, Samples>> places;
    const auto look = [&](const std::string& operand, const std::string& name) {
        if (auto samples = beside(facts, scope, operand, only_at_zero, answered))
            places.emplace_back(name, std::move(*samples));
    };
    look("", scope.names.size() == 1 ? *scope.names.begin() : "the operand");
    for (const Operand& operand : facts.front().operands) {
        if (!scope.names.contains(operand.name) || scope.names.size() > 1)
            look(operand.name, operand.name);
    }
    return places;
}

}  // namespace

Answered answered_where_wrong(std::span<const Facts> facts) {
    bool zero = true, cotangent = true;
    for (const Facts& f : facts) {
        for (std::size_t i = 0; i < f.inputs.size(); ++i) {
            if (!f.drawn.failing[i]) continue;
            zero = zero && f.drawn.answer[i] == 0;
            cotangent = cotangent && f.drawn.answer[i] == own_cotangent(f, i);
        }
    }
    return zero ? Answered::zero : cotangent ? Answered::cotangent : Answered::other;
}

std::optional<std::string> named_region(std::span<const Facts> facts) {
    const auto strict = places_for(facts, answered_where_wrong(facts));
    for (const auto& [name, samples] : strict) {
        if (auto region = named(samples, name)) return region;
    }
    // Where the subject answers the same everywhere, every entry that agrees shows nothing: then all of
    // them are to lie outside.
    for (const auto& [name, samples] : places_for(facts, Answered::other)) {
        if (auto region = named(samples, name)) return region;
    }
    // Of several primitives nobody knows whose attribute would matter to whom.
    if (facts.front().trial().single_primitive()) {
        for (const auto& [name, samples] : strict) {
            if (auto region = named_by_attribute(samples, name)) return region;
        }
    }
    return tied(facts);
}

std::optional<std::string> failing_region(std::span<const Facts> facts) {
    if (auto region = named_region(facts)) return region;
    for (const auto& [name, samples] : places_for(facts, answered_where_wrong(facts))) {
        if (auto region = beyond(samples, name)) return region;
    }
    return std::nullopt;
}

}  // namespace gradproof::check
