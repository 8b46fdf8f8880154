// Signatures of findings, and their names.
#include <gradproof/campaign/signature.hpp>

#include <gradproof/campaign/checksum.hpp>
#include <gradproof/laws/finding_file.hpp>

#include <fmt/format.h>

namespace gradproof::campaign {

namespace {

/// Findings of long programs, which a descent left as they were, do not name all of it.
constexpr std::size_t kMostNamed = 4;

[[nodiscard]] std::string named(const std::set<std::string>& primitives) {
    std::string text;
    std::size_t count = 0;
    for (const std::string& name : primitives) {
        if (count++ == kMostNamed) {
            return text + fmt::format(" and {} more", primitives.size() - kMostNamed);
        }
        text += (text.empty() ? "" : ", ") + name;
    }
    return text.empty() ? "an input alone" : text;
}

}  // namespace

std::set<std::string> primitives_of(const backprop::Graph& graph) {
    std::set<std::string> names;
    for (const backprop::Node& node : graph.nodes)
        if (node.primitive != nullptr) names.emplace(node.primitive->name);
    return names;
}

Signature signature_of(const laws::Finding& finding) {
    const check::Report& report = finding.report;
    Signature signature;
    signature.law = finding.law->name;
    if (report.fault) {
        signature.kind = to_words(*report.fault);
    } else if (report.diagnosis && !report.diagnosis->empty()) {
        signature.kind = to_words(report.diagnosis->front().mistake);
    } else {
        signature.kind = report.lost ? "digits lost" : to_words(report.verdict);
    }
    signature.primitives = primitives_of(finding.minimal.graph);
    return signature;
}

std::string to_text(const Signature& signature) {
    return fmt::format("{}: {}: {}", named(signature.primitives), signature.law, signature.kind);
}

std::string file_stem(const Signature& signature) {
    std::string whole = signature.law + "|" + signature.kind;
    for (const std::string& name : signature.primitives) whole += "|" + name;
    const std::string stem = laws::dashed(to_text(signature)).substr(0, 120);
    return fmt::format("{}-{:08x}", stem, checksum(whole) >> 32U);
}

}  // namespace gradproof::campaign
