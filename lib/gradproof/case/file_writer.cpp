// From a case to its file: one input, one node a line.
#include <gradproof/case/file.hpp>

#include <gradproof/case/node_names.hpp>
#include <gradproof/case/number_text.hpp>
#include <gradproof/case/quotation.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <stdexcept>

namespace gradproof::cases {

namespace {

void require(bool holds, const std::string& message) {
    if (!holds) throw std::invalid_argument("case file: " + message);
}

/// Items between brackets: on one line, or each on a line of its own.
[[nodiscard]] std::string bracketed(const std::vector<std::string>& items, char open, char close,
                                    const std::string& indent = {}) {
    std::string text(1, open);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!indent.empty()) text += "\n" + indent + "  ";
        text += items[i];
        if (i + 1 < items.size()) text += indent.empty() ? ", " : ",";
    }
    if (!indent.empty() && !items.empty()) text += "\n" + indent;
    return text + close;
}

[[nodiscard]] std::string field(std::string_view name, const std::string& value) {
    return json_string(name) + ": " + value;
}

[[nodiscard]] std::string number(double value, Precision precision, const std::string& where) {
    require(is_number_of(value, precision),
            where + " holds " + shortest(value) +
                ", wanted numbers of binary32; round it, or declare binary64");
    return number_text(value, precision);
}

[[nodiscard]] std::string numbers(const std::vector<double>& values, const scalar::Shape& shape,
                                  Precision precision, const std::string& where) {
    require(values.size() == scalar::element_count(shape),
            where + " has " + std::to_string(values.size()) + " numbers, its shape " +
                scalar::to_string(shape) + " wants " +
                std::to_string(scalar::element_count(shape)));
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const double value : values) texts.push_back(number(value, precision, where));
    return bracketed(texts, '[', ']');
}

[[nodiscard]] std::string input_line(const backprop::Node& input, const std::vector<double>& values,
                                     Precision precision) {
    const std::string name = json_string(input.name);
    return bracketed({field("name", name), field("shape", scalar::to_string(input.shape())),
                      field("values", numbers(values, input.shape(), precision, "input " + name))},
                     '{', '}');
}

[[nodiscard]] std::string node_line(const backprop::Graph& graph, backprop::NodeId id,
                                    Precision precision) {
    const backprop::Node& node = graph.nodes[id];
    const std::string name = graph.node_name(id);
    static_cast<void>(
        primitives::primitive(node.primitive->name));  // throws where the catalogue has none
    std::vector<std::string> operands;
    for (const backprop::NodeId operand : node.operands)
        operands.push_back(json_string(graph.node_name(operand)));
    std::vector<std::string> fields{field("node", json_string(name)),
                                    field("primitive", json_string(node.primitive->name)),
                                    field("operands", bracketed(operands, '[', ']'))};
    std::vector<std::string> attributes, items;
    const std::size_t single = node.primitive->single_attributes();
    for (std::size_t i = 0; i < node.application.attributes.size(); ++i) {
        std::string value = number(node.application.attributes[i], precision, "node " + name);
        if (i < single) {
            attributes.push_back(field(node.primitive->attributes[i], std::move(value)));
        } else {
            items.push_back(std::move(value));
        }
    }
    if (!items.empty()) {
        attributes.push_back(
            field(node.primitive->attribute_name(single), bracketed(items, '[', ']')));
    }
    if (!attributes.empty()) fields.push_back(field("attributes", bracketed(attributes, '{', '}')));
    return bracketed(fields, '{', '}');
}

[[nodiscard]] std::string finding_text(const Finding& finding) {
    std::vector<std::string> report;
    for (const std::string& line : finding.report) report.push_back(json_string(line));
    return bracketed(
        {field("law", json_string(finding.law)), field("subject", json_string(finding.subject)),
         field("seed", std::to_string(finding.seed)),
         field("verdict", json_string(finding.verdict)),
         field("report", bracketed(report, '[', ']', "    ")),
         field("gradproof", json_string(finding.gradproof))},
        '{', '}', "  ");
}

void require_writable(const Case& drawn) {
    const backprop::Graph& graph = drawn.graph;
    require(graph.output < graph.nodes.size(), "the program has no node; add an input");
    require(drawn.inputs.size() == graph.inputs.size(),
            "given " + std::to_string(drawn.inputs.size()) + " inputs, the program wants " +
                std::to_string(graph.inputs.size()));
    for (const backprop::NodeId id : graph.inputs) {
        const std::string& name = graph.nodes[id].name;
        if (const auto complaint = complaint_about_input_name(name)) require(false, *complaint);
        require(is_utf8(name),
                "given the name " + quotation(name) + ", wanted UTF-8; choose another");
    }
}

}  // namespace

std::string write(const Case& drawn, const std::optional<Finding>& finding) {
    require_writable(drawn);
    const backprop::Graph& graph = drawn.graph;
    std::vector<std::string> inputs, program;
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
        inputs.push_back(
            input_line(graph.nodes[graph.inputs[i]], drawn.inputs[i], drawn.precision));
    }
    for (backprop::NodeId id = 0; id < graph.nodes.size(); ++id) {
        if (graph.nodes[id].primitive != nullptr)
            program.push_back(node_line(graph, id, drawn.precision));
    }
    std::vector<std::string> fields{
        field("format", "\"gradproof case\""),
        field("version", "1"),
        field("numbers", json_string(to_string(drawn.precision))),
        field("inputs", bracketed(inputs, '[', ']', "  ")),
        field("program", bracketed(program, '[', ']', "  ")),
        field("output", json_string(graph.node_name(graph.output))),
        field("cotangent",
              numbers(drawn.cotangent, graph.output_shape(), drawn.precision, "the cotangent"))};
    if (finding) fields.push_back(field("finding", finding_text(*finding)));

    std::string text = "{";
    for (std::size_t i = 0; i < fields.size(); ++i) text += (i > 0 ? ",\n  " : "\n  ") + fields[i];
    return text + "\n}\n";
}

void write_file(const std::filesystem::path& path, const Case& drawn,
                const std::optional<Finding>& finding) {
    replace_whole(path, write(drawn, finding));
}

}  // namespace gradproof::cases
