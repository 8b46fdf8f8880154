// Naming and writing the file of a finding.
#include <gradproof/laws/finding_file.hpp>

#include <gradproof/case/file.hpp>

#include <cctype>
#include <string>

namespace gradproof::laws {

namespace {

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

std::filesystem::path save(const Finding& finding, const std::filesystem::path& folder,
                           std::string_view version) {
    const backprop::Graph& graph = finding.minimal.graph;
    const std::string primitive = graph.nodes[graph.output].primitive == nullptr
                                      ? "input"
                                      : std::string(graph.nodes[graph.output].primitive->name);
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
    told.gradproof = version;
    cases::write_file(path, finding.minimal, told);
    return path;
}

}  // namespace gradproof::laws
