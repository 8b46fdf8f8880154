// Reading and writing files of points, strictly and as a whole.
#include <gradproof/testing/saved_points.hpp>

#include <gradproof/case/array_reader.hpp>
#include <gradproof/case/number_text.hpp>
#include <gradproof/case/quotation.hpp>
#include <gradproof/case/strict_json.hpp>
#include <gradproof/case/whole_file.hpp>
#include <gradproof/generate/domain.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace gradproof::testing {

namespace {

using cases::JsonDocument;
using cases::JsonValue;

constexpr std::string_view kFormat = "gradproof points";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kLargestFile = 100'000'000;  // bytes
constexpr const char* kRemedy = "delete the file if the test has changed since it was written";

void require_text(const JsonDocument& json, std::string_view field, std::string_view wanted) {
    const JsonValue& at = json.field(json.root(), field);
    if (json.text(at) != wanted) json.refuse(at, cases::quotation(wanted), kRemedy);
}

[[nodiscard]] std::vector<double> finite_numbers(const JsonDocument& json, const JsonValue& at,
                                                 std::size_t count, scalar::Precision precision) {
    std::vector<double> numbers = cases::read_numbers(json, at, precision);
    if (numbers.size() != count) {
        json.refuse(at, "given " + std::to_string(numbers.size()) + " numbers, wanted " +
                            std::to_string(count) + "; " + kRemedy);
    }
    for (const double x : numbers) {
        if (!std::isfinite(x))
            json.refuse(at,
                        "given a number that is not finite, wanted finite ones; delete the point");
    }
    return numbers;
}

/// Whether the claim's input may have the shape, together with the sizes that are known so far, to which
/// it adds.
[[nodiscard]] bool fits(const HandWritten& claim, const Input& input, const scalar::Shape& shape,
                        std::vector<std::optional<std::size_t>>& sizes) {
    if (shape.size() != input.axes.size()) return false;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const Axis& wanted = input.axes[axis];
        if (wanted.name.empty()) {
            if (shape[axis] != wanted.size) return false;
            continue;
        }
        const auto named = std::ranges::find(claim.sizes, wanted.name, &DrawnSize::name);
        auto& size = sizes[static_cast<std::size_t>(named - claim.sizes.begin())];
        if (shape[axis] < named->smallest || shape[axis] > named->largest) return false;
        if (size.value_or(shape[axis]) != shape[axis]) return false;
        size = shape[axis];
    }
    return true;
}

/// The numbers of one input; its shape adds to the sizes of the point's frame.
[[nodiscard]] std::vector<double> read_input(const JsonDocument& json, const JsonValue& at,
                                             const HandWritten& claim, std::size_t input,
                                             std::vector<std::optional<std::size_t>>& sizes) {
    json.require_fields(at, {"name", "shape", "values"});
    const JsonValue& name = json.field(at, "name");
    if (json.text(name) != claim.names[input]) {
        json.refuse(name, cases::quotation(claim.names[input]), kRemedy);
    }
    const JsonValue& shape_at = json.field(at, "shape");
    const scalar::Shape shape = cases::read_shape(json, shape_at);
    if (!fits(claim, claim.inputs[input], shape, sizes)) {
        json.refuse(shape_at, to_string(claim.inputs[input]), kRemedy);
    }
    const JsonValue& values = json.field(at, "values");
    std::vector<double> numbers =
        finite_numbers(json, values, scalar::element_count(shape), claim.precision());
    for (const double x : numbers) {
        if (!generate::contains(claim.domains[input], x)) {
            json.refuse(values, "given a number outside the declared domain " +
                                    generate::text(claim.domains[input]) + "; " + kRemedy);
        }
    }
    return numbers;
}

[[nodiscard]] bool is_value_of(const Attribute& attribute, double value) {
    const auto& choices = attribute.choices;
    return choices.empty() ? generate::contains(attribute.domain, value)
                           : std::ranges::find(choices, value) != choices.end();
}

[[nodiscard]] std::vector<double> read_attributes(const JsonDocument& json, const JsonValue& at,
                                                  const HandWritten& claim) {
    std::vector<double> values =
        finite_numbers(json, at, claim.attributes.size(), claim.precision());
    for (std::size_t a = 0; a < values.size(); ++a) {
        if (is_value_of(claim.attributes[a], values[a])) continue;
        json.refuse(at,
                    "given a number that " + claim.attributes[a].name + " cannot be; " + kRemedy);
    }
    return values;
}

/// The fields of a point besides its inputs.
[[nodiscard]] std::vector<std::string> fields_of(const HandWritten& claim) {
    std::vector<std::string> fields{"inputs"};
    if (!claim.attributes.empty()) fields.push_back("attributes");
    if (claim.form == Form::vjp || claim.form == Form::gradient) fields.push_back("cotangent");
    if (claim.form == Form::jvp) fields.push_back("tangent");
    fields.push_back("law_seed");
    fields.push_back("law");
    return fields;
}

