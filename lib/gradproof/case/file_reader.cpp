// From a case file to a case: every field is looked at, and what does not fit is refused where it
// stands.
#include <gradproof/case/file.hpp>

#include <gradproof/case/array_reader.hpp>
#include <gradproof/case/node_names.hpp>
#include <gradproof/case/quotation.hpp>
#include <gradproof/case/strict_json.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <unordered_map>
#include <utility>

namespace gradproof::cases {

namespace {

constexpr std::size_t largest_file = std::size_t{1} << 27;
constexpr std::size_t most_inputs = 10'000;
constexpr std::size_t most_nodes = 100'000;

struct ReadNode {
    const JsonValue* at = nullptr;
    const backprop::Primitive* primitive = nullptr;
    backprop::Attributes attributes;
};

class Reader {
public:
    Reader(std::string_view text, std::string_view file_name) : json_(text, file_name) {}

    [[nodiscard]] CaseFile read() {
        const JsonValue& root = json_.root();
        read_declarations(root);
        const JsonValue& inputs = json_.field(root, "inputs");
        if (json_.list(inputs).empty() || json_.list(inputs).size() > most_inputs) {
            json_.refuse(inputs, "given " + std::to_string(inputs.children.size()) +
                                     " inputs, wanted 1 to " + std::to_string(most_inputs) +
                                     "; draw another case");
        }
        for (const JsonValue& input : inputs.children) read_input(input);
        const JsonValue& program = json_.field(root, "program");
        if (json_.list(program).size() > most_nodes) {
            json_.refuse(program, "given " + std::to_string(program.children.size()) +
                                      " nodes, wanted at most " + std::to_string(most_nodes) +
                                      "; draw a smaller case");
        }
        for (const JsonValue& node : program.children) read_node(node);
        build_graph(resolve(json_.field(root, "output")));

        const JsonValue& cotangent = json_.field(root, "cotangent");
        file_.drawn.cotangent = read_numbers(json_, cotangent, precision());
        require_count(json_, cotangent, file_.drawn.graph.output_shape(), "the output's shape");
        if (const JsonValue* finding = JsonDocument::find(root, "finding")) read_finding(*finding);
        return std::move(file_);
    }

private:
    [[nodiscard]] Precision precision() const { return file_.drawn.precision; }

    /// What kind of file this is comes first: a file of a later version may have other fields.
    void read_declarations(const JsonValue& root) {
        const JsonValue& format = json_.field(root, "format");
        if (json_.text(format) != "gradproof case") {
            json_.refuse(format, "\"gradproof case\"", "give a case file");
        }
        const JsonValue& version = json_.field(root, "version");
        if (json_.whole_number(version) != 1) {
            json_.refuse(version, "version 1",
                         "read it with the gradproof that wrote it, or a later one");
        }
        json_.require_fields(
            root, {"format", "version", "numbers", "inputs", "program", "output", "cotangent"},
            {"finding"});
        const JsonValue& numbers = json_.field(root, "numbers");
        const std::string declared = json_.text(numbers);
        if (declared == "decimal") {
            json_.refuse(numbers, "\"binary64\" or \"binary32\"",
                         "\"decimal\" is for the printed numbers of worked examples, which are no "
                         "inputs of a subject");
        }
        if (declared != "binary64" && declared != "binary32") {
            json_.refuse(numbers, "\"binary64\" or \"binary32\"",
                         "declare the precision that the subject computes in");
        }
        file_.drawn.precision = declared == "binary32" ? Precision::binary32 : Precision::binary64;
    }

    void read_input(const JsonValue& input) {
        json_.require_fields(input, {"name", "shape", "values"});
        const JsonValue& name = json_.field(input, "name");
        if (const auto complaint = complaint_about_input_name(json_.text(name))) {
            json_.refuse(name, *complaint);
        }
        declare(name);
        input_names_.push_back(json_.text(name));
        const JsonValue& shape = json_.field(input, "shape");
        input_shapes_.push_back(read_shape(json_, shape));
        add_entries(shape, input_shapes_.back());
        const JsonValue& values = json_.field(input, "values");
        file_.drawn.inputs.push_back(read_numbers(json_, values, precision()));
        require_count(json_, values, input_shapes_.back(), "its shape");
    }

    void read_node(const JsonValue& node) {
        json_.require_fields(node, {"node", "primitive", "operands"}, {"attributes"});
        const JsonValue& name = json_.field(node, "node");
        if (const auto complaint = complaint_about_name(json_.text(name)))
            json_.refuse(name, *complaint);

        ReadNode read;
        read.at = &node;
        const JsonValue& primitive = json_.field(node, "primitive");
        const std::string primitive_name = json_.text(primitive);
        if (const auto complaint = complaint_about_name(primitive_name))
            json_.refuse(primitive, *complaint);
        try {
            read.primitive = &primitives::primitive(primitive_name);
        } catch (const std::invalid_argument& unknown) {
            json_.refuse(primitive, std::string("given the ") + unknown.what());
        }
        NamedNode named{json_.text(name), {}};
        for (const JsonValue& operand : json_.list(json_.field(node, "operands"))) {
            named.operands.push_back(resolve(operand));
        }
        read.attributes = read_attributes(node, *read.primitive);
        declare(name);
        nodes_.push_back(std::move(read));
        named_nodes_.push_back(std::move(named));
    }

