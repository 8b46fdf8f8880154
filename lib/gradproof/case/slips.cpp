// One reverse sweep in double with places where it can be led astray, and the list of ways to do so.
#include <gradproof/case/slips.hpp>

#include <gradproof/backprop/sweep.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

namespace gradproof::cases {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using backprop::PerNode;
using Numbers = std::vector<double>;

/// An operand of a node: which of the uses of `node` it is, counted in the program's order.
struct Use {
    NodeId node = 0;
    std::size_t number = 0;
    std::size_t of = 0;
};

/// The values that a node's pullback is given.
struct Given {
    Numbers result;
    PerNode<double> operands;
};

/// What may go wrong; the defaults change nothing.
struct Astray {
    std::function<double(const Use&)> weight = [](const Use&) { return 1.0; };
    std::function<void(const Node&, Given&)> values = [](const Node&, Given&) {};
    /// The slope by which an elementwise node multiplies its cotangent instead of its pullback.
    std::function<const Numbers*(const Node&, const Given&)> slope =
        [](const Node&, const Given&) -> const Numbers* { return nullptr; };
    std::function<backprop::Attributes(const Node&)> attributes = [](const Node& node) {
        return node.application.attributes;
    };
};

class Sweep {
public:
    Sweep(const Case& drawn, std::span<const double> cotangent)
        : graph_(drawn.graph),
          cotangent_(cotangent.begin(), cotangent.end()),
          values_(backprop::forward<double>(drawn.graph, drawn.inputs)),
          uses_(drawn.graph.nodes.size()) {
        for (const Node& node : graph_.nodes) {
            for (const NodeId operand : node.operands) ++uses_[operand];
        }
    }

    [[nodiscard]] const std::vector<std::size_t>& uses() const { return uses_; }

    [[nodiscard]] Numbers gradient(const Astray& astray) const {
        PerNode<double> cotangents;
        for (const Node& node : graph_.nodes)
            cotangents.emplace_back(scalar::element_count(node.shape()));
        cotangents[graph_.output] = cotangent_;
        std::vector<std::size_t> left = uses_;
        for (NodeId id = graph_.nodes.size(); id-- > 0;) {
            const Node& node = graph_.nodes[id];
            if (node.primitive == nullptr) continue;
            const PerNode<double> shares = pulled(id, cotangents[id], astray);
            for (std::size_t k = node.operands.size(); k-- > 0;) {
                const NodeId operand = node.operands[k];
                const double by = astray.weight({operand, --left[operand], uses_[operand]});
                if (by == 0) continue;
                for (std::size_t i = 0; i < shares[k].size(); ++i)
                    cotangents[operand][i] += by * shares[k][i];
            }
        }
        Numbers flat;
        for (const NodeId id : graph_.inputs)
            flat.insert(flat.end(), cotangents[id].begin(), cotangents[id].end());
        return flat;
    }

private:
    const Graph& graph_;
    Numbers cotangent_;
    PerNode<double> values_;
    std::vector<std::size_t> uses_;

