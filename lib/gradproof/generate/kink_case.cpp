// The drawing of cases at kinks, a layer at a time: what a sum comes out as in the format decides which
// bias puts it at a kink.
#include <gradproof/generate/kink_case.hpp>

#include <gradproof/backprop/sweep.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/simpler_cases.hpp>
#include <gradproof/primitives/along_axis.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/scalar/running.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>

namespace gradproof::generate {

namespace {

using backprop::Graph;
using backprop::Node;
using backprop::NodeId;
using backprop::Variable;
using cases::Case;
using scalar::Precision;
namespace build = primitives;
using Numbers = std::vector<double>;

template <class T>
[[nodiscard]] backprop::PerNode<double> swept(const Case& drawn) {
    std::vector<std::vector<T>> inputs;
    for (const Numbers& input : drawn.inputs) {
        auto& numbers = inputs.emplace_back();
        for (const double x : input) numbers.push_back(static_cast<T>(x));
    }
    backprop::PerNode<double> values;
    for (const std::vector<T>& node : backprop::forward<T>(drawn.graph, inputs))
        values.emplace_back(node.begin(), node.end());
    return values;
}

/// The values of all nodes as the case's precision has them.
[[nodiscard]] backprop::PerNode<double> values_of(const Case& drawn) {
    return drawn.precision == Precision::binary32 ? swept<float>(drawn) : swept<double>(drawn);
}

/// The kinks of each entry of the first operand; none for what compares entries or operands.
[[nodiscard]] Numbers kinks_of(const Node& node) {
    const backprop::Primitive& primitive = *node.primitive;
    if (primitive.tie_points != nullptr) return primitive.tie_points(node.application.attributes);
    Numbers points;
    for (const backprop::Kink& kink : primitive.kinks) points.push_back(kink.at);
    return points;
}

/// Looks for kinks in the nodes of a finished case.
class KinkSurvey {
public:
    explicit KinkSurvey(const Case& drawn) : drawn_(drawn), values_(values_of(drawn)) {}

    [[nodiscard]] KinkCoverage coverage() {
        for (const Node& node : drawn_.graph.nodes) {
            if (node.primitive != nullptr) look_at(node);
        }
        return found_;
    }

private:
    const Case& drawn_;
    backprop::PerNode<double> values_;
    KinkCoverage found_;

    void look_at(const Node& node) {
        const NodeId x = node.operands[0];
        const std::size_t count = values_[x].size();
        for (const double kink : kinks_of(node)) {
            for (std::size_t i = 0; i < count; ++i) note(values_[x][i], kink, size_of(x, i));
        }
        if (node.primitive->name == "maximum" || node.primitive->name == "minimum") {
            const NodeId y = node.operands[1];
            for (std::size_t i = 0; i < count; ++i)
                note(values_[x][i], values_[y][i], std::max(size_of(x, i), size_of(y, i)));
        }
        const std::string_view name = node.primitive->name;
        if (name == "hypot") {
            const NodeId y = node.operands[1];
            for (std::size_t i = 0; i < count; ++i)
                found_.at_kink = found_.at_kink || (values_[x][i] == 0 && values_[y][i] == 0);
        }
        if (name.starts_with("max_pool")) look_at_comparisons(node);
        if (name != "max" && name != "min" && name != "norm") return;
        const build::Lines lines = build::reduced_lines(node.application);
        for (std::size_t line = 0; line < lines.count(); ++line) {
            std::vector<std::size_t> places;
            for (std::size_t k = 0; k < lines.size; ++k) places.push_back(lines.place(line, k));
            if (name == "norm") {
                const auto is_zero = [&](std::size_t i) { return values_[x][i] == 0; };
                found_.at_kink =
                    found_.at_kink || (!places.empty() && std::ranges::all_of(places, is_zero));
            } else {
                look_at_extreme(x, places, name == "max" ? 1 : -1);
            }
        }
    }
    /// Entries that a rule compares: whether two of them tie.
    void look_at_comparisons(const Node& node) {
        using Number = scalar::Running<double>;
        scalar::Ledger ledger;
        std::vector<std::vector<Number>> inputs;
        for (const NodeId operand : node.operands) {
            auto& numbers = inputs.emplace_back();
            for (const double value : values_[operand]) numbers.emplace_back(value, 0.0, &ledger);
        }
        const std::vector<std::span<const Number>> operands(inputs.begin(), inputs.end());
        std::vector<Number> result(scalar::element_count(node.shape()));
        node.primitive->rule<Number>().primal(node.application, operands, result);
        found_.at_kink = found_.at_kink || ledger.ties() > 0;
    }
    /// The largest entry (with a sign of -1 the smallest) of a line with each other one.
    void look_at_extreme(NodeId x, const std::vector<std::size_t>& places, double sign) {
        const Numbers& entries = values_[x];
        const auto extreme =
            *std::ranges::max_element(places, {}, [&](std::size_t i) { return sign * entries[i]; });
        for (const std::size_t i : places) {
            if (i == extreme) continue;
            note(entries[i], entries[extreme], std::max(size_of(x, i), size_of(x, extreme)));
        }
    }
    /// The largest magnitude that an entry is made of: its own, its summands'.
    [[nodiscard]] double size_of(NodeId id, std::size_t i) const {
        double size = std::abs(values_[id][i]);
        const Node& node = drawn_.graph.nodes[id];
        if (node.primitive == nullptr || node.primitive->name != "add") return size;
        for (const NodeId summand : node.operands)
            size = std::max(size, std::abs(values_[summand][i]));
        return size;
    }
    void note(double z, double kink, double size) {
        const double scale = std::max(size, std::abs(kink));
        const double ulp = neighbour(scale, 1, drawn_.precision) - scale;
        if (z == kink) {
            found_.at_kink = true;
        } else if (std::abs(z - kink) <= static_cast<double>(kKinkNeighbourhood) * ulp) {
            found_.beside_kink = true;
        }
    }
};

/// Draws one case.
class KinkDraw {
public:
    KinkDraw(Dice& dice, Precision precision) : dice_(dice) {
        drawn_.precision = precision;
        integers_ = dice.chance(30);
        // At kinks, beside them, or both.
        switch (dice.weighted({40, 40, 20})) {
            case 0: exact_ = 100; break;
            case 1: exact_ = 0; break;
            default: exact_ = 50;
        }
    }

