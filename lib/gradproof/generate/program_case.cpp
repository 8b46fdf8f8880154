// A program grows node by node, with its values and what rounding did to them beside it: so domains are
// respected by construction, and nothing is discarded.
#include <gradproof/generate/program_case.hpp>

#include <gradproof/generate/attributes.hpp>
#include <gradproof/generate/domain.hpp>
#include <gradproof/generate/fitting_shapes.hpp>
#include <gradproof/generate/hard_inputs.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/rebuilt_case.hpp>
#include <gradproof/generate/simpler_cases.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/scalar/running.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace gradproof::generate {

namespace {

using backprop::NodeId;
using backprop::Primitive;
using cases::Case;
using scalar::Precision;

/// T is what the case's precision computes in.
template <class T>
class GrowingProgram {
public:
    using Number = scalar::Running<T>;

    GrowingProgram(Dice& dice, const ProgramBounds& bounds, Precision precision)
        : dice_(dice), bounds_(bounds) {
        drawn_.precision = precision;
        const std::vector<const Primitive*>& given = bounds.primitives;
        may_add_ = given.empty() || std::find(given.begin(), given.end(),
                                              &primitives::primitive("add")) != given.end();
        wanted_ = drawn_size();
        // In a long program corners drown or overflow everything behind them.
        const unsigned corners = wanted_ <= 3 ? 4 : 0;
        constexpr Style styles[] = {Style::well_scaled, Style::one_decimal, Style::badly_scaled,
                                    Style::corners};
        style_ = styles[dice_.weighted({5, 4, 1, corners})];
        shapes_.highest_rank = std::min<std::size_t>(dice_.chance(60) ? 4 : 2, bounds.highest_rank);
        shapes_.largest_size = shapes_.highest_rank > 2 ? 2 : 3;
        shapes_.zero_allowed = dice_.chance(8);
    }

    [[nodiscard]] Case grown() {
        std::size_t tries = 0;
        // A try fails where the drawn primitive finds no operands; so many in a row where nothing fits.
        while (applications() < wanted_ && tries++ < 40 * wanted_ + 400)
            static_cast<void>(grow(drawn_primitive()));
        if (applications() == 0)
            throw NothingFits("no program of these primitives keeps the bounds on its size");
        drawn_.cotangent = draw_cotangent(dice_, scalar::element_count(drawn_.graph.output_shape()),
                                          drawn_.precision);
        // A dead node costs as much as any other, and is a bug's home more seldom.
        if (dice_.chance(85)) {
            if (auto alive = RebuiltCase(drawn_).up_to(drawn_.graph.output)) return *alive;
        }
        return std::move(drawn_);
    }

private:
    Dice& dice_;
    ProgramBounds bounds_;
    ShapeBounds shapes_;
    Style style_ = Style::well_scaled;
    std::size_t wanted_ = 1;
    bool may_add_ = true;
    Case drawn_;
    std::vector<std::vector<Number>> values_;  // one a node
    std::vector<std::size_t> uses_;

    /// Single primitives, small programs, which cost little and shrink well, and some of all sizes.
    [[nodiscard]] std::size_t drawn_size() {
        const std::size_t most = bounds_.most_nodes;
        const std::size_t least[] = {1, 2, 4, 9}, largest[] = {1, 3, 8, 30};
        const std::size_t kind = dice_.weighted({15, 40, 37, 8});
        return std::min(most, least[kind] + dice_.below(largest[kind] - least[kind] + 1));
    }

    /// By turns any of the catalogue, and any of a drawn family: in a family of its own a primitive would
    /// hardly ever meet the small ones otherwise.
    [[nodiscard]] const Primitive& drawn_primitive() {
        if (!bounds_.primitives.empty())
            return *bounds_.primitives[dice_.below(bounds_.primitives.size())];
        const std::vector<Primitive>& all = primitives::catalogue();
        if (dice_.chance(50)) return all[dice_.below(all.size())];
        static const std::vector<std::vector<const Primitive*>> families = by_family();
        const auto& members = families[dice_.below(families.size())];
        return *members[dice_.below(members.size())];
    }
    [[nodiscard]] static std::vector<std::vector<const Primitive*>> by_family() {
        std::vector<std::vector<const Primitive*>> families;
        std::string_view last;
        for (const Primitive& each : primitives::catalogue()) {
            const std::string_view family = primitives::family(each);
            if (families.empty() || family != last) families.emplace_back();
            families.back().push_back(&each);
            last = family;
        }
        return families;
    }

    [[nodiscard]] std::size_t applications() const {
        return drawn_.graph.nodes.size() - drawn_.graph.inputs.size();
    }

