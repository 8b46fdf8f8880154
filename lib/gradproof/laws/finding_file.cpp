// Naming and writing the file of a finding.
#include <gradproof/laws/finding_file.hpp>

#include <gradproof/case/file.hpp>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <system_error>

namespace gradproof::laws {

namespace {

[[nodiscard]] std::string slug(std::string_view sentence) {
    std::string text = dashed(sentence);
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// "finding-softmax-vjp-agrees-with-finite-differences".
[[nodiscard]] std::string stem_of(const Finding& finding) {
    const backprop::Graph& graph = finding.minimal.graph;
    const backprop::Primitive* primitive = graph.nodes[graph.output].primitive;
    return "finding-" + slug(primitive == nullptr ? "input" : primitive->name) + "-" +
           slug(finding.law->name);
}

/// Takes the file away again unless it was written.
class Claimed {
public:
    explicit Claimed(const std::filesystem::path& path) : path_(path) {}
    Claimed(const Claimed&) = delete;
    Claimed& operator=(const Claimed&) = delete;
    ~Claimed() {
        std::error_code ignored;
        if (!written_) std::filesystem::remove(path_, ignored);
    }
    void write(std::string_view text) {
        cases::replace_whole(path_, text);
        written_ = true;
    }

private:
    const std::filesystem::path& path_;
    bool written_ = false;
};

}  // namespace

std::string dashed(std::string_view sentence) {
    std::string text;
    for (const char c : sentence) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            text += c;
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    return text;
}

std::string file_text(const Finding& finding, std::string_view version) {
    cases::Finding told;
    told.law = finding.law->name;
    told.subject = finding.report.subject;
    told.seed = finding.law_seed;
    told.verdict = check::to_words(finding.report.verdict);
    told.report = check::to_lines(finding.report);
    told.gradproof = version;
    return cases::write(finding.minimal, told);
}

std::filesystem::path save(const Finding& finding, const std::filesystem::path& folder,
                           std::string_view version) {
    const std::string text = file_text(finding, version);
    const std::string stem = stem_of(finding);
    std::filesystem::path path = folder / (stem + ".json");
    for (int number = 2; !cases::claim(path); ++number) {
        path = folder / (stem + "-" + std::to_string(number) + ".json");
    }
    Claimed(path).write(text);
    return path;
}

Kept keep(const Finding& finding, const std::filesystem::path& folder, std::string_view version) {
    Kept kept;
    try {
        kept.text = file_text(finding, version);
        kept.path = save(finding, folder, version);
    } catch (const cases::FileError& error) {
        kept.refusal = error.what();
    } catch (const std::invalid_argument& unwritable) {
        kept.refusal = unwritable.what();
        for (const std::string& line : cases::case_lines(finding.minimal)) kept.text += line + "\n";
    }
    return kept;
}

}  // namespace gradproof::laws