    [[nodiscard]] Case single() {
        const Kind kind = drawn_kind(true);
        const std::size_t count = 1 + dice_.below(4);
        const Variable x = input("x", {count});
        Numbers values = numbers(count);
        if (kind == Kind::maximum) {
            const Variable t = input("t", {count});
            Numbers others = numbers(count);
            const std::size_t sure = dice_.below(count);
            for (std::size_t i = 0; i < count; ++i) {
                if (i == sure || dice_.chance(kPlanted)) others[i] = beside(values[i]);
            }
            drawn_.inputs = {values, others};
            static_cast<void>(build::maximum(x, t));
        } else {
            plant(
                kind, count, [&](std::size_t i, double kink) { values[i] = beside(kink); },
                [&](std::size_t i) { return values[i]; });
            drawn_.inputs = {values};
            static_cast<void>(applied(kind, x));
        }
        return finished();
    }

    [[nodiscard]] Case net() {
        Variable h = input("x", {1 + dice_.below(kMostUnits)});
        drawn_.inputs.push_back(numbers(h.shape()[0]));
        const std::size_t layers = 1 + dice_.below(3);
        for (std::size_t layer = 1; layer <= layers; ++layer) {
            h = with_layer(h, std::to_string(layer), drawn_kind(layer == layers));
        }
        return finished();
    }

private:
    enum class Kind { relu, abs, hinge, hardtanh, leaky_relu, maximum, max, l1_norm };
    static constexpr std::size_t kMostUnits = 4;
    static constexpr int kPlanted = 35;  // percent of the units, beside one a layer that is sure

    Dice& dice_;
    Case drawn_;
    bool integers_ = false;
    int exact_ = 0;  // percent of the planted units that are meant to be at a kink

    [[nodiscard]] Variable input(const std::string& name, scalar::Shape shape) {
        return backprop::input(drawn_.graph, name, std::move(shape));
    }

    [[nodiscard]] Kind drawn_kind(bool last) {
        constexpr Kind kinds[] = {Kind::relu,       Kind::abs,     Kind::hinge, Kind::hardtanh,
                                  Kind::leaky_relu, Kind::maximum, Kind::max,   Kind::l1_norm};
        return kinds[dice_.below(last ? 8 : 6)];  // a reduction ends the net
    }

