// What is refused before a gradient is asked anything.
#include <gradproof/testing/hand_written.hpp>

#include <gradproof/generate/number.hpp>

#include <utility>

namespace gradproof::testing {

HandWritten on_shapes(std::vector<scalar::Shape> shapes) {
    constexpr std::size_t most = 100'000;
    HandWritten claim;
    const std::size_t count = shapes.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name =
            count <= 3 ? std::string(1, "xyz"[i]) : "x" + std::to_string(i + 1);
        std::size_t size = 1;
        for (const std::size_t axis : shapes[i]) {
            size = axis > most || size > most ? most + 1 : size * axis;
        }
        if (size == 0 || size > most) {
            throw BadUse("input " + name + " has the shape " + scalar::to_string(shapes[i]) +
                         ", wanted is a shape of 1 to " + std::to_string(most) +
                         " numbers; give .on(...) sizes that the gradient can be checked at");
        }
        claim.names.push_back(name);
    }
    claim.shapes = std::move(shapes);
    claim.domains.resize(count);
    return claim;
}

std::vector<double> some_point(const HandWritten& claim) {
    generate::Dice dice{rc::Random(0)};
    std::vector<double> point;
    for (std::size_t i = 0; i < claim.shapes.size(); ++i) {
        for (std::size_t k = 0; k < scalar::element_count(claim.shapes[i]); ++k) {
            point.push_back(generate::draw_number(dice, claim.domains[i], claim.precision(),
                                                  generate::Style::well_scaled));
        }
    }
    return point;
}

void function_threw(const std::string& what) {
    throw BadUse("the function threw \"" + what +
                 "\"; return a number everywhere (NaN where it is not defined), or declare its "
                 "domain with .in(...)");
}

void function_has_no_such_type() {
    throw std::logic_error("the function was asked for in a type that is not its gradient's");
}

void function_returned(std::size_t given, std::size_t wanted) {
    throw BadUse("the function returned " + std::to_string(given) + " numbers where it returned " +
                 std::to_string(wanted) + " before; return as many everywhere");
}

void primal_is_scalar(std::size_t outputs) {
    throw BadUse("the primal returns one number, the function " + std::to_string(outputs) +
                 "; take a std::span for the output as the last argument");
}

void require_output(std::size_t outputs, bool takes_cotangent, bool scalar_cotangent) {
    if (outputs == 0) throw BadUse("the function returned no number; return at least one");
    if (outputs == 1) return;
    if (!takes_cotangent) {
        throw BadUse("the function returns " + std::to_string(outputs) +
                     " numbers, but the gradient takes no cotangent; take a std::span of as many "
                     "between inputs and gradients");
    }
    if (scalar_cotangent) {
        throw BadUse("the function returns " + std::to_string(outputs) +
                     " numbers, but the vjp takes one number as its cotangent; take a std::span");
    }
}

}  // namespace gradproof::testing
