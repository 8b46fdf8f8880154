// Naming and writing the file of a finding.
#include <gradproof/cli/finding_file.hpp>

#include <gradproof/case/file.hpp>
#include <gradproof/cli/version.hpp>

#include <algorithm>
#include <cctype>

namespace gradproof::cli {

namespace {

[[nodiscard]] std::string list_of(const std::vector<double>& values, scalar::Precision precision) {
    std::string text = "[";
    for (std::size_t i = 0; i < values.size(); ++i) {
        text += (i > 0 ? ", " : "") + cases::shortest(values[i], precision);
    }
    return text + "]";
}

/// Letters and digits of a sentence, joined by dashes.
[[nodiscard]] std::string slug(std::string_view sentence) {
    std::string text;
    for (const char c : sentence) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    return text;
}

}  // namespace

std::vector<std::string> case_lines(const cases::Case& drawn) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        const backprop::Node& input = drawn.graph.nodes[drawn.graph.inputs[i]];
        const std::string shape = input.shape().size() > 1 ? " (shape " + scalar::to_string(input.shape()) + ")" : "";
        const std::string values = input.shape().empty() ? cases::shortest(drawn.inputs[i][0], drawn.precision)
                                                         : list_of(drawn.inputs[i], drawn.precision);
        lines.push_back(input.name + " = " + values + shape);
    }
    for (std::string& line : cases::program_lines(drawn.graph)) lines.push_back(std::move(line));
    lines.push_back("cotangent " + list_of(drawn.cotangent, drawn.precision));
    return lines;
}

std::filesystem::path save(const laws::Finding& finding, const std::filesystem::path& folder) {
    const backprop::Graph& graph = finding.minimal.graph;
    const std::string primitive = graph.nodes[graph.output].primitive == nullptr
                                      ? "input" : std::string(graph.nodes[graph.output].primitive->name);
    const std::string stem = "finding-" + slug(primitive) + "-" + slug(finding.law->name);
    std::filesystem::path path = folder / (stem + ".json");
    for (int number = 2; std::filesystem::exists(path); ++number) {
        path = folder / (stem + "-" + std::to_string(number) + ".json");
    }
    cases::Finding told;
    told.law = finding.law->name;
    told.subject = finding.report.subject;
    told.seed = finding.law_seed;
    told.verdict = check::to_words(finding.report.verdict);
    told.report = check::to_lines(finding.report);
    told.gradproof = version();
    cases::write_file(path, finding.minimal, told);
    return path;
}

}  // namespace gradproof::cli