    /// What the node's pullback gives each operand.
    [[nodiscard]] PerNode<double> pulled(NodeId id, const Numbers& cotangent,
                                         const Astray& astray) const {
        const Node& node = graph_.nodes[id];
        Given given{values_[id], {}};
        PerNode<double> shares;
        for (const NodeId operand : node.operands) {
            given.operands.push_back(values_[operand]);
            shares.emplace_back(values_[operand].size());
        }
        astray.values(node, given);
        if (const Numbers* slope = astray.slope(node, given)) {
            for (std::size_t i = 0; i < cotangent.size(); ++i)
                shares[0][i] = cotangent[i] * (*slope)[i];
            return shares;
        }
        const std::vector<std::span<const double>> operands(given.operands.begin(),
                                                            given.operands.end());
        const std::vector<std::span<double>> accumulators(shares.begin(), shares.end());
        backprop::Application application = node.application;
        application.attributes = astray.attributes(node);
        node.primitive->rule<double>().pullback(application, cotangent, given.result, operands,
                                                accumulators);
        return shares;
    }
};

[[nodiscard]] std::string ordinal(std::size_t number) {
    constexpr std::array<std::string_view, 4> words{"first", "second", "third", "fourth"};
    return number < words.size() ? std::string(words[number]) : std::to_string(number + 1) + "th";
}

/// The nodes of this primitive.
[[nodiscard]] bool is(const Node& node, std::string_view primitive) {
    return node.primitive != nullptr && node.primitive->name == primitive;
}

/// Whether all operands have the result's shape: then entry i of each belongs to entry i of the result.
[[nodiscard]] bool entry_by_entry(const Node& node) {
    return std::all_of(node.application.operands.begin(), node.application.operands.end(),
                       [&](const scalar::Shape& shape) { return shape == node.shape(); });
}

[[nodiscard]] bool is_list(std::string_view attribute) { return attribute.ends_with("..."); }

/// The node's attributes with the `number`th name's, or all of its list's, at `value`, or without the list
/// where there is none; as they are where that does not fit, or fits another result.
[[nodiscard]] backprop::Attributes with_attribute(const Node& node, std::size_t number,
                                                  std::optional<double> value) {
    const bool list = is_list(node.primitive->attributes[number]);
    backprop::Attributes changed = node.application.attributes;
    const std::size_t end = list ? changed.size() : number + 1;
    if (value) {
        for (std::size_t k = number; k < end; ++k) changed[k] = *value;
    } else {
        changed.resize(number);
    }
    try {
        if (node.primitive->shape(node.application.operands, changed) == node.shape())
            return changed;
    } catch (const backprop::ShapeError&) {
    }
    return node.application.attributes;
}

/// The result that the node's primal has at `operand`.
[[nodiscard]] Numbers result_at(const Node& node, const Numbers& operand) {
    const std::array<std::span<const double>, 1> operands{operand};
    Numbers result(operand.size());
    node.primitive->rule<double>().primal(node.application, operands, result);
    return result;
}

class Slips {
public:
    Slips(const Case& drawn, std::span<const double> cotangent)
        : graph_(drawn.graph), sweep_(drawn, cotangent) {}

    void of_uses(std::size_t most) {
        const std::vector<std::size_t>& uses = sweep_.uses();
        if (std::none_of(uses.begin(), uses.end(), [](std::size_t n) { return n > 1; })) return;
        for (NodeId id = 0; id < uses.size(); ++id) {
            for (std::size_t k = 0; uses[id] > 1 && k < uses[id] && most > 0; ++k, --most) {
                const std::string contribution =
                    "the contribution of " + node_name(id) + " through its " + ordinal(k) + " use";
                const auto is_it = [id, k](const Use& use) {
                    return use.node == id && use.number == k;
                };
                by_weight(Slip::Kind::path_missing, contribution + " is missing",
                          [=](const Use& use) { return is_it(use) ? 0.0 : 1.0; });
                by_weight(Slip::Kind::path_doubled, contribution + " is counted twice",
                          [=](const Use& use) { return is_it(use) ? 2.0 : 1.0; });
            }
        }
        for (std::size_t k = 0; k < 2; ++k) {
            const std::string use = "what a node contributes through its " + ordinal(k) + " use";
            by_weight(Slip::Kind::path_missing, use + " is missing",
                      [k](const Use& u) { return u.of > 1 && u.number == k ? 0.0 : 1.0; });
            by_weight(Slip::Kind::path_doubled, use + " is counted twice",
                      [k](const Use& u) { return u.of > 1 && u.number == k ? 2.0 : 1.0; });
        }
        const std::string kept =
            "the buffer is overwritten where it should be added to: a node used twice keeps only "
            "what its ";
        by_weight(Slip::Kind::overwritten, kept + "first use gives",
                  [](const Use& use) { return use.number == 0 ? 1.0 : 0.0; });
        by_weight(Slip::Kind::overwritten, kept + "last use gives",
                  [](const Use& use) { return use.number + 1 == use.of ? 1.0 : 0.0; });
    }

    void of_values() {
        std::set<std::string_view> primitives;
        for (const Node& node : graph_.nodes) {
            if (node.primitive == nullptr || !entry_by_entry(node)) continue;
            if (!primitives.insert(node.primitive->name).second) continue;
            if (node.operands.size() == 1) result_and_operand(node.primitive->name);
            for (std::size_t k = 0; k < node.operands.size(); ++k)
                neighbours(node.primitive->name, k, node.operands.size());
        }
    }

