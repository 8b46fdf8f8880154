// Simpler points: smaller sizes first, then simpler attributes and numbers.
#include <gradproof/testing/point.hpp>

#include <gradproof/generate/block.hpp>
#include <gradproof/generate/domain.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/generate/simpler_vectors.hpp>
#include <gradproof/generate/simplicity.hpp>

#include <algorithm>
#include <utility>

namespace gradproof::testing {

namespace {

using generate::Block;
using scalar::Shape;

/// Simpler vectors of one kind that are tried in one step of a descent.
constexpr std::size_t kMostVectors = 200;

/// Some number of the domain, 1 if there is one.
[[nodiscard]] double any_of(const scalar::Domain& domain, scalar::Precision precision) {
    if (generate::contains(domain, 1, precision)) return 1;
    return generate::range(domain, precision).smallest;
}

[[nodiscard]] Point with_sizes(const Point& point, const HandWritten& claim,
                               std::vector<std::size_t> sizes, Block block) {
    Point smaller = point;
    smaller.frame.sizes = std::move(sizes);
    const std::vector<Shape> from = shapes_in(claim, point.frame);
    const std::vector<Shape> to = shapes_in(claim, smaller.frame);
    std::span<const double> tangent = point.tangent;
    smaller.tangent.clear();
    for (std::size_t i = 0; i < to.size(); ++i) {
        const double fill = any_of(claim.domains[i], claim.precision());
        smaller.inputs[i] = generate::block_of(point.inputs[i], from[i], to[i], block, fill);
        if (claim.form != Form::jvp) continue;
        const std::vector<double> part =
            generate::block_of(tangent.first(point.inputs[i].size()), from[i], to[i], block, 1);
        smaller.tangent.insert(smaller.tangent.end(), part.begin(), part.end());
        tangent = tangent.subspan(point.inputs[i].size());
    }
    if (claim.form == Form::vjp) {
        const std::size_t outputs = claim.function(claim, smaller.frame).callable->output_size();
        std::vector<double>& u = smaller.cotangent;
        if (block == Block::trailing && outputs < u.size())
            u.erase(u.begin(), u.end() - static_cast<std::ptrdiff_t>(outputs));
        u.resize(outputs, 1);
    }
    return smaller;
}

void add_smaller(std::vector<Point>& points, const Point& point, const HandWritten& claim) {
    for (std::vector<std::size_t>& sizes : generate::simpler_size_lists(point.frame.sizes)) {
        const auto allowed = [&](std::size_t i) {
            return claim.sizes[i].smallest <= sizes[i] && sizes[i] <= claim.sizes[i].largest;
        };
        bool all = true;
        for (std::size_t i = 0; i < sizes.size(); ++i) all = all && allowed(i);
        if (!all) continue;
        points.push_back(with_sizes(point, claim, sizes, Block::leading));
        Point last = with_sizes(point, claim, std::move(sizes), Block::trailing);
        if (last != points.back()) points.push_back(std::move(last));
    }
}

/// Choices that stand before its own, or simpler numbers of its domain.
[[nodiscard]] std::vector<double> simpler_values(const Attribute& attribute, double value,
                                                 scalar::Precision precision) {
    if (attribute.choices.empty()) return generate::simpler(value, attribute.domain, precision);
    return {attribute.choices.begin(), std::ranges::find(attribute.choices, value)};
}

}  // namespace

std::vector<Point> simpler_points(const Point& point, const HandWritten& claim) {
    std::vector<Point> points;
    add_smaller(points, point, claim);
    const auto offer = [&](auto member, const auto& tries) {
        for (const auto& simpler : tries) {
            Point tried = point;
            member(tried) = simpler;
            points.push_back(std::move(tried));
        }
    };
    const auto vectors = [&](const std::vector<double>& numbers, const scalar::Domain& domain) {
        return generate::simpler(numbers, domain, claim.precision(), kMostVectors);
    };
    for (std::size_t a = 0; a < claim.attributes.size(); ++a) {
        offer(
            [a](Point & p) -> auto& { return p.frame.attributes[a]; },
            simpler_values(claim.attributes[a], point.frame.attributes[a], claim.precision()));
    }
    if (claim.form == Form::vjp) {
        offer(
            [](Point & p) -> auto& { return p.cotangent; }, vectors(point.cotangent, {}));
    }
    if (claim.form == Form::jvp) {
        offer(
            [](Point & p) -> auto& { return p.tangent; }, vectors(point.tangent, {}));
    }
    for (std::size_t i = 0; i < point.inputs.size(); ++i) {
        offer(
            [i](Point & p) -> auto& { return p.inputs[i]; },
            vectors(point.inputs[i], claim.domains[i]));
    }
    return points;
}

}  // namespace gradproof::testing