    /// Applies the primitive if operands are found; else the program stays as it is.
    [[nodiscard]] bool grow(const Primitive& primitive) {
        const Case before = drawn_;
        const std::size_t nodes = values_.size();
        if (applied(primitive)) return true;
        drawn_ = before;
        values_.resize(nodes);
        uses_.resize(nodes);
        return false;
    }

    [[nodiscard]] bool applied(const Primitive& primitive) {
        std::size_t count = primitive.operands.size();
        if (primitive.variadic()) count = count - 1 + dice_.below(3);
        FittingShapes fitting;
        std::vector<NodeId> operands;
        bool connected = uses_.empty() || dice_.chance(10);
        for (std::size_t k = 0; k < count; ++k) {
            auto found = existing(primitive, k, fitting, operands);
            connected = connected || found.has_value();
            if (!found) found = fresh(primitive, k, fitting, operands);
            if (!found) return false;
            operands.push_back(*found);
        }
        if (!connected) return false;
        if (applications() + 1 < wanted_ && dice_.chance(25))
            operands[0] = moved_to_hard_point(primitive, operands[0]);
        std::vector<scalar::Shape> shapes;
        for (const NodeId operand : operands) shapes.push_back(shape(operand));
        const auto attributes = draw_attributes(dice_, primitive, shapes, drawn_.precision);
        return attributes && appended(primitive, operands, *attributes);
    }

    [[nodiscard]] const scalar::Shape& shape(NodeId id) const {
        return drawn_.graph.nodes[id].shape();
    }

    /// A node that can be operand k, if one is to be.
    [[nodiscard]] std::optional<NodeId> existing(const Primitive& primitive, std::size_t k,
                                                 FittingShapes& fitting,
                                                 const std::vector<NodeId>& operands) {
        const std::string_view pattern = shape_pattern(primitive, k);
        if (k > 0 && dice_.chance(12)) {  // f(x, x)
            const NodeId same = operands.back();
            if (within(primitive.domain(k), same) && fitting.fits(pattern, shape(same)))
                return same;
        }
        if (dice_.chance(k == 0 ? 10 : 40)) return std::nullopt;
        std::vector<NodeId> tickets;  // a node with more tickets is more likely
        for (NodeId id = 0; id < values_.size(); ++id) {
            FittingShapes tried = fitting;
            if (!within(primitive.domain(k), id) || !tried.fits(pattern, shape(id))) continue;
            const bool input = drawn_.graph.nodes[id].primitive == nullptr;
            // Mostly what nobody has used yet, so that little is dead; but used ones again, too.
            const std::size_t weight = input ? 1 : uses_[id] == 0 ? 10 : 3;
            tickets.insert(tickets.end(), weight, id);
        }
        if (tickets.empty()) return std::nullopt;
        const NodeId chosen = dice_.one_of(tickets);
        static_cast<void>(fitting.fits(pattern, shape(chosen)));
        return chosen;
    }

    /// A new input as operand k; nothing where there would be too many entries.
    [[nodiscard]] std::optional<NodeId> fresh(const Primitive& primitive, std::size_t k,
                                              FittingShapes& fitting,
                                              const std::vector<NodeId>& operands) {
        scalar::Shape drawn = fitting.drawn(shape_pattern(primitive, k), dice_, shapes_);
        const std::size_t entries = scalar::element_count(drawn);
        if (input_entries() + entries > bounds_.most_entries) return std::nullopt;
        const Domain& domain = primitive.domain(k);
        std::vector<double> values = draw_numbers(dice_, entries, domain, drawn_.precision, style_);
        if (dice_.chance(10)) put_at_hard_point(dice_, values, domain, drawn_.precision);
        if (k > 0 && entries == values_[operands[0]].size() && dice_.chance(25))
            share_entries(dice_, values, plain(operands[0]), domain, drawn_.precision);
        return input(std::move(drawn), std::move(values));
    }

    /// `id` plus a fresh input, so that some entries come to lie at a hard point of the primitive's
    /// first operand or a few ulps beside it; `id` itself where there is none in reach.
    [[nodiscard]] NodeId moved_to_hard_point(const Primitive& primitive, NodeId id) {
        const Domain& domain = primitive.domain(0);
        const std::vector<double> from = plain(id);
        if (domain.hard_points.empty() || !may_add_ ||
            drawn_.graph.nodes[id].primitive == nullptr ||
            input_entries() + from.size() > bounds_.most_entries)
            return id;
        const double point = dice_.one_of(domain.hard_points);
        std::vector<double> shift(from.size(), 0.0);
        const int percent = dice_.chance(40) ? 100 : 50;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (!dice_.chance(percent)) continue;
            shift[i] = rounded(point - from[i], drawn_.precision);
            if (dice_.chance(30))
                shift[i] = neighbour(shift[i], dice_.between(-3, 3), drawn_.precision);
            if (!std::isfinite(shift[i])) return id;
        }
        const NodeId second = input(shape(id), std::move(shift));
        if (!appended(primitives::primitive("add"), {id, second}, {})) return id;
        return within(domain, drawn_.graph.output) ? drawn_.graph.output : id;
    }