[[nodiscard]] SavedPoint read_point(const JsonDocument& json, const JsonValue& at,
                                    const HandWritten& claim) {
    const std::vector<std::string> fields = fields_of(claim);
    const auto has = [&](std::string_view field) {
        return std::ranges::find(fields, field) != fields.end();
    };
    json.require_fields(at, fields);
    SavedPoint saved;
    Point& point = saved.point;
    const JsonValue& inputs = json.field(at, "inputs");
    const std::vector<JsonValue>& list = json.list(inputs);
    if (list.size() != claim.inputs.size()) {
        json.refuse(inputs, "given " + std::to_string(list.size()) + " inputs, wanted " +
                                std::to_string(claim.inputs.size()) + "; " + kRemedy);
    }
    std::vector<std::optional<std::size_t>> sizes(claim.sizes.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        point.inputs.push_back(read_input(json, list[i], claim, i, sizes));
    }
    for (const auto& size : sizes) point.frame.sizes.push_back(size.value());
    if (has("attributes")) {
        point.frame.attributes = read_attributes(json, json.field(at, "attributes"), claim);
    }
    if (has("cotangent")) {
        const FramedFunction function = claim.function(claim, point.frame);
        point.cotangent = finite_numbers(json, json.field(at, "cotangent"),
                                         function.callable->output_size(), claim.precision());
    }
    if (has("tangent")) {
        point.tangent =
            finite_numbers(json, json.field(at, "tangent"), point.flat().size(), claim.precision());
    }
    point.law_seed = json.whole_number(json.field(at, "law_seed"));
    saved.law = json.text(json.field(at, "law"));
    return saved;
}

[[nodiscard]] std::string numbers_text(const std::vector<double>& numbers,
                                       scalar::Precision precision) {
    std::string text = "[";
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) text += ", ";
        text += cases::number_text(numbers[i], precision);
    }
    return text + "]";
}

}  // namespace

std::filesystem::path points_path(const std::filesystem::path& directory, std::string_view test) {
    std::string name(test);
    std::replace(name.begin(), name.end(), '/', '_');
    return directory / ("gradproof-" + name + ".json");
}

std::vector<SavedPoint> read_points(std::string_view text, std::string_view file_name,
                                    std::string_view test, const HandWritten& claim) {
    const JsonDocument json(text, file_name);
    json.require_fields(json.root(), {"format", "version", "test", "numbers", "points"});
    require_text(json, "format", kFormat);
    const JsonValue& version = json.field(json.root(), "version");
    if (json.whole_number(version) != kVersion)
        json.refuse(version, "version 1", "delete the file");
    require_text(json, "test", test);
    require_text(json, "numbers", scalar::to_string(claim.precision()));
    std::vector<SavedPoint> points;
    for (const JsonValue& at : json.list(json.field(json.root(), "points"))) {
        points.push_back(read_point(json, at, claim));
    }
    return points;
}

std::string write_points(const std::vector<SavedPoint>& points, std::string_view test,
                         const HandWritten& claim) {
    const std::vector<std::string> fields = fields_of(claim);
    std::string text = "{\n  \"format\": " + cases::json_string(kFormat) +
                       ",\n  \"version\": " + std::to_string(kVersion) +
                       ",\n  \"test\": " + cases::json_string(test) + ",\n  \"numbers\": " +
                       cases::json_string(scalar::to_string(claim.precision())) +
                       ",\n  \"points\": [";
    for (std::size_t p = 0; p < points.size(); ++p) {
        const Point& point = points[p].point;
        const std::vector<scalar::Shape> shapes = shapes_in(claim, point.frame);
        text += p > 0 ? ",\n    {\"inputs\": [" : "\n    {\"inputs\": [";
        for (std::size_t i = 0; i < point.inputs.size(); ++i) {
            if (i > 0) text += ",\n                ";
            text += "{\"name\": " + cases::json_string(claim.names[i]) +
                    ", \"shape\": " + scalar::to_string(shapes[i]) +
                    ", \"values\": " + numbers_text(point.inputs[i], claim.precision()) + "}";
        }
        text += "],\n     ";
        for (const auto& [field, numbers] :
             {std::pair("attributes", &point.frame.attributes),
              std::pair("cotangent", &point.cotangent), std::pair("tangent", &point.tangent)}) {
            if (std::ranges::find(fields, field) == fields.end()) continue;
            text +=
                cases::json_string(field) + ": " + numbers_text(*numbers, claim.precision()) + ", ";
        }
        text += "\"law_seed\": " + std::to_string(point.law_seed) +
                ", \"law\": " + cases::json_string(points[p].law) + "}";
    }
    return text + "\n  ]\n}\n";
}

std::vector<SavedPoint> load_points(const std::filesystem::path& path, std::string_view test,
                                    const HandWritten& claim) {
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown) && !unknown) return {};
    return read_points(cases::read_whole(path, kLargestFile), path.string(), test, claim);
}

void keep_point(const std::filesystem::path& path, std::vector<SavedPoint> points,
                const SavedPoint& added, std::string_view test, const HandWritten& claim) {
    for (const SavedPoint& point : points) {
        if (point.point == added.point) return;
    }
    points.push_back(added);
    cases::replace_whole(path, write_points(points, test, claim));
}

}  // namespace gradproof::testing
