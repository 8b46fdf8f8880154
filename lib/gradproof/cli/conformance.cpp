// The points of the protocol, in the order in which a shim is written.
#include <gradproof/cli/conformance.hpp>

#include <gradproof/case/quotation.hpp>
#include <gradproof/cli/array_text.hpp>
#include <gradproof/cli/conformance_cases.hpp>
#include <gradproof/cli/interrupt.hpp>
#include <gradproof/cli/progress.hpp>
#include <gradproof/cli/questioning.hpp>
#include <gradproof/subject/same.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace gradproof::cli {

namespace {

using cases::Case;
using scalar::Precision;
using subject::Answer;

constexpr std::size_t kPrograms = 5;
constexpr std::size_t kKept = 3;
/// A primal that differs by more than this share of its largest number is of another function.
constexpr double kFarOff = 0.01;

void leave(ProtocolPoint& point, std::string why) {
    point.outcome = Outcome::not_tried;
    point.summary = std::move(why);
}

/// What to do where `given` came back instead of `wanted`.
[[nodiscard]] std::string_view remedy(double given, double wanted) {
    if (wanted == 0) return "keep the sign of a zero: write \"-0\", or -0.0";
    if (std::isnan(wanted) || std::isinf(wanted))
        return "\"nan\", \"inf\" and \"-inf\" are numbers, too";
    if (given == 0) return "the smallest numbers count, too; are they flushed to zero?";
    return "write 17 significant digits (9 in binary32), or the shortest decimal that reads back";
}

class Examination {
public:
    explicit Examination(Questioning& questioning) : questioning_(questioning) {}

    void numbers(ProtocolPoint& point) {
        const std::optional<Carrier> through = carrier(greeting());
        if (!through)
            return leave(point, "none of " + cases::quotations(carrier_names()) + " is offered");
        for (const Precision precision : greeting().numbers) {
            for (const double number : telling_numbers(precision)) {
                const Case drawn = carrying(*through, number, precision);
                const std::string text = number_text(number, precision);
                const std::string what =
                    fmt::format("{} of {} with the cotangent {}, in {}", through->primitive->name,
                                text, text, to_string(precision));
                const std::optional<Answer> given = questioning_.answer(what, drawn);
                if (!given) continue;
                const double wanted = through->negates ? -number : number;
                hold(point, what + ": the primal", given->primal[0], wanted);
                // The zero of a gradient has no sign that matters.
                if (wanted != 0 || given->gradient[0] != 0)
                    hold(point, what + ": the gradient", given->gradient[0], wanted);
            }
        }
        point.summary =
            fmt::format("{} through {}", questioning_.tally(), through->primitive->name);
    }

    void shapes(ProtocolPoint& point) {
        const backprop::Primitive* primitive = of_any_shape(greeting());
        if (primitive == nullptr)
            return leave(point, "no primitive is offered that takes every shape");
        std::string tried;
        for (const scalar::Shape& shape : std::initializer_list<scalar::Shape>{
                 {}, {1}, {3}, {0}, {1, 1}, {2, 3}, {0, 2}, {2, 1, 2}}) {
            bool fits = false;
            for (const Precision precision : greeting().numbers) {
                const std::optional<Case> drawn = of_shape(*primitive, shape, precision);
                if (drawn && !subject::beyond(greeting(), *drawn)) {
                    fits = true;
                    try_case(point, *drawn);
                }
            }
            if (fits) tried += (tried.empty() ? "" : ", ") + scalar::to_string(shape);
        }
        point.summary = fmt::format("{} of {}: {}", primitive->name, tried, questioning_.tally());
    }

    void primitives(ProtocolPoint& point) {
        std::size_t without = 0;
        for (const backprop::Primitive* primitive : offered(greeting())) {
            for (const Precision precision : greeting().numbers) {
                const std::optional<Case> drawn = drawn_case(greeting(), *primitive, precision);
                drawn ? try_case(point, *drawn) : static_cast<void>(++without);
            }
        }
        point.summary = questioning_.tally();
        if (without > 0)
            point.summary += fmt::format(", {} without a case that is small enough", without);
        if (questioning_.answered() == 0 && point.faults.empty()) {
            point.faults.emplace_back(
                "it answers no question; name in \"primitives\" of the greeting what it takes");
        }
    }

    void programs(ProtocolPoint& point) {
        if (greeting().most_nodes == 1)
            return leave(point, "the greeting offers single primitives");
        for (const Precision precision : greeting().numbers) {
            for (std::size_t seed = 1; seed <= kPrograms; ++seed) {
                if (const auto drawn = drawn_program(greeting(), precision, seed))
                    try_case(point, *drawn);
            }
        }
        point.summary = questioning_.tally();
    }

    void tangents(ProtocolPoint& point) {
        if (!greeting().jvp) return leave(point, "the greeting does not offer it");
        for (const backprop::Primitive* primitive : offered(greeting())) {
            const auto drawn = drawn_case(greeting(), *primitive, greeting().numbers[0]);
            if (drawn) questioning_.jvp(described(*drawn), *drawn);
        }
        point.summary = questioning_.tally();
    }