    [[nodiscard]] NodeId input(scalar::Shape shape, std::vector<double> values) {
        const NodeId id =
            drawn_.graph.add_input("x" + std::to_string(drawn_.graph.inputs.size()), shape);
        std::vector<Number>& numbers = values_.emplace_back();
        for (const double value : values) numbers.emplace_back(static_cast<T>(value), 0.0);
        drawn_.inputs.push_back(std::move(values));
        uses_.push_back(0);
        return id;
    }

    [[nodiscard]] bool appended(const Primitive& primitive, const std::vector<NodeId>& operands,
                                const backprop::Attributes& attributes) {
        NodeId id = 0;
        try {
            id = drawn_.graph.apply(primitive, operands, attributes);
        } catch (const backprop::ShapeError&) {
            return false;
        }
        const backprop::Application& application = drawn_.graph.nodes[id].application;
        const std::size_t entries = scalar::element_count(application.result);
        const bool small = entries <= bounds_.most_node_entries &&
                           application.result.size() <= bounds_.highest_rank;
        std::vector<Number> result(entries);
        if (small) {
            std::vector<std::span<const Number>> inputs;
            for (const NodeId operand : operands) inputs.emplace_back(values_[operand]);
            primitive.rule<Number>().primal(application, inputs, result);
        }
        if (!small || !meaningful(result)) {
            drawn_.graph.nodes.pop_back();
            drawn_.graph.output = drawn_.graph.nodes.empty() ? 0 : drawn_.graph.nodes.size() - 1;
            return false;
        }
        for (const NodeId operand : operands) ++uses_[operand];
        values_.push_back(std::move(result));
        uses_.push_back(0);
        return true;
    }

    /// Whether there is something behind these values worth a program: now and then anything is.
    [[nodiscard]] bool meaningful(const std::vector<Number>& values) {
        // Products of three are in range, and three decimal digits are left.
        constexpr double huge = std::is_same_v<T, float> ? 1e12 : 1e100;
        std::size_t lost = 0;
        bool finite = true;
        for (const Number& number : values) {
            const double size = std::abs(static_cast<double>(number.value()));
            finite = finite && std::isfinite(size + number.bound()) && size < huge;
            lost += size > 0 && number.bound() > size / 1024 ? 1 : 0;
        }
        return (finite && 2 * lost <= values.size()) || dice_.chance(5);
    }

    /// Whether all values lie in the domain, whatever rounding did to them.
    [[nodiscard]] bool within(const Domain& domain, NodeId id) const {
        return std::all_of(values_[id].begin(), values_[id].end(), [&](const Number& number) {
            const double value = static_cast<double>(number.value());
            if (!std::isfinite(value) || !contains(domain, value)) return false;
            if (number.bound() == 0) return true;
            const double low = value - 2 * number.bound(), high = value + 2 * number.bound();
            const bool across = domain.nonzero && low <= 0 && high >= 0;
            return low > domain.lower && high < domain.upper && !across;
        });
    }

    [[nodiscard]] std::vector<double> plain(NodeId id) const {
        std::vector<double> plain;
        for (const Number& number : values_[id])
            plain.push_back(static_cast<double>(number.value()));
        return plain;
    }
    [[nodiscard]] std::size_t input_entries() const {
        return std::accumulate(drawn_.inputs.begin(), drawn_.inputs.end(), std::size_t{0},
                               [](std::size_t sum, const auto& x) { return sum + x.size(); });
    }
};

}  // namespace

Case draw_program_case(Dice& dice, const ProgramBounds& bounds, Precision precision) {
    if (precision == Precision::binary32)
        return GrowingProgram<float>(dice, bounds, precision).grown();
    return GrowingProgram<double>(dice, bounds, precision).grown();
}

bool fits(const Primitive& primitive, ProgramBounds bounds) {
    bounds.most_nodes = 1;
    bounds.primitives = {&primitive};
    Dice dice{rc::Random(1)};
    try {
        static_cast<void>(draw_program_case(dice, bounds));
    } catch (const NothingFits&) {
        return false;
    }
    return true;
}

rc::Gen<Case> program_case(const ProgramBounds& bounds, Precision precision) {
    return [bounds, precision](const rc::Random& random, int) {
        Dice dice(random);
        return shrinkable(draw_program_case(dice, bounds, precision));
    };
}

}  // namespace gradproof::generate
