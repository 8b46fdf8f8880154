// The list of families, the one place that a new family touches.
#include <gradproof/primitives/catalogue.hpp>

#include <gradproof/primitives/activations.hpp>
#include <gradproof/primitives/arithmetic.hpp>
#include <gradproof/primitives/kinked.hpp>
#include <gradproof/primitives/linear.hpp>
#include <gradproof/primitives/norms.hpp>
#include <gradproof/primitives/rearrangements.hpp>
#include <gradproof/primitives/reductions.hpp>
#include <gradproof/primitives/softmax.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace gradproof::primitives {

namespace {

[[nodiscard]] std::vector<backprop::Primitive> all_families() {
    std::vector<backprop::Primitive> all;
    for (auto* family : {arithmetic, linear, reductions, norms, rearrangements, activations, kinked,
                         softmax_family}) {
        for (backprop::Primitive& primitive : family()) all.push_back(std::move(primitive));
    }
    return all;
}

/// Levenshtein's distance: how many letters a slip of the pen changed.
[[nodiscard]] std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

}  // namespace

const std::vector<backprop::Primitive>& catalogue() {
    static const std::vector<backprop::Primitive> all = all_families();
    return all;
}

const backprop::Primitive* find(std::string_view name) {
    for (const backprop::Primitive& candidate : catalogue()) {
        if (candidate.name == name) return &candidate;
    }
    return nullptr;
}

const backprop::Primitive& primitive(std::string_view name) {
    if (const backprop::Primitive* found = find(name)) return *found;
    const auto nearest =
        std::min_element(catalogue().begin(), catalogue().end(), [&](const auto& a, const auto& b) {
            return distance(a.name, name) < distance(b.name, name);
        });
    throw std::invalid_argument("unknown primitive \"" + std::string(name) +
                                "\"; the nearest is \"" + std::string(nearest->name) +
                                "\", and `gradproof list` shows them all");
}

}  // namespace gradproof::primitives