    [[nodiscard]] backprop::Attributes read_attributes(const JsonValue& node,
                                                       const backprop::Primitive& primitive) const {
        std::vector<std::string> names;
        for (std::size_t k = 0; k < primitive.attributes.size(); ++k)
            names.emplace_back(primitive.attribute_name(k));
        // A list that is not given is empty.
        const auto lists = std::next(
            names.begin(), static_cast<std::ptrdiff_t>(primitive.single_attributes()));
        const std::vector<std::string> required(names.begin(), lists), optional(lists, names.end());
        const JsonValue* given = JsonDocument::find(node, "attributes");
        if (given == nullptr) {
            if (required.empty()) return {};
            json_.refuse(node, "given no attributes, wanted " + quotations(required) + " of " +
                                   std::string(primitive.name) + "; add \"attributes\": {...}");
        }
        if (names.empty() && given->children.size() > 0) {
            json_.refuse(*given,
                         "none, since " + std::string(primitive.name) + " has no attributes",
                         "remove them");
        }
        json_.require_fields(*given, required, optional);
        backprop::Attributes attributes;
        for (std::size_t k = 0; k < primitive.single_attributes(); ++k) {
            attributes.push_back(read_number(json_, json_.field(*given, names[k]), precision()));
        }
        const JsonValue* list =
            optional.empty() ? nullptr : JsonDocument::find(*given, optional.front());
        if (list != nullptr) {
            for (const double item : read_numbers(json_, *list, precision()))
                attributes.push_back(item);
        }
        return attributes;
    }

    /// Gives the name that stands at `at` to the next input or node.
    void declare(const JsonValue& at) {
        if (!places_.emplace(json_.text(at), places_.size()).second) {
            json_.refuse(at, "a name that is not taken", "rename one of the two");
        }
    }

    /// The input or node of that name, in the file's order.
    [[nodiscard]] std::size_t resolve(const JsonValue& at) const {
        const std::string name = json_.text(at);
        const auto found = places_.find(name);
        if (found != places_.end()) return found->second;
        json_.refuse(at, "the name of an input or of an earlier node",
                     "mend the name, or move that node up: a program has no cycles");
    }

    void build_graph(std::size_t output) {
        backprop::Graph& graph = file_.drawn.graph;
        const std::size_t inputs = input_names_.size();
        const std::vector<backprop::NodeId> ids = graph_indices(inputs, named_nodes_);
        std::size_t next_input = 0;
        for (std::size_t k = 0; k < nodes_.size(); ++k) {
            for (; next_input < inputs && ids[next_input] < ids[inputs + k]; ++next_input) {
                graph.add_input(input_names_[next_input], input_shapes_[next_input]);
            }
            std::vector<backprop::NodeId> operands;
            for (const std::size_t operand : named_nodes_[k].operands)
                operands.push_back(ids[operand]);
            apply(nodes_[k], std::move(operands));
        }
        for (; next_input < inputs; ++next_input) {
            graph.add_input(input_names_[next_input], input_shapes_[next_input]);
        }
        graph.output = ids[output];
    }

    void apply(const ReadNode& node, std::vector<backprop::NodeId> operands) {
        backprop::Graph& graph = file_.drawn.graph;
        try {
            graph.apply(*node.primitive, std::move(operands), node.attributes);
        } catch (const backprop::ShapeError& misfit) {
            json_.refuse(*node.at, std::string(misfit.what()) +
                                       "; mend operands, attributes or the inputs' shapes");
        }
        require_size(json_, *node.at, graph.output_shape());
        add_entries(*node.at, graph.output_shape());
    }

    /// Every node holds its numbers at once in a sweep.
    void add_entries(const JsonValue& at, const scalar::Shape& shape) {
        entries_ += scalar::element_count(shape);
        if (entries_ > largest_array) {
            json_.refuse(at, "given " + std::to_string(entries_) +
                                 " entries in inputs and nodes up to here, wanted at most " +
                                 std::to_string(largest_array) + "; draw a smaller case");
        }
    }

    void read_finding(const JsonValue& at) {
        json_.require_fields(at, {"law", "subject", "seed", "verdict", "report", "gradproof"});
        Finding finding;
        finding.law = json_.text(json_.field(at, "law"));
        finding.subject = json_.text(json_.field(at, "subject"));
        finding.seed = json_.whole_number(json_.field(at, "seed"));
        finding.verdict = json_.text(json_.field(at, "verdict"));
        for (const JsonValue& line : json_.list(json_.field(at, "report"))) {
            finding.report.push_back(json_.text(line));
        }
        finding.gradproof = json_.text(json_.field(at, "gradproof"));
        file_.finding = std::move(finding);
    }

    JsonDocument json_;
    CaseFile file_;
    std::unordered_map<std::string, std::size_t> places_;  ///< inputs first, then nodes
    std::vector<std::string> input_names_;
    std::vector<scalar::Shape> input_shapes_;
    std::vector<ReadNode> nodes_;
    std::vector<NamedNode> named_nodes_;
    std::size_t entries_ = 0;  ///< of all inputs and nodes so far
};

}  // namespace

CaseFile read(std::string_view text, std::string_view file_name) {
    return Reader(text, file_name).read();
}

CaseFile read_file(const std::filesystem::path& path) {
    const std::string name = path.string();
    return read(read_whole(path, largest_file), name);
}

}  // namespace gradproof::cases
