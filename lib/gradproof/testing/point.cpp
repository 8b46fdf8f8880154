// How points are drawn and written.
#include <gradproof/testing/point.hpp>

#include <gradproof/generate/decimal.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/laws/drawn_direction.hpp>
#include <gradproof/scalar/witness.hpp>

#include <algorithm>
#include <cmath>

namespace gradproof::testing {

namespace {

using generate::Style;

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

[[nodiscard]] std::size_t draw_size(generate::Dice& dice, const DrawnSize& size) {
    const auto possible = [&](std::size_t value) {
        return size.smallest <= value && value <= size.largest;
    };
    switch (dice.weighted({possible(0) ? 8U : 0U, possible(1) ? 17U : 0U, 75})) {
        case 0: return 0;
        case 1: return 1;
        default: break;
    }
    return size.smallest + dice.below(size.largest - size.smallest + 1);
}

[[nodiscard]] Frame draw_frame(generate::Dice& dice, const HandWritten& claim, Style style) {
    Frame frame;
    for (const DrawnSize& size : claim.sizes) frame.sizes.push_back(draw_size(dice, size));
    for (const Attribute& attribute : claim.attributes) {
        frame.attributes.push_back(
            attribute.choices.empty()
                ? generate::draw_number(dice, attribute.domain, claim.precision(), style)
                : dice.one_of(attribute.choices));
    }
    return frame;
}

/// All entries of a direction, one, or none.
[[nodiscard]] std::vector<double> draw_tangent(generate::Dice& dice, std::span<const double> inputs,
                                               scalar::Precision precision) {
    std::vector<double> tangent(inputs.size(), 0.0);
    if (inputs.empty() || dice.chance(3)) return tangent;
    const bool all = dice.chance(60);
    const std::size_t one = dice.below(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!all && i != one) continue;
        tangent[i] = laws::drawn_entry(inputs[i], dice.bits(), precision);
    }
    return tangent;
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
    point.frame = draw_frame(dice, claim, style);
    const std::vector<scalar::Shape> shapes = shapes_in(claim, point.frame);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        point.inputs.push_back(generate::draw_numbers(dice, scalar::element_count(shapes[i]),
                                                      claim.domains[i], claim.precision(), style));
        // At the end of a domain -0 lies on the far side: 1/sqrt(-0) is minus infinity.
        if (claim.domains[i].lower == 0)
            for (double& value : point.inputs.back()) value = std::abs(value);
    }
    if (claim.form == Form::vjp) {
        const std::size_t outputs = claim.function(claim, point.frame).callable->output_size();
        point.cotangent = generate::draw_cotangent(dice, outputs, claim.precision());
    }
    if (claim.form == Form::gradient) point.cotangent = {1};
    if (claim.form == Form::jvp) {
        point.tangent = draw_tangent(dice, point.flat(), claim.precision());
    }
    point.law_seed = dice.bits();
    return point;
}

Use use_of(const Point& point, const HandWritten& claim) {
    const std::vector<double> flat = point.flat();
    const FramedFunction function = claim.function(claim, point.frame);
    const bool finite = claim.code.index() == 1 ? finite_in<float>(*function.callable, flat)
                                                : finite_in<double>(*function.callable, flat);
    if (finite) return Use::tests;
    return defined_at(*function.callable, flat) ? Use::overflows : Use::outside;
}

std::vector<std::string> to_lines(const Point& point, const HandWritten& claim) {
    std::vector<std::string> lines;
    const std::vector<scalar::Shape> shapes = shapes_in(claim, point.frame);
    for (std::size_t i = 0; i < point.inputs.size(); ++i) {
        lines.push_back(claim.names[i] + " = " +
                        array(point.inputs[i], shapes[i], claim.precision()));
    }
    for (std::size_t a = 0; a < claim.attributes.size(); ++a) {
        lines.push_back(claim.attributes[a].name + " = " +
                        generate::text(point.frame.attributes[a], claim.precision()));
    }
    if (claim.form == Form::vjp) {
        const FramedFunction function = claim.function(claim, point.frame);
        lines.push_back("cotangent = " + array(point.cotangent, function.callable->output_shape(),
                                               claim.precision()));
    }
    std::span<const double> tangent = point.tangent;
    for (std::size_t i = 0; claim.form == Form::jvp && i < shapes.size(); ++i) {
        const std::size_t count = scalar::element_count(shapes[i]);
        lines.push_back("tangent of " + claim.names[i] + " = " +
                        array(tangent.first(count), shapes[i], claim.precision()));
        tangent = tangent.subspan(count);
    }
    return lines;
}

std::string on_one_line(const Point& point, const HandWritten& claim) {
    std::string line;
    const std::size_t count = claim.names.size() + claim.attributes.size();
    for (std::size_t i = 0; i < count; ++i) {
        line += (i > 0 ? ", " : "") + to_lines(point, claim)[i];
    }
    return line;
}

}  // namespace gradproof::testing
