// The truth times a number, or with one added: the number is read off the answers, and must be a simple
// one, a size or an attribute.
#include <gradproof/check/hypotheses.hpp>

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <optional>

namespace gradproof::check {

namespace {

constexpr int kLargestTerm = 12;    // of a fraction
constexpr double kReadable = 1e-6;  // relative: what a number is read off with

/// An answer from which a factor or an offset can be read.
struct Reading {
    double answer;
    double truth;
};

/// Failing entries with an allowance that is small against their truth (or, for an offset, their error).
[[nodiscard]] std::vector<Reading> readings(std::span<const Facts> facts, bool of_offset) {
    std::vector<Reading> found;
    for (const Facts& f : facts) {
        const Observation& seen = f.drawn;
        for (std::size_t i = 0; i < seen.answer.size(); ++i) {
            const double answer = seen.answer[i], truth = seen.truth[i];
            if (!seen.failing[i] || !std::isfinite(answer) || !std::isfinite(truth)) continue;
            const double size = of_offset ? std::abs(answer - truth) : std::abs(truth);
            const double noise =
                seen.allowed[i] + f.unit_roundoff * (std::abs(truth) + std::abs(answer));
            if (noise < kReadable / 16 * size && answer != 0) found.push_back({answer, truth});
        }
    }
    return found;
}

/// The number that all readings give; NaN where they differ or there are none.
template <class Read>
[[nodiscard]] double common(const std::vector<Reading>& found, Read read) {
    if (found.empty()) return std::nan("");
    const double first = read(found.front());
    for (const Reading& reading : found) {
        if (!(std::abs(read(reading) - first) <= kReadable * std::abs(first))) return std::nan("");
    }
    return first;
}

/// The fraction of small terms that `value` is, or NaN.
[[nodiscard]] double fraction(double value) {
    for (int q = 1; q <= kLargestTerm; ++q) {
        const double p = std::round(value * q);
        if (std::abs(p) <= kLargestTerm && p != 0 &&
            std::abs(value - p / q) <= kReadable * std::abs(value))
            return p / q;
    }
    return std::nan("");
}

/// Constants that are left out of derivatives, and put into them.
struct Constant {
    const char* name;
    double value;
};

[[nodiscard]] std::optional<Constant> constant(double value) {
    using namespace std::numbers;
    constexpr Constant known[] = {
        {"pi", pi},
        {"1/pi", inv_pi},
        {"2 pi", 2 * pi},
        {"1/(2 pi)", inv_pi / 2},
        {"sqrt(pi)/2", 0.5 / inv_sqrtpi},
        {"2/sqrt(pi)", 2 * inv_sqrtpi},
        {"sqrt(pi)", 1 / inv_sqrtpi},
        {"1/sqrt(pi)", inv_sqrtpi},
        {"sqrt(2 pi)", sqrt2 / inv_sqrtpi},
        {"1/sqrt(2 pi)", inv_sqrtpi / sqrt2},
        {"sqrt(2)", sqrt2},
        {"1/sqrt(2)", sqrt2 / 2},
        {"ln 2", ln2},
        {"1/ln 2", log2e},
        {"ln 10", ln10},
        {"1/ln 10", log10e},
        {"e", e},
        {"180/pi", 180 * inv_pi},
        {"pi/180", pi / 180},
    };
    for (const Constant& each : known) {
        for (const double sign : {1.0, -1.0}) {
            if (std::abs(value - sign * each.value) <= kReadable * each.value)
                return Constant{each.name, sign * each.value};
        }
    }
    return std::nullopt;
}

/// The truth with `change` applied to the entries of operands in scope.
template <class Change>
[[nodiscard]] Prediction changed(const Facts& facts, const Observation& seen, const Scope& scope,
                                 Change change) {
    Prediction prediction = unchanged(facts, seen);
    for (const Operand& operand : facts.operands) {
        if (!scope.names.contains(operand.name)) continue;
        for (std::size_t i = operand.begin; i < operand.begin + operand.count; ++i)
            change(prediction, operand, i);
    }
    return prediction;
}

[[nodiscard]] Hypothesis times(const Scope& scope, Mistake mistake, const std::string& words,
                               std::function<double(const Facts&, const Operand&, double)> apply) {
    return {mistake, scope.is(words), [scope, apply](const Facts& facts, const Observation& seen) {
                return changed(
                    facts, seen, scope, [&](Prediction& p, const Operand& operand, std::size_t i) {
                        const double value = apply(facts, operand, seen.truth[i]);
                        if (std::isnan(value)) p.silent.insert(i);
                        set(p, facts, i, value, std::abs(apply(facts, operand, seen.allowed[i])));
                    });
            }};
}

/// Sizes of operands and of the output, and attributes: each a number that a factor may be.
struct Symbol {
    std::string name;     ///< "n"
    std::string meaning;  ///< "n the number of entries"
    std::function<double(const Facts&, const Operand&)> value;
    bool is_size = true;
};

[[nodiscard]] double entries_for_each_output(const Facts& facts, const Operand& operand) {
    return static_cast<double>(operand.count) / static_cast<double>(facts.outputs);
}

[[nodiscard]] std::vector<Symbol> symbols(std::span<const Facts> facts) {
    std::vector<Symbol> found{
        {"n", "n the number of its entries",
         [](const Facts&, const Operand& operand) { return static_cast<double>(operand.count); }},
        {"m", "m the first of its sizes",
         [](const Facts&, const Operand& operand) {
             return operand.shape.size() > 1 ? static_cast<double>(operand.shape[0]) : 1.0;
         }},
        {"k", "k the last of its sizes",
         [](const Facts&, const Operand& operand) {
             return operand.shape.size() > 1 ? static_cast<double>(operand.shape.back()) : 1.0;
         }},
        {"n", "n the number of outputs",
         [](const Facts& f, const Operand&) { return static_cast<double>(f.outputs); }},
        {"n", "n the number of entries for each output", entries_for_each_output},
    };
    for (std::size_t a = 0; a < facts.front().attributes.size(); ++a) {
        const std::string name = facts.front().attributes[a].name;
        found.push_back({name, name + " the attribute",
                         [a](const Facts& f, const Operand&) {
                             return a < f.attributes.size() ? f.attributes[a].value : 1.0;
                         },
                         false});
    }
    return found;
}

void add_symbolic(std::vector<Hypothesis>& hypotheses, const Scope& scope,
                  std::span<const Facts> facts) {
    /// x times a factor of s; one step after another, as the square may leave the range.
    struct Form {
        const char* words;
        double (*apply)(double x, double s);
        bool of_sizes = false;  ///< and not of attributes
    };
    constexpr Form forms[] = {
        {"{}", [](double x, double s) { return x * s; }},
        {"1/{}", [](double x, double s) { return x / s; }},
        {"{}^2", [](double x, double s) { return x * s * s; }},
        {"1/{}^2", [](double x, double s) { return x / s / s; }},
        {"sqrt({})", [](double x, double s) { return x * std::sqrt(s); }},
        {"1/sqrt({})", [](double x, double s) { return x / std::sqrt(s); }},
        // Of one entry they would be 0 and infinite, which is another mistake.
        {"({0} - 1)/{0}",
         [](double x, double s) { return s > 1 ? x * ((s - 1) / s) : std::nan(""); }, true},
        {"{0}/({0} - 1)",
         [](double x, double s) { return s > 1 ? x * (s / (s - 1)) : std::nan(""); }, true},
    };
    for (const Symbol& symbol : symbols(facts)) {
        for (const Form& form : forms) {
            if (form.of_sizes && !symbol.is_size) continue;
            const std::string words = fmt::format(fmt::runtime(form.words), symbol.name) +
                                      " times the derivative, " + symbol.meaning;
            hypotheses.push_back(times(
                scope, Mistake::factor, words,
                [symbol, apply = form.apply](const Facts& f, const Operand& operand, double x) {
                    return apply(x, symbol.value(f, operand));
                }));
        }
    }
}

/// What is divided by n where n less an attribute is due, as of a sample's variance.
void add_corrected(std::vector<Hypothesis>& hypotheses, const Scope& scope,
                   std::span<const Facts> facts) {
    for (std::size_t a = 0; a < facts.front().attributes.size(); ++a) {
        const std::string name = facts.front().attributes[a].name;
        hypotheses.push_back(times(
            scope, Mistake::factor,
            "(n - " + name + ")/n times the derivative, n the number of entries for each output",
            [a](const Facts& f, const Operand& operand, double x) {
                const double n = entries_for_each_output(f, operand);
                const double less = a < f.attributes.size() ? f.attributes[a].value : 0;
                return n > less ? x * ((n - less) / n) : std::nan("");
            }));
    }
}

void add_offset(std::vector<Hypothesis>& hypotheses, const Scope& scope,
                std::span<const Facts> facts) {
    const double offset =
        common(readings(facts, true), [](const Reading& r) { return r.answer - r.truth; });
    if (std::isnan(offset)) return;
    // Read to a few digits, so that the noise of the readings is no part of it.
    const double c = std::stod(fmt::format("{:.6g}", offset));
    Hypothesis added{
        Mistake::constant_added, scope.is(fmt::format("the derivative plus the constant {}", c)),
        [scope, c](const Facts& known, const Observation& seen) {
            return changed(known, seen, scope, [&](Prediction& p, const Operand&, std::size_t i) {
                const double t = seen.truth[i];
                set(p, known, i, t + c,
                    seen.allowed[i] + known.unit_roundoff * (std::abs(t) + std::abs(c)));
            });
        },
        true};
    hypotheses.push_back(std::move(added));
}

}  // namespace

std::vector<Explanation> multiples(std::span<const Facts> facts) {
    const Scope scope = failing_scope(facts);
    if (scope.names.empty()) return {};
    std::vector<Hypothesis> hypotheses;
    hypotheses.push_back(times(scope, Mistake::sign, "minus the derivative",
                               [](const Facts&, const Operand&, double x) { return -x; }));
    const double read =
        common(readings(facts, false), [](const Reading& r) { return r.answer / r.truth; });
    const double factor = fraction(read);
    if (const auto known = std::isnan(factor) ? constant(read) : std::nullopt) {
        hypotheses.push_back(
            times(scope, Mistake::factor,
                  fmt::format("{:.3f} times the derivative, {}{}", known->value,
                              known->value < 0 ? "-" : "", known->name),
                  [by = known->value](const Facts&, const Operand&, double x) { return by * x; }));
    }
    if (std::isfinite(factor) && factor != 1 && factor != -1) {
        hypotheses.push_back(
            times(scope, Mistake::factor, fmt::format("{:.3f} times the derivative", factor),
                  [factor](const Facts&, const Operand&, double x) { return factor * x; }));
    }
    add_corrected(hypotheses, scope, facts);
    add_symbolic(hypotheses, scope, facts);
    add_offset(hypotheses, scope, facts);
    return explaining(hypotheses, facts);
}

}  // namespace gradproof::check