    void repetition(ProtocolPoint& point) {
        if (kept_.empty()) return leave(point, "nothing was answered");
        for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
            const auto& [drawn, first] = *kept;
            const std::optional<Answer> again = questioning_.answer(described(drawn), drawn);
            if (!again) continue;
            hold_same(point, drawn, "primal", first.primal, again->primal);
            hold_same(point, drawn, "gradient", first.gradient, again->gradient);
        }
        point.summary = questioning_.tally();
    }

    void end_of_input(ProtocolPoint&) { questioning_.end(); }

private:
    Questioning& questioning_;
    std::vector<std::pair<Case, Answer>> kept_;  ///< to be asked again

    [[nodiscard]] const subject::Greeting& greeting() const { return questioning_.greeting(); }

    static void hold(ProtocolPoint& point, const std::string& what, double given, double wanted) {
        if (subject::same_bits_or_nan(given, wanted)) return;
        point.faults.push_back(fmt::format("{} is {}, wanted {}; {}", what, cases::shortest(given),
                                           cases::shortest(wanted), remedy(given, wanted)));
    }

    static void hold_same(ProtocolPoint& point, const Case& drawn, std::string_view field,
                          const std::vector<double>& first, const std::vector<double>& again) {
        const auto differs = std::mismatch(first.begin(), first.end(), again.begin(),
                                           subject::same_bits_or_nan<double>);
        if (differs.first == first.end()) return;
        point.faults.push_back(fmt::format(
            "{}: number {} of the {} is {} and was {} before; keep no state, and draw nothing",
            described(drawn), differs.first - first.begin(), field,
            number_text(*differs.second, drawn.precision),
            number_text(*differs.first, drawn.precision)));
    }

    /// Keeps some answers, and remarks a primal that is far from the library's.
    void try_case(ProtocolPoint& point, const Case& drawn) {
        const std::optional<Answer> given = questioning_.answer(described(drawn), drawn);
        if (!given || given->primal.empty()) return;
        if (kept_.size() < kKept) kept_.emplace_back(drawn, *given);
        const std::vector<double> own = subject::Backprop().answer(drawn, drawn.cotangent).primal;
        double largest = 0;
        for (const double number : own) largest = std::max(largest, std::abs(number));
        if (!std::isfinite(largest)) return;
        const auto is_near = [&](double a, double b) {
            return subject::same_bits_or_nan(a, b) || std::abs(a - b) <= kFarOff * largest;
        };
        const auto off = std::mismatch(own.begin(), own.end(), given->primal.begin(), is_near);
        if (off.first == own.end()) return;
        point.remarks.push_back(fmt::format(
            "{}: number {} of the primal is {}, gradproof's is {}; is it another function?",
            described(drawn), off.first - own.begin(), number_text(*off.second, drawn.precision),
            number_text(*off.first, drawn.precision)));
    }
};

/// "primitives 97, numbers binary64, nodes any, rank 2, ties open, jvp no".
[[nodiscard]] std::string summary_of(const subject::Greeting& said) {
    std::string numbers;
    for (const Precision precision : said.numbers)
        numbers += (numbers.empty() ? "" : " and ") + std::string(to_string(precision));
    const auto most = [](const std::optional<std::size_t>& limit) {
        return limit ? std::to_string(*limit) : std::string("any");
    };
    return fmt::format(
        "primitives {}, numbers {}, nodes {}, rank {}, ties {}, jvp {}", offered(said).size(),
        numbers, most(said.most_nodes), most(said.highest_rank),
        said.ties == scalar::Ties::declared ? "declared" : "open", said.jvp ? "yes" : "no");
}

}  // namespace

Conformance test_conformance(const std::vector<std::string>& command,
                             const subject::Limits& limits) {
    using Step = void (Examination::*)(ProtocolPoint&);
    const std::pair<std::string_view, Step> steps[] = {
        {"numbers come back as they are", &Examination::numbers},
        {"every shape", &Examination::shapes},
        {"each primitive", &Examination::primitives},
        {"programs", &Examination::programs},
        {"jvp", &Examination::tangents},
        {"asked again, the same to the bit", &Examination::repetition},
        {"ends with its input", &Examination::end_of_input},
        {"started anew, the same to the bit", &Examination::repetition},
    };
    const Interrupt interrupt;
    Progress progress(std::size(steps) + 1);
    Questioning questioning([&](std::size_t asked) {
        progress.update(asked, asked, "questions");
        return !Interrupt::requested();
    });
    Conformance result;
    result.command = command;
    const auto add_point = [&](std::string_view name, const auto& step) {
        ProtocolPoint point;
        point.name = name;
        progress.begin(point.name);
        questioning.open(point);
        step(point);
        if (!point.faults.empty()) point.outcome = Outcome::broken;
        result.points.push_back(std::move(point));
    };

    add_point("greeting", [&](ProtocolPoint& point) {
        questioning.start(command, limits);
        if (!questioning.started()) return;
        result.subject = questioning.greeting().name;
        point.summary = summary_of(questioning.greeting());
    });
    Examination examination(questioning);
    for (const auto& [name, step] : steps) {
        if (Interrupt::requested()) break;
        add_point(name, [&, &step = step](ProtocolPoint& point) {
            if (!questioning.started()) return leave(point, "there is no greeting");
            if (questioning.gave_up()) return leave(point, "it hung too often to go on");
            (examination.*step)(point);
        });
    }
    result.questions = questioning.questions();
    result.interrupted = Interrupt::requested();
    return result;
}

}  // namespace gradproof::cli
