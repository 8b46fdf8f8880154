// Writing, reading and keeping to a greeting.
#include <gradproof/subject/greeting.hpp>

#include <gradproof/case/quotation.hpp>
#include <gradproof/case/strict_json.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <stdexcept>

namespace gradproof::subject {

namespace {

using cases::JsonDocument;
using cases::JsonKind;
using cases::JsonValue;
using scalar::Precision;
using scalar::Ties;

constexpr std::size_t kLongestName = 100;

[[nodiscard]] std::string_view name_of(Precision precision) {
    return precision == Precision::binary32 ? "binary32" : "binary64";
}

template <class Items, class Name>
[[nodiscard]] std::string list_of_names(const Items& items, const Name& name) {
    std::string list;
    for (const auto& item : items)
        list += (list.empty() ? "" : ",") + cases::json_string(name(item));
    return "[" + list + "]";
}

/// The value of an optional field, read by `read`; `otherwise` where it is not there.
template <class Value, class Read>
[[nodiscard]] Value field_or(Value otherwise, const JsonValue& greeting, std::string_view name,
                             const Read& read) {
    const JsonValue* found = JsonDocument::find(greeting, name);
    return found == nullptr ? std::move(otherwise) : read(*found);
}

class GreetingReader {
public:
    explicit GreetingReader(std::string_view line) : json_(line, "greeting") {}

    [[nodiscard]] Greeting read() const {
        const JsonValue& root = json_.root();
        // A later version may have other fields.
        const JsonValue& version = json_.field(root, "gradproof");
        if (json_.whole_number(version) != 1) {
            json_.refuse(version, "version 1 of the protocol",
                         "write a shim for that, or use the gradproof that it was written for");
        }
        json_.require_fields(root, {"gradproof", "name"},
                             {"primitives", "numbers", "nodes", "rank", "ties", "jvp"});
        Greeting greeting;
        greeting.name = name(json_.field(root, "name"));
        greeting.primitives = field_or(greeting.primitives, root, "primitives",
                                       [this](const JsonValue& at) { return primitives(at); });
        greeting.numbers = field_or(greeting.numbers, root, "numbers",
                                    [this](const JsonValue& at) { return numbers(at); });
        const auto limit = [this](const JsonValue& at) {
            return std::optional<std::size_t>(json_.whole_number(at));
        };
        greeting.most_nodes = field_or(greeting.most_nodes, root, "nodes", limit);
        if (greeting.most_nodes == 0) {
            json_.refuse(json_.field(root, "nodes"), "1 or more",
                         "give 1 for single primitives, or leave it out");
        }
        greeting.highest_rank = field_or(greeting.highest_rank, root, "rank", limit);
        greeting.ties =
            field_or(greeting.ties, root, "ties", [this](const JsonValue& at) { return ties(at); });
        greeting.jvp = field_or(greeting.jvp, root, "jvp", [this](const JsonValue& at) {
            if (at.kind != JsonKind::boolean)
                json_.refuse(at, "true or false", "write one of them");
            return at.raw == "true";
        });
        return greeting;
    }

private:
    JsonDocument json_;

    [[nodiscard]] std::string name(const JsonValue& at) const {
        std::string name = json_.text(at);
        if (name.empty() || name.size() > kLongestName || cases::has_control_characters(name)) {
            json_.refuse(
                at, "1 to " + std::to_string(kLongestName) + " bytes without control characters",
                "give a name and versions, such as \"numpy by hand 1.24\"");
        }
        return name;
    }

    /// A list with something in it, each item once.
    template <class Item, class Read>
    [[nodiscard]] std::vector<Item> set(const JsonValue& at, const Read& read) const {
        std::vector<Item> items;
        for (const JsonValue& item : json_.list(at)) {
            items.push_back(read(item));
            if (std::count(items.begin(), items.end(), items.back()) > 1) {
                json_.refuse(item, "given " + cases::described(item) +
                                       " twice, wanted it once; remove one of them");
            }
        }
        if (items.empty()) json_.refuse(at, "one or more", "name them, or leave the field out");
        return items;
    }

    [[nodiscard]] std::vector<const backprop::Primitive*> primitives(const JsonValue& at) const {
        return set<const backprop::Primitive*>(at, [this](const JsonValue& item) {
            try {
                return &primitives::primitive(json_.text(item));
            } catch (const cases::FormatError&) {
                throw;
            } catch (const std::invalid_argument& unknown) {
                json_.refuse(item, std::string("given the ") + unknown.what());
            }
        });
    }

    [[nodiscard]] std::vector<Precision> numbers(const JsonValue& at) const {
        return set<Precision>(at, [this](const JsonValue& item) {
            const std::string name = json_.text(item);
            if (name == name_of(Precision::binary64)) return Precision::binary64;
            if (name == name_of(Precision::binary32)) return Precision::binary32;
            json_.refuse(item, "\"binary64\" or \"binary32\"", "say what the subject computes in");
        });
    }

    [[nodiscard]] Ties ties(const JsonValue& at) const {
        const std::string word = json_.text(at);
        if (word == "declared") return Ties::declared;
        if (word == "open") return Ties::open;
        json_.refuse(at, "\"declared\" or \"open\"",
                     "say \"declared\" where it keeps the conventions of `gradproof list`");
    }
};

}  // namespace

std::string greeting_line(const Greeting& greeting) {
    std::string line = "{\"gradproof\":1,\"name\":" + cases::json_string(greeting.name);
    if (!greeting.primitives.empty()) {
        line += ",\"primitives\":" + list_of_names(greeting.primitives, [](const auto* primitive) {
                    return primitive->name;
                });
    }
    line += ",\"numbers\":" + list_of_names(greeting.numbers, name_of);
    if (greeting.most_nodes) line += ",\"nodes\":" + std::to_string(*greeting.most_nodes);
    if (greeting.highest_rank) line += ",\"rank\":" + std::to_string(*greeting.highest_rank);
    line += std::string(",\"ties\":\"") + (greeting.ties == Ties::declared ? "declared" : "open");
    return line + "\",\"jvp\":" + (greeting.jvp ? "true}" : "false}");
}

Greeting read_greeting(std::string_view line) { return GreetingReader(line).read(); }

std::optional<std::string> beyond(const Greeting& greeting, const cases::Case& drawn) {
    const auto offers = [](const auto& list, const auto& item) {
        return std::find(list.begin(), list.end(), item) != list.end();
    };
    if (!offers(greeting.numbers, drawn.precision))
        return "no numbers of " + std::string(name_of(drawn.precision));
    std::size_t nodes = 0;
    for (const backprop::Node& node : drawn.graph.nodes) {
        if (greeting.highest_rank && node.shape().size() > *greeting.highest_rank)
            return "no shape of more than " + std::to_string(*greeting.highest_rank) + " axes";
        if (node.primitive == nullptr) continue;
        ++nodes;
        const auto same = [&](const backprop::Primitive* p) {
            return p->name == node.primitive->name;
        };
        if (!greeting.primitives.empty() &&
            std::none_of(greeting.primitives.begin(), greeting.primitives.end(), same))
            return "no " + std::string(node.primitive->name);
    }
    if (greeting.most_nodes && nodes > *greeting.most_nodes)
        return "no program of more than " + std::to_string(*greeting.most_nodes) + " nodes";
    return std::nullopt;
}

}  // namespace gradproof::subject