    void of_attributes() {
        std::set<const backprop::Primitive*> met;
        for (const Node& node : graph_.nodes) {
            if (node.primitive == nullptr || !met.insert(node.primitive).second) continue;
            for (std::size_t k = 0; k < node.primitive->attributes.size(); ++k) {
                attribute_taken_for(*node.primitive, k, "0", 0);
                attribute_taken_for(*node.primitive, k, "1", 1);
                if (is_list(node.primitive->attributes[k]))
                    attribute_taken_for(*node.primitive, k, "an empty list", std::nullopt);
            }
        }
    }

    [[nodiscard]] std::vector<Slip> take() { return std::move(slips_); }

private:
    const Graph& graph_;
    Sweep sweep_;
    std::vector<Slip> slips_;

    [[nodiscard]] std::string node_name(NodeId id) const {
        return (graph_.nodes[id].primitive == nullptr ? "" : "node ") + graph_.node_name(id);
    }

    void add(Slip::Kind kind, std::string sentence, const Astray& astray) {
        slips_.push_back({kind, std::move(sentence), sweep_.gradient(astray)});
    }
    template <class Weight>
    void by_weight(Slip::Kind kind, std::string sentence, Weight weight) {
        Astray astray;
        astray.weight = weight;
        add(kind, std::move(sentence), astray);
    }
    template <class Values>
    void by_values(Slip::Kind kind, std::string sentence, std::string_view primitive,
                   Values values) {
        Astray astray;
        astray.values = [=](const Node& node, Given& given) {
            if (is(node, primitive)) values(node, given);
        };
        add(kind, std::move(sentence), astray);
    }

    void attribute_taken_for(const backprop::Primitive& primitive, std::size_t number,
                             const std::string& words, std::optional<double> value) {
        std::string name(primitive.attributes[number]);
        if (is_list(name)) name.resize(name.size() - 3);
        Astray astray;
        astray.attributes = [&primitive, number, value](const Node& node) {
            return node.primitive == &primitive ? with_attribute(node, number, value)
                                                : node.application.attributes;
        };
        add(Slip::Kind::attribute,
            "the pullback of " + std::string(primitive.name) + " takes " + name + " for " + words,
            astray);
    }

    void result_and_operand(std::string_view primitive) {
        const std::string slope = "the slope of " + std::string(primitive);
        by_values(Slip::Kind::at_result, slope + " is evaluated at the post-activation value",
                  primitive, [](const Node& node, Given& given) {
                      given.operands[0] = given.result;
                      given.result = result_at(node, given.operands[0]);
                  });
        by_values(Slip::Kind::at_operand,
                  slope + " is evaluated with the operand in place of the post-activation value",
                  primitive, [](const Node&, Given& given) { given.result = given.operands[0]; });
        Astray result, operand;
        result.slope = [=](const Node& node, const Given& given) {
            return is(node, primitive) ? &given.result : nullptr;
        };
        operand.slope = [=](const Node& node, const Given& given) {
            return is(node, primitive) ? &given.operands[0] : nullptr;
        };
        add(Slip::Kind::at_result, "the post-activation value is taken for " + slope, result);
        add(Slip::Kind::at_operand, "the operand is taken for " + slope, operand);
    }

    void neighbours(std::string_view primitive, std::size_t operand, std::size_t of) {
        const std::string slope =
            "the slope of " + std::string(primitive) + " at an entry is that of ";
        const std::string in =
            of > 1 ? " of operand " + std::to_string(operand + 1) : std::string();
        const auto by = [&](const std::string& whose, auto from) {
            by_values(Slip::Kind::wrong_index, slope + whose + in, primitive,
                      [=](const Node&, Given& given) {
                          const Numbers own = given.operands[operand], result = given.result;
                          for (std::size_t i = 0; i < own.size(); ++i) {
                              given.operands[operand][i] = own[from(i, own.size())];
                              if (of == 1) given.result[i] = result[from(i, own.size())];
                          }
                      });
        };
        by("the entry before", [](std::size_t i, std::size_t n) { return (i + n - 1) % n; });
        by("the entry after", [](std::size_t i, std::size_t n) { return (i + 1) % n; });
        by("the first entry", [](std::size_t, std::size_t) { return std::size_t{0}; });
    }
};

}  // namespace

std::vector<Slip> slips(const Case& drawn, std::span<const double> cotangent,
                        std::size_t most_uses) {
    Slips all(drawn, cotangent);
    all.of_uses(most_uses);
    all.of_values();
    all.of_attributes();
    return all.take();
}

}  // namespace gradproof::cases
