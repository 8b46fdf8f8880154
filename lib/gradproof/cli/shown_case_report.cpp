// The text and the JSON of a case that is shown: forward, backward, gradient.
#include <gradproof/cli/array_text.hpp>
#include <gradproof/cli/replay.hpp>
#include <gradproof/cli/report_json.hpp>
#include <gradproof/cli/shown_case.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

namespace gradproof::cli {

namespace {

using backprop::Node;
using backprop::NodeId;
using Lines = std::vector<std::string>;

/// Rows of the gradient's table, names of entries at kinks.
constexpr std::size_t kMostRows = 64, kMostNames = 6;

[[nodiscard]] std::string_view precision_of(const ShownCase& shown) {
    return scalar::to_string(shown.saved.drawn.precision);
}

[[nodiscard]] std::string array(const ShownCase& shown, NodeId shape_of,
                                const std::vector<double>& values) {
    const cases::Case& drawn = shown.saved.drawn;
    return array_text(values, drawn.graph.nodes[shape_of].shape(), drawn.precision);
}

[[nodiscard]] std::string joined(const Lines& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i)
        text += (i > 0 ? ", " : "") + names[i];
    return names.size() > kMostNames
               ? fmt::format("{} and {} more", text, names.size() - kMostNames)
               : text;
}

/// What is to be said of the comparisons that a node makes.
void add_ties(Lines& lines, const ShownCase& shown, NodeId id) {
    const ShownNode& node = shown.nodes[id];
    const backprop::Primitive* primitive = shown.saved.drawn.graph.nodes[id].primitive;
    const std::string convention = primitive == nullptr || primitive->convention.empty()
                                       ? ""
                                       : fmt::format("; convention: {}", primitive->convention);
    if (!node.at_kinks.empty()) {
        lines.push_back(fmt::format("      at a kink: {}{}", joined(node.at_kinks), convention));
    } else if (node.open.ties) {
        lines.push_back(fmt::format("      a comparison ties exactly{}", convention));
    }
    if (node.open.undetermined) {
        lines.push_back(
            "      a comparison is within rounding: a sound implementation may take the other "
            "branch");
    }
}

void add_forward(Lines& lines, const ShownCase& shown) {
    const backprop::Graph& graph = shown.saved.drawn.graph;
    const Lines program = cases::program_lines(graph);
    lines.push_back(fmt::format("forward, in {}", precision_of(shown)));
    std::size_t next = 0;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        const Node& node = graph.nodes[id];
        const std::string value = array(shown, id, shown.answers.values[id]);
        const std::string shape = scalar::to_string(node.shape());
        if (node.primitive == nullptr) {
            lines.push_back(fmt::format("  {} = {}  (input of shape {})", node.name, value, shape));
            continue;
        }
        lines.push_back("  " + program[next++]);
        lines.push_back(fmt::format("    = {}  (shape {})", value, shape));
        add_ties(lines, shown, id);
    }
    lines.push_back("  " + program.back());
}

void add_backward(Lines& lines, const ShownCase& shown) {
    const backprop::Graph& graph = shown.saved.drawn.graph;
    lines.push_back("backward: each cotangent is the sum of what was added above it");
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        const Node& node = graph.nodes[id];
        std::string line = fmt::format("  cotangent of {} = {}", graph.node_name(id),
                                       array(shown, id, shown.answers.cotangents[id]));
        if (id == graph.output) line += "  (the case's)";
        if (!shown.nodes[id].reached) line += "  (the output does not depend on it)";
        lines.push_back(line);
        if (!shown.nodes[id].reached) continue;
        for (std::size_t k = 0; k < node.operands.size(); ++k) {
            lines.push_back(fmt::format(
                "      adds {} to {}", array(shown, node.operands[k], shown.nodes[id].additions[k]),
                graph.node_name(node.operands[k])));
        }
    }
}

[[nodiscard]] std::string verdict_of(const check::Entry& entry) {
    std::string text(check::to_words(entry.verdict));
    if (entry.standing != check::Standing::judged)
        text += fmt::format(" ({})", check::to_words(entry.standing));
    if (!entry.remark.empty()) return fmt::format("{} ({})", text, entry.remark);
    return entry.at_kink ? text + " (something ties here)" : text;
}

