// The list of families, the one place that a new family touches.
#include <gradproof/primitives/catalogue.hpp>

#include <gradproof/primitives/activations.hpp>
#include <gradproof/primitives/arithmetic.hpp>
#include <gradproof/primitives/attention.hpp>
#include <gradproof/primitives/convolutions.hpp>
#include <gradproof/primitives/kinked.hpp>
#include <gradproof/primitives/linear.hpp>
#include <gradproof/primitives/losses.hpp>
#include <gradproof/primitives/normalisations.hpp>
#include <gradproof/primitives/norms.hpp>
#include <gradproof/primitives/pooling.hpp>
#include <gradproof/primitives/rearrangements.hpp>
#include <gradproof/primitives/reductions.hpp>
#include <gradproof/primitives/softmax.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace gradproof::primitives {

namespace {

struct Family {
    std::string_view name;
    std::vector<backprop::Primitive> (*members)();
};
constexpr Family kFamilies[] = {
    {"arithmetic", arithmetic},
    {"linear", linear},
    {"reductions", reductions},
    {"norms", norms},
    {"rearrangements", rearrangements},
    {"activations", activations},
    {"kinked", kinked},
    {"softmax", softmax_family},
    {"convolutions", convolutions},
    {"pooling", pooling},
    {"normalisations", normalisations},
    {"attention", attention_family},
    {"losses", losses},
};

/// All primitives with the names of their families beside them.
struct Listed {
    std::vector<backprop::Primitive> primitives;
    std::vector<std::string_view> families;
};

[[nodiscard]] const Listed& listed() {
    static const Listed all = [] {
        Listed found;
        for (const Family& family : kFamilies) {
            for (backprop::Primitive& member : family.members()) {
                found.primitives.push_back(std::move(member));
                found.families.push_back(family.name);
            }
        }
        return found;
    }();
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

const std::vector<backprop::Primitive>& catalogue() { return listed().primitives; }

std::string_view family(const backprop::Primitive& each) {
    const std::ptrdiff_t at = &primitive(each.name) - catalogue().data();
    return listed().families[static_cast<std::size_t>(at)];
}

std::vector<std::string_view> families() {
    std::vector<std::string_view> names;
    for (const Family& family : kFamilies) names.push_back(family.name);
    return names;
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
