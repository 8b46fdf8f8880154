// The nearest point of the hull, by the method of conditional gradients, and the direction away from it.
//
// Source: Frank, Wolfe, "An algorithm for quadratic programming", Naval Research Logistics Quarterly 3
// (1956); for a polytope given by its vertices a step costs one product with each of them.
#include <gradproof/check/allowed_set.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace gradproof::check {

namespace {

using Vector = std::vector<double>;

[[nodiscard]] double product(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// The entries that differ between branches, each in units of that difference.
struct Scaled {
    std::vector<std::size_t> entries;
    Vector unit;
    Vector answer;
    Vector tolerance;
    std::vector<Vector> vertices;
};

[[nodiscard]] Scaled scaled(std::span<const double> answer,
                            const std::vector<scalar::Branch>& branches) {
    Scaled result;
    result.vertices.resize(branches.size());
    for (std::size_t i = 0; i < answer.size(); ++i) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        double low = infinity, high = -infinity, bound = 0;
        for (const scalar::Branch& branch : branches) {
            const auto& number = branch.gradient[i];
            low = std::min(low, number.reference);
            high = std::max(high, number.reference);
            // Where one branch says nothing of an entry, it may be anywhere there: no constraint on it.
            const bool known = std::isfinite(number.reference + number.bound);
            bound = std::max(bound, known ? number.bound : infinity);
        }
        const double unit = high - low;
        if (!(unit > 4 * bound) || !std::isfinite(unit)) continue;
        result.entries.push_back(i);
        result.unit.push_back(unit);
        // From the lowest, so that no digits are lost where the branches lie far from 0.
        result.answer.push_back((answer[i] - low) / unit);
        result.tolerance.push_back(2 * bound / unit + 0x1p-48);
        for (std::size_t j = 0; j < branches.size(); ++j) {
            result.vertices[j].push_back((branches[j].gradient[i].reference - low) / unit);
        }
    }
    return result;
}

}  // namespace

std::optional<Separation> separation(std::span<const double> answer,
                                     const std::vector<scalar::Branch>& branches) {
    const Scaled set = scaled(answer, branches);
    if (set.entries.size() < 2 || set.vertices.size() < 2) return std::nullopt;
    Vector nearest = set.vertices.front(), away(nearest.size());
    constexpr int steps = 400;
    for (int step = 0; step < steps; ++step) {
        for (std::size_t k = 0; k < away.size(); ++k) away[k] = set.answer[k] - nearest[k];
        const Vector* farthest = &set.vertices.front();
        double largest = product(away, *farthest);
        for (const Vector& vertex : set.vertices) {
            const double along = product(away, vertex);
            if (along > largest) largest = along, farthest = &vertex;
        }
        double allowed = largest;
        for (std::size_t k = 0; k < away.size(); ++k) {
            allowed += std::abs(away[k]) * set.tolerance[k];
        }
        const double reached = product(away, set.answer);
        if (reached > allowed) {
            Separation found{Vector(answer.size(), 0.0), reached, allowed};
            for (std::size_t k = 0; k < away.size(); ++k) {
                found.direction[set.entries[k]] = away[k] / set.unit[k];
            }
            return found;
        }
        // To the nearest point of the segment towards that vertex.
        Vector towards(away.size());
        for (std::size_t k = 0; k < away.size(); ++k) towards[k] = (*farthest)[k] - nearest[k];
        const double length = product(towards, towards);
        const double share = length > 0 ? std::clamp(product(away, towards) / length, 0.0, 1.0) : 0;
        if (!(share > 0)) return std::nullopt;
        for (std::size_t k = 0; k < away.size(); ++k) nearest[k] += share * towards[k];
    }
    return std::nullopt;
}

}  // namespace gradproof::check
