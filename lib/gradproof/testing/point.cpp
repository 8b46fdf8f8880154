// How points are drawn, made simpler and written.
#include <gradproof/testing/point.hpp>

#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/simpler_vectors.hpp>
#include <gradproof/scalar/witness.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace gradproof::testing {

namespace {

using generate::Style;

/// Simpler vectors of one kind that are tried in one step of a descent.
constexpr std::size_t kMostTries = 200;

template <class T>
[[nodiscard]] bool finite_in(const callable::Callable& function, const std::vector<double>& flat) {
    const std::vector<T> inputs(flat.begin(), flat.end());
    const std::vector<T> outputs = function.evaluate(std::span(inputs));
    return std::all_of(outputs.begin(), outputs.end(), [](T y) { return std::isfinite(y); });
}

[[nodiscard]] bool defined_at(const callable::Callable& function, const std::vector<double>& flat) {
    scalar::open_exponent_range();
    const std::vector<scalar::Witness<50>> inputs(flat.begin(), flat.end());
    try {
        for (const auto& y : function.evaluate(std::span(inputs))) {
            if (mpfr_nan_p(y.value().backend().data()) != 0) return false;
        }
    } catch (const scalar::LeftDomain&) {
        return false;
    } catch (const scalar::UndecidedComparison&) {
    } catch (const scalar::LeftRange&) {
    }
    return true;
}

[[nodiscard]] std::string row(std::span<const double> numbers, scalar::Precision precision) {
    std::string line = "[";
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) line += ", ";
        line += generate::text(numbers[i], precision);
    }
    return line + "]";
}

[[nodiscard]] std::string array(std::span<const double> numbers, std::span<const std::size_t> shape,
                                scalar::Precision precision) {
    if (shape.empty()) return generate::text(numbers[0], precision);
    if (shape.size() == 1) return row(numbers, precision);
    std::string line = "[";
    const std::size_t part = numbers.size() / shape[0];
    for (std::size_t i = 0; i < shape[0]; ++i) {
        if (i > 0) line += ", ";
        line += array(numbers.subspan(i * part, part), shape.subspan(1), precision);
    }
    return line + "]";
}

}  // namespace

std::vector<double> Point::flat() const {
    std::vector<double> all;
    for (const auto& input : inputs) all.insert(all.end(), input.begin(), input.end());
    return all;
}

Point draw_point(generate::Dice& dice, const HandWritten& claim, bool mild) {
    const std::vector<Style> styles{Style::well_scaled, Style::one_decimal, Style::badly_scaled,
                                    Style::corners};
    const Style style = mild ? Style::well_scaled : styles[dice.weighted({40, 20, 15, 25})];
    Point point;
    for (std::size_t i = 0; i < claim.shapes.size(); ++i) {
        point.inputs.push_back(generate::draw_numbers(dice, scalar::element_count(claim.shapes[i]),
                                                      claim.domains[i], claim.precision(), style));
    }
    const std::size_t outputs = claim.function->output_size();
    point.cotangent = claim.takes_cotangent
                          ? generate::draw_cotangent(dice, outputs, claim.precision())
                          : std::vector<double>{1};
    point.law_seed = dice.bits();
    return point;
}

std::vector<Point> simpler_points(const Point& point, const HandWritten& claim) {
    std::vector<Point> points;
    const auto offer = [&](auto member, const std::vector<std::vector<double>>& tries) {
        for (const std::vector<double>& numbers : tries) {
            Point simpler = point;
            member(simpler) = numbers;
            points.push_back(std::move(simpler));
        }
    };
    if (claim.takes_cotangent) {
        offer(
            [](Point & p) -> auto& { return p.cotangent; },
            generate::simpler(point.cotangent, {}, claim.precision(), kMostTries));
    }
    for (std::size_t i = 0; i < point.inputs.size(); ++i) {
        offer(
            [i](Point & p) -> auto& { return p.inputs[i]; },
            generate::simpler(point.inputs[i], claim.domains[i], claim.precision(), kMostTries));
    }
    return points;
}

Use use_of(const Point& point, const HandWritten& claim) {
    const std::vector<double> flat = point.flat();
    const bool finite = std::holds_alternative<Code<float>>(claim.code)
                            ? finite_in<float>(*claim.function, flat)
                            : finite_in<double>(*claim.function, flat);
    if (finite) return Use::tests;
    return defined_at(*claim.function, flat) ? Use::overflows : Use::outside;
}

std::vector<std::string> to_lines(const Point& point, const HandWritten& claim) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < point.inputs.size(); ++i) {
        lines.push_back(claim.names[i] + " = " +
                        array(point.inputs[i], claim.shapes[i], claim.precision()));
    }
    if (claim.takes_cotangent) {
        lines.push_back("cotangent = " +
                        array(point.cotangent, claim.function->output_shape(), claim.precision()));
    }
    return lines;
}

}  // namespace gradproof::testing
