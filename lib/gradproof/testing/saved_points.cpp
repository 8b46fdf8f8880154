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

namespace gradproof::testing {

namespace {

using cases::JsonDocument;
using cases::JsonValue;

constexpr std::string_view kFormat = "gradproof points";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kLargestFile = 100'000'000;  // bytes
constexpr const char* kRemedy = "delete the file if the test has changed since it was written";

[[nodiscard]] std::string name_of(scalar::Precision precision) {
    return precision == scalar::Precision::binary32 ? "binary32" : "binary64";
}

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

[[nodiscard]] std::vector<double> read_input(const JsonDocument& json, const JsonValue& at,
                                             const HandWritten& claim, std::size_t input) {
    json.require_fields(at, {"name", "shape", "values"});
    const JsonValue& name = json.field(at, "name");
    if (json.text(name) != claim.names[input]) {
        json.refuse(name, cases::quotation(claim.names[input]), kRemedy);
    }
    const JsonValue& shape = json.field(at, "shape");
    if (cases::read_shape(json, shape) != claim.shapes[input]) {
        json.refuse(shape, scalar::to_string(claim.shapes[input]), kRemedy);
    }
    const JsonValue& values = json.field(at, "values");
    std::vector<double> numbers =
        finite_numbers(json, values, scalar::element_count(claim.shapes[input]), claim.precision());
    for (const double x : numbers) {
        if (!generate::contains(claim.domains[input], x)) {
            json.refuse(values, "given a number outside the declared domain " +
                                    generate::text(claim.domains[input]) + "; " + kRemedy);
        }
    }
    return numbers;
}

[[nodiscard]] SavedPoint read_point(const JsonDocument& json, const JsonValue& at,
                                    const HandWritten& claim) {
    json.require_fields(at, {"inputs", "cotangent", "law_seed", "law"});
    SavedPoint saved;
    const JsonValue& inputs = json.field(at, "inputs");
    const std::vector<JsonValue>& list = json.list(inputs);
    if (list.size() != claim.shapes.size()) {
        json.refuse(inputs, "given " + std::to_string(list.size()) + " inputs, wanted " +
                                std::to_string(claim.shapes.size()) + "; " + kRemedy);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        saved.point.inputs.push_back(read_input(json, list[i], claim, i));
    }
    saved.point.cotangent = finite_numbers(json, json.field(at, "cotangent"),
                                           claim.function->output_size(), claim.precision());
    saved.point.law_seed = json.whole_number(json.field(at, "law_seed"));
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
    require_text(json, "numbers", name_of(claim.precision()));
    std::vector<SavedPoint> points;
    for (const JsonValue& at : json.list(json.field(json.root(), "points"))) {
        points.push_back(read_point(json, at, claim));
    }
    return points;
}

std::string write_points(const std::vector<SavedPoint>& points, std::string_view test,
                         const HandWritten& claim) {
    std::string text = "{\n  \"format\": " + cases::json_string(kFormat) +
                       ",\n  \"version\": " + std::to_string(kVersion) +
                       ",\n  \"test\": " + cases::json_string(test) +
                       ",\n  \"numbers\": " + cases::json_string(name_of(claim.precision())) +
                       ",\n  \"points\": [";
    for (std::size_t p = 0; p < points.size(); ++p) {
        const Point& point = points[p].point;
        text += p > 0 ? ",\n    {\"inputs\": [" : "\n    {\"inputs\": [";
        for (std::size_t i = 0; i < point.inputs.size(); ++i) {
            if (i > 0) text += ",\n                ";
            text += "{\"name\": " + cases::json_string(claim.names[i]) +
                    ", \"shape\": " + scalar::to_string(claim.shapes[i]) +
                    ", \"values\": " + numbers_text(point.inputs[i], claim.precision()) + "}";
        }
        text += "],\n     \"cotangent\": " + numbers_text(point.cotangent, claim.precision()) +
                ", \"law_seed\": " + std::to_string(point.law_seed) +
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
