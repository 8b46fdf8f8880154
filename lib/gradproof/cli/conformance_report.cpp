// Conformance for people and for programs.
#include <gradproof/cli/conformance.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/cli/version.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gradproof::cli {

namespace {

/// What a text shows of the faults of one point; JSON has all.
constexpr std::size_t kShown = 5;

[[nodiscard]] std::string_view to_words(Outcome outcome) {
    switch (outcome) {
        case Outcome::kept: return "ok";
        case Outcome::broken: return "broken";
        case Outcome::not_tried: return "not tried";
    }
    return "";
}

void add(std::vector<std::string>& lines, std::string_view before,
         const std::vector<std::string>& texts) {
    const std::size_t shown = std::min(texts.size(), kShown);
    for (std::size_t k = 0; k < shown; ++k)
        lines.push_back(fmt::format("  {:9}   {}{}", "", before, texts[k]));
    if (shown < texts.size())
        lines.push_back(fmt::format("  {:9}   and {} more", "", texts.size() - shown));
}

}  // namespace

std::size_t Conformance::broken() const {
    return static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(),
                      [](const ProtocolPoint& point) { return point.outcome == Outcome::broken; }));
}

int Conformance::exit_code() const {
    if (broken() > 0) return kFindings;
    return interrupted ? kInterrupted : kHolds;
}

std::vector<std::string> to_lines(const Conformance& conformance) {
    const std::string name =
        conformance.subject.empty() ? conformance.command.front() : conformance.subject;
    std::vector<std::string> lines{
        conformance.broken() > 0
            ? fmt::format("broken: {} breaks {} of {} points of the protocol", name,
                          conformance.broken(), conformance.points.size())
        : conformance.interrupted ? fmt::format("interrupted: {} was not asked everything", name)
                                  : fmt::format("conforms: {}", name)};
    for (const ProtocolPoint& point : conformance.points) {
        lines.push_back(fmt::format("  {:9} {}{}{}", to_words(point.outcome), point.name,
                                    point.summary.empty() ? "" : ": ", point.summary));
        add(lines, "", point.faults);
        add(lines, "remark: ", point.remarks);
    }
    lines.push_back(fmt::format("{} questions", conformance.questions));
    return lines;
}

std::string to_json(const Conformance& conformance) {
    Json points = Json::array();
    for (const ProtocolPoint& point : conformance.points) {
        points.push_back({{"point", point.name},
                          {"outcome", to_words(point.outcome)},
                          {"summary", point.summary},
                          {"faults", point.faults},
                          {"remarks", point.remarks}});
    }
    return Json{{"format", "gradproof subject test"},
                {"version", 1},
                {"gradproof", version()},
                {"exit_code", conformance.exit_code()},
                {"interrupted", conformance.interrupted},
                {"command", conformance.command},
                {"subject", conformance.subject},
                {"questions", conformance.questions},
                {"points", points}}
        .dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
