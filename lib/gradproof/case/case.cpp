// What a case says of itself: names of entries, its program in words, whether it can be checked.
#include <gradproof/case/case.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace gradproof::cases {

namespace {

[[nodiscard]] bool representable(double value, Precision precision) {
    return precision == Precision::binary64 ||
           static_cast<double>(static_cast<float>(value)) == value;
}

void require_number(double value, Precision precision, const std::string& where) {
    if (!std::isfinite(value)) {
        throw std::invalid_argument(
            "case: " + where + " is " + shortest(value) +
            ", wanted a finite number: a derivative exists only at finite points");
    }
    if (!representable(value, precision)) {
        throw std::invalid_argument("case: " + where + " is " + shortest(value) +
                                    ", which is no binary32 number; round it, or declare binary64");
    }
}

void require_count(std::size_t given, const scalar::Shape& shape, const std::string& where) {
    const std::size_t wanted = scalar::element_count(shape);
    if (given != wanted) {
        throw std::invalid_argument("case: " + where + " has " + std::to_string(given) +
                                    " numbers, its shape " + scalar::to_string(shape) + " wants " +
                                    std::to_string(wanted));
    }
}

[[nodiscard]] std::string list_of(const std::vector<double>& values, Precision precision) {
    std::string text = "[";
    for (std::size_t i = 0; i < values.size(); ++i) {
        text += (i > 0 ? ", " : "") + shortest(values[i], precision);
    }
    return text + "]";
}

}  // namespace

std::vector<double> flat_inputs(const Case& drawn) {
    std::vector<double> flat;
    for (const auto& input : drawn.inputs) flat.insert(flat.end(), input.begin(), input.end());
    return flat;
}

std::string entry_name(const backprop::Graph& graph, std::size_t entry) {
    for (const backprop::NodeId id : graph.inputs) {
        const scalar::Shape& shape = graph.nodes[id].shape();
        const std::size_t count = scalar::element_count(shape);
        if (entry >= count) {
            entry -= count;
            continue;
        }
        return scalar::element_name(graph.nodes[id].name, shape, entry);
    }
    return "entry " + std::to_string(entry);
}

std::vector<std::string> program_lines(const backprop::Graph& graph) {
    std::vector<std::string> lines;
    for (backprop::NodeId id = 0; id < graph.nodes.size(); ++id) {
        const backprop::Node& node = graph.nodes[id];
        if (node.primitive == nullptr) continue;
        std::string line = graph.node_name(id) + " = " + std::string(node.primitive->name) + "(";
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
            line += (i > 0 ? ", " : "") + graph.node_name(node.operands[i]);
        }
        const backprop::Attributes& attributes = node.application.attributes;
        const std::size_t single = node.primitive->single_attributes();
        for (std::size_t i = 0; i < single; ++i) {
            line +=
                ", " + std::string(node.primitive->attributes[i]) + " = " + shortest(attributes[i]);
        }
        if (attributes.size() > single) {
            const auto items = std::next(attributes.begin(), static_cast<std::ptrdiff_t>(single));
            line += ", " + std::string(node.primitive->attribute_name(single)) + " = " +
                    list_of({items, attributes.end()}, Precision::binary64);
        }
        lines.push_back(line + ")");
    }
    lines.push_back("output " + graph.node_name(graph.output));
    return lines;
}

std::vector<std::string> case_lines(const Case& drawn) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        const backprop::Node& input = drawn.graph.nodes[drawn.graph.inputs[i]];
        const std::string shape =
            input.shape().size() > 1 ? " (shape " + scalar::to_string(input.shape()) + ")" : "";
        const std::string values = input.shape().empty()
                                       ? shortest(drawn.inputs[i][0], drawn.precision)
                                       : list_of(drawn.inputs[i], drawn.precision);
        lines.push_back(input.name + " = " + values + shape);
    }
    for (std::string& line : program_lines(drawn.graph)) lines.push_back(std::move(line));
    lines.push_back("cotangent " + list_of(drawn.cotangent, drawn.precision));
    return lines;
}

void require_checkable(const Case& drawn) {
    const backprop::Graph& graph = drawn.graph;
    if (drawn.inputs.size() != graph.inputs.size()) {
        throw std::invalid_argument("case: given " + std::to_string(drawn.inputs.size()) +
                                    " inputs, the program wants " +
                                    std::to_string(graph.inputs.size()));
    }
    for (std::size_t i = 0; i < drawn.inputs.size(); ++i) {
        const backprop::Node& input = graph.nodes[graph.inputs[i]];
        require_count(drawn.inputs[i].size(), input.shape(), "input \"" + input.name + "\"");
        for (std::size_t k = 0; k < drawn.inputs[i].size(); ++k) {
            require_number(drawn.inputs[i][k], drawn.precision,
                           "input \"" + input.name + "\", number " + std::to_string(k) + ",");
        }
    }
    require_count(drawn.cotangent.size(), graph.output_shape(), "the cotangent");
    for (std::size_t k = 0; k < drawn.cotangent.size(); ++k) {
        require_number(drawn.cotangent[k], drawn.precision,
                       "cotangent number " + std::to_string(k));
    }
    for (backprop::NodeId id = 0; id < graph.nodes.size(); ++id) {
        for (const double attribute : graph.nodes[id].application.attributes) {
            require_number(attribute, drawn.precision, "an attribute of " + graph.node_name(id));
        }
    }
}

std::string shortest(double value, Precision precision) {
    std::array<char, 32> text{};
    const auto end =
        precision == Precision::binary32
            ? std::to_chars(text.data(), text.data() + text.size(), static_cast<float>(value))
            : std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end.ptr};
}

}  // namespace gradproof::cases
