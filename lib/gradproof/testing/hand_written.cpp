// What is refused before a gradient is asked anything.
#include <gradproof/testing/hand_written.hpp>

#include <gradproof/generate/number.hpp>

#include <algorithm>
#include <utility>

namespace gradproof::testing {

namespace {

constexpr std::size_t kMostNumbers = 100'000;

[[nodiscard]] std::string name_of_input(std::size_t i, std::size_t count) {
    return count <= 3 ? std::string(1, "xyz"[i]) : "x" + std::to_string(i + 1);
}

[[nodiscard]] DrawnSize& size_named(std::vector<DrawnSize>& sizes, const std::string& name) {
    const auto found = std::ranges::find(sizes, name, &DrawnSize::name);
    if (found != sizes.end()) return *found;
    DrawnSize added;
    added.name = name;
    return sizes.emplace_back(std::move(added));
}

[[nodiscard]] std::string text(const SizeRange& range) {
    return "from " + std::to_string(range.smallest) + " to " + std::to_string(range.largest);
}

/// Each name once, with the range that is declared of it somewhere.
[[nodiscard]] std::vector<DrawnSize> drawn_sizes(const std::vector<Input>& inputs) {
    std::vector<DrawnSize> sizes;
    std::vector<std::string> declared;
    for (const Input& input : inputs) {
        for (const Axis& axis : input.axes) {
            if (axis.name.empty()) continue;
            DrawnSize& size = size_named(sizes, axis.name);
            if (!axis.range) continue;
            if (axis.range->smallest > axis.range->largest) {
                throw BadUse("size " + axis.name + " is " + text(*axis.range) +
                             ", wanted is the smaller one first; write any_size(\"" + axis.name +
                             "\", smallest, largest)");
            }
            SizeRange& range = size;
            const bool before = std::ranges::find(declared, axis.name) != declared.end();
            if (before && text(range) != text(*axis.range)) {
                throw BadUse("size " + axis.name + " is " + text(range) + " and elsewhere " +
                             text(*axis.range) + "; declare its range once");
            }
            declared.push_back(axis.name);
            range = *axis.range;
        }
    }
    return sizes;
}

[[nodiscard]] std::size_t size_of(const Axis& axis, const std::vector<DrawnSize>& sizes,
                                  const std::vector<std::size_t>& values) {
    if (axis.name.empty()) return axis.size;
    const auto found = std::ranges::find(sizes, axis.name, &DrawnSize::name);
    return values[static_cast<std::size_t>(found - sizes.begin())];
}

[[nodiscard]] std::vector<std::size_t> largest_sizes(const std::vector<DrawnSize>& sizes) {
    std::vector<std::size_t> largest;
    for (const DrawnSize& size : sizes) largest.push_back(size.largest);
    return largest;
}

void require_numbers(const HandWritten& claim) {
    const std::vector<std::size_t> largest = largest_sizes(claim.sizes);
    for (std::size_t i = 0; i < claim.inputs.size(); ++i) {
        std::size_t count = 1;
        for (const Axis& axis : claim.inputs[i].axes) {
            const std::size_t size = size_of(axis, claim.sizes, largest);
            count = size > kMostNumbers || count > kMostNumbers ? kMostNumbers + 1 : count * size;
        }
        if (count == 0 || count > kMostNumbers) {
            throw BadUse("input " + claim.names[i] + " has the shape " +
                         to_string(claim.inputs[i]) + ", wanted is a shape of 1 to " +
                         std::to_string(kMostNumbers) +
                         " numbers; give .on(...) sizes that the gradient can be checked at");
        }
    }
}

}  // namespace

std::string_view noun(Form form) {
    switch (form) {
        case Form::vjp: return "vjp";
        case Form::gradient: return "gradient";
        case Form::jvp: return "jvp";
        case Form::jacobian: return "Jacobian";
    }
    return "";
}

HandWritten on_inputs(std::vector<Input> inputs) {
    HandWritten claim;
    claim.inputs = std::move(inputs);
    const std::size_t count = claim.inputs.size();
    for (std::size_t i = 0; i < count; ++i) claim.names.push_back(name_of_input(i, count));
    claim.domains.resize(count);
    claim.sizes = drawn_sizes(claim.inputs);
    require_numbers(claim);
    return claim;
}

std::vector<scalar::Shape> shapes_in(const HandWritten& claim, const Frame& frame) {
    std::vector<scalar::Shape> shapes;
    for (const Input& input : claim.inputs) {
        scalar::Shape& shape = shapes.emplace_back();
        for (const Axis& axis : input.axes) {
            shape.push_back(size_of(axis, claim.sizes, frame.sizes));
        }
    }
    return shapes;
}

Frame some_frame(const HandWritten& claim) {
    generate::Dice dice{rc::Random(0)};
    Frame frame;
    frame.sizes = largest_sizes(claim.sizes);
    for (const Attribute& attribute : claim.attributes) {
        frame.attributes.push_back(attribute.choices.empty()
                                       ? generate::draw_number(dice, attribute.domain,
                                                               claim.precision(),
                                                               generate::Style::well_scaled)
                                       : attribute.choices.front());
    }
    return frame;
}

std::vector<double> some_point(const HandWritten& claim, const std::vector<scalar::Shape>& shapes) {
    generate::Dice dice{rc::Random(0)};
    std::vector<double> point;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        for (std::size_t k = 0; k < scalar::element_count(shapes[i]); ++k) {
            point.push_back(generate::draw_number(dice, claim.domains[i], claim.precision(),
                                                  generate::Style::well_scaled));
        }
    }
    return point;
}

void require_outputs(const HandWritten& claim, std::size_t outputs) {
    const std::string returns =
        "the function returns " + std::to_string(outputs) + " numbers, but ";
    if (outputs == 0 && claim.sizes.empty()) {
        throw BadUse("the function returned no number; return at least one");
    }
    if (outputs == 1 || !claim.of_one_number) return;
    switch (claim.form) {
        case Form::gradient:
            throw BadUse(returns +
                         "the gradient takes no cotangent; take a std::span of as many between "
                         "inputs and gradients");
        case Form::vjp:
            throw BadUse(returns + "the vjp takes one number as its cotangent; take a std::span");
        case Form::jvp:
            throw BadUse(returns +
                         "the jvp returns one; fill a std::span of as many, its last argument");
        case Form::jacobian: return;
    }
}

void require_fitting(const HandWritten& claim) {
    static_cast<void>(claim.function(claim, some_frame(claim)));
}

void require_domains(const HandWritten& claim) {
    const auto require = [&](const scalar::Domain& domain) {
        static_cast<void>(generate::range(domain, claim.precision()));
    };
    for (const scalar::Domain& domain : claim.domains) require(domain);
    for (const Attribute& attribute : claim.attributes) require(attribute.domain);
}

}  // namespace gradproof::testing
