// Shapes and numbers from JSON, within what a case can have.
#include <gradproof/case/array_reader.hpp>

#include <gradproof/case/number_text.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace gradproof::cases {

scalar::Shape read_shape(const JsonDocument& json, const JsonValue& at) {
    scalar::Shape shape;
    for (const JsonValue& size : json.list(at)) shape.push_back(json.whole_number(size));
    if (shape.size() > highest_rank) {
        json.refuse(at, "given a shape of " + std::to_string(shape.size()) +
                            " axes, wanted at most " + std::to_string(highest_rank) +
                            "; draw a smaller case");
    }
    require_size(json, at, shape);
    return shape;
}

void require_size(const JsonDocument& json, const JsonValue& at, const scalar::Shape& shape) {
    std::size_t count = 1;
    bool fits = true;
    for (const std::size_t size : shape) {
        fits = fits && size <= largest_array &&
               (count *= std::max<std::size_t>(size, 1)) <= largest_array;
    }
    if (!fits) {
        json.refuse(at, "given the shape " + scalar::to_string(shape) + ", wanted at most " +
                            std::to_string(largest_array) + " entries; draw a smaller case");
    }
}

double read_number(const JsonDocument& json, const JsonValue& at, scalar::Precision precision) {
    std::optional<double> number;
    if (at.kind == JsonKind::number) {
        number = number_from_decimal(at.raw, precision);
        if (!number) {
            json.refuse(at,
                        "a number within the range of " + std::string(scalar::to_string(precision)),
                        "write \"inf\", \"-inf\" or 0 if that is meant");
        }
    } else if (at.kind == JsonKind::text) {
        number = number_from_word(json.text(at));
    }
    if (!number) {
        json.refuse(at, "a number or one of \"nan\", \"inf\", \"-inf\", \"-0\"",
                    "write decimals without quotes");
    }
    return *number;
}

std::vector<double> read_numbers(const JsonDocument& json, const JsonValue& at,
                                 scalar::Precision precision) {
    std::vector<double> numbers;
    numbers.reserve(json.list(at).size());
    for (const JsonValue& number : json.list(at))
        numbers.push_back(read_number(json, number, precision));
    return numbers;
}

void require_count(const JsonDocument& json, const JsonValue& at, const scalar::Shape& shape,
                   const std::string& whose) {
    const std::size_t wanted = scalar::element_count(shape);
    if (at.children.size() != wanted) {
        json.refuse(at, "given " + std::to_string(at.children.size()) + " numbers, wanted " +
                            std::to_string(wanted) + ", since " + whose + " is " +
                            scalar::to_string(shape) + "; mend the numbers or the shape");
    }
}

}  // namespace gradproof::cases