using EntryCells = std::array<std::string, 7>;

[[nodiscard]] EntryCells row_of(const check::Entry& entry, scalar::Precision precision) {
    return {entry.name,
            entry.primal ? number_text(*entry.primal, precision) : "",
            number_text(entry.subject, precision),
            entry.truth ? entry.truth->value.str(17) : "none",
            entry.truth ? entry.truth->bound.str(2) : "",
            fmt::format("{:.1e}", entry.budget),
            verdict_of(entry)};
}

/// Rows with their columns one below the other, all but the last as wide as they need.
void add_table(Lines& lines, const std::vector<EntryCells>& rows) {
    std::array<std::size_t, std::tuple_size_v<EntryCells>> widths{};
    for (const EntryCells& row : rows) {
        for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], row[k].size());
    }
    for (const EntryCells& row : rows) {
        std::string line = fmt::format("  {:<{}}", row[0], widths[0]);
        for (std::size_t k = 1; k + 1 < row.size(); ++k)
            line += fmt::format("  {:>{}}", row[k], widths[k]);
        lines.push_back(line + "  " + row.back());
    }
}

void add_gradient(Lines& lines, const ShownCase& shown) {
    if (!shown.gradient) {
        lines.push_back("no derivative was taken: " + shown.not_judged);
        return;
    }
    const std::vector<check::Entry>& entries = shown.gradient->entries;
    lines.push_back("gradient, beside the oracle's differences in 50 to 1000 digits");
    std::vector<EntryCells> rows{
        {"entry", "primal", "gradient", "oracle", "its error", "allowed", "verdict"}};
    for (std::size_t i = 0; i < std::min(entries.size(), kMostRows); ++i)
        rows.push_back(row_of(entries[i], shown.saved.drawn.precision));
    add_table(lines, rows);
    if (entries.size() > kMostRows)
        lines.push_back(fmt::format("  ... and {} more", entries.size() - kMostRows));
    if (!shown.gradient->remark.empty()) lines.push_back("  " + shown.gradient->remark);
}

[[nodiscard]] Json to_json(const ShownCase& shown, NodeId id) {
    const backprop::Graph& graph = shown.saved.drawn.graph;
    const Node& node = graph.nodes[id];
    Json json{{"node", graph.node_name(id)}};
    if (node.primitive != nullptr) {
        Json operands = Json::array(), attributes = Json::array(), additions = Json::array();
        for (const NodeId operand : node.operands) operands.push_back(graph.node_name(operand));
        for (const auto& addition : shown.nodes[id].additions)
            additions.push_back(json_of(addition));
        json["primitive"] = node.primitive->name;
        json["operands"] = operands;
        json["attributes"] = json_of(node.application.attributes);
        json["adds_to_operands"] = additions;
    }
    json["shape"] = node.shape();
    json["value"] = json_of(shown.answers.values[id]);
    json["cotangent"] = json_of(shown.answers.cotangents[id]);
    json["output_depends_on_it"] = shown.nodes[id].reached;
    json["ties"] = shown.nodes[id].open.ties;
    json["within_rounding"] = shown.nodes[id].open.undetermined;
    json["at_kinks"] = shown.nodes[id].at_kinks;
    return json;
}

}  // namespace

Lines to_lines(const ShownCase& shown) {
    Lines lines{shown.file + ":"};
    for (const std::string& line : recorded_lines(shown.saved)) lines.push_back(line);
    lines.push_back("");
    add_forward(lines, shown);
    lines.push_back("");
    add_backward(lines, shown);
    lines.push_back("");
    add_gradient(lines, shown);
    return lines;
}

std::string to_json(const ShownCase& shown) {
    Json nodes = Json::array();
    for (NodeId id = 0; id < shown.nodes.size(); ++id) nodes.push_back(to_json(shown, id));
    const backprop::Graph& graph = shown.saved.drawn.graph;
    Json json{{"format", "gradproof case shown"},
              {"version", 1},
              {"file", shown.file},
              {"numbers", precision_of(shown)},
              {"nodes", nodes},
              {"output", graph.node_name(graph.output)},
              {"gradient", nullptr},
              {"not_judged", shown.not_judged}};
    if (shown.gradient) json["gradient"] = json_of(*shown.gradient);
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradproof::cli