    [[nodiscard]] Numbers numbers(std::size_t count) {
        if (!integers_) {
            return draw_numbers(dice_, count, {}, drawn_.precision, Style::one_decimal,
                                Arrangement::independent);
        }
        Numbers values(count);
        for (double& value : values) value = static_cast<double>(dice_.between(-3, 3));
        return values;
    }

    /// x, or up to 4 ulps beside it.
    [[nodiscard]] double beside(double x) {
        if (dice_.chance(exact_)) return x;
        const std::int64_t ulps = dice_.between(1, kKinkNeighbourhood);
        return neighbour(x, dice_.chance(50) ? ulps : -ulps, drawn_.precision);
    }

    /// Calls `put(i, kink)` for some of the units, at least one; of a maximum over units that are not
    /// put, `value(i)` is the kink of the others.
    template <class Put, class Value>
    void plant(Kind kind, std::size_t units, Put put, Value value) {
        const std::size_t sure = dice_.below(units);
        std::vector<std::size_t> planted;
        double largest = -std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < units; ++i) {
            if (i == sure || dice_.chance(kPlanted)) {
                planted.push_back(i);
            } else {
                largest = std::max(largest, value(i));
            }
        }
        if (kind == Kind::max && planted.size() == units) {
            largest = value(planted.front());
            planted.erase(planted.begin());
        }
        for (const std::size_t i : planted) {
            switch (kind) {
                case Kind::max: put(i, largest); break;
                case Kind::hinge: put(i, 1.0); break;
                case Kind::hardtanh: put(i, dice_.chance(50) ? 1.0 : -1.0); break;
                default: put(i, 0.0);
            }
        }
    }

    /// act(W h + b), with a bias that puts some of the sums at a kink.
    [[nodiscard]] Variable with_layer(Variable h, const std::string& number, Kind kind) {
        const std::size_t units = 1 + dice_.below(kMostUnits);
        const Variable W = input("W" + number, {units, h.shape()[0]});
        drawn_.inputs.push_back(numbers(units * h.shape()[0]));
        const Variable product = build::matvec(W, h);
        const Numbers p = values_of(drawn_)[product.id];
        const Variable z = build::add(product, input("b" + number, {units}));
        Numbers bias = numbers(units);
        if (kind != Kind::maximum) {
            plant(
                kind, units,
                [&](std::size_t i, double kink) {
                    bias[i] = beside(rounded(kink - p[i], drawn_.precision));
                },
                [&](std::size_t i) { return rounded(p[i] + bias[i], drawn_.precision); });
            drawn_.inputs.push_back(bias);
            return applied(kind, z);
        }
        drawn_.inputs.push_back(bias);
        const Numbers sums = values_of(drawn_)[z.id];
        Numbers others = numbers(units);
        plant(
            kind, units, [&](std::size_t i, double) { others[i] = beside(sums[i]); },
            [&](std::size_t i) { return sums[i]; });
        drawn_.inputs.push_back(others);
        return build::maximum(z, input("t" + number, {units}));
    }

    [[nodiscard]] Variable applied(Kind kind, Variable z) {
        switch (kind) {
            case Kind::relu: return build::relu(z);
            case Kind::abs: return build::abs(z);
            case Kind::hinge: return build::hinge(z);
            case Kind::hardtanh: return build::hardtanh(z);
            case Kind::max: return build::max(z);
            case Kind::l1_norm: return build::l1_norm(z);
            case Kind::leaky_relu: break;
            case Kind::maximum: break;  // has a second operand
        }
        const double slope = static_cast<double>(dice_.between(0, 9)) / 10;
        return build::leaky_relu(rounded(slope, drawn_.precision), z);
    }

    [[nodiscard]] Case finished() {
        drawn_.cotangent = draw_cotangent(dice_, scalar::element_count(drawn_.graph.output_shape()),
                                          drawn_.precision);
        return std::move(drawn_);
    }
};

}  // namespace

KinkCoverage kink_coverage(const Case& drawn) { return KinkSurvey(drawn).coverage(); }

Case draw_kink_case(Dice& dice, Precision precision) {
    KinkDraw draw(dice, precision);
    return dice.chance(30) ? draw.single() : draw.net();
}

rc::Gen<Case> kink_case(Precision precision) {
    return [precision](const rc::Random& random, int) {
        Dice dice(random);
        return shrinkable(draw_kink_case(dice, precision));
    };
}

}  // namespace gradproof::generate
