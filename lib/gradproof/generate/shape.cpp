// Shapes: sizes drawn so that the special ones and equal ones come often, and shrunk so that equal
// ones can stay equal.
#include <gradproof/generate/shape.hpp>

#include <rapidcheck/Seq.h>
#include <rapidcheck/seq/Create.h>
#include <rapidcheck/seq/Transform.h>
#include <rapidcheck/shrinkable/Create.h>

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>

namespace gradproof::generate {

namespace {

void require_bounds(const ShapeBounds& bounds) {
    if (bounds.lowest_rank > bounds.highest_rank) {
        throw std::invalid_argument("shapes of rank " + std::to_string(bounds.lowest_rank) +
                                    " to " + std::to_string(bounds.highest_rank) +
                                    " do not exist; give lowest_rank <= highest_rank");
    }
    if (bounds.largest_size == 0) {
        throw std::invalid_argument("the largest size of a dimension is 0; give 1 or more");
    }
}

/// The list with every `from` turned into `to`.
std::vector<std::size_t> replaced(std::vector<std::size_t> sizes, std::size_t from,
                                  std::size_t to) {
    std::replace(sizes.begin(), sizes.end(), from, to);
    return sizes;
}

void add_new(std::vector<Shape>& tries, Shape tried) {
    if (std::find(tries.begin(), tries.end(), tried) == tries.end()) {
        tries.push_back(std::move(tried));
    }
}

/// Distinct sizes, the least simple first, for there is most to win.
std::set<std::size_t, std::greater<>> distinct(const std::vector<std::size_t>& sizes) {
    return {sizes.begin(), sizes.end()};
}

}  // namespace

std::size_t draw_dimension(Dice& dice, const ShapeBounds& bounds, int size) {
    require_bounds(bounds);
    const unsigned zero_weight = bounds.zero_allowed ? 8 : 0;
    switch (dice.weighted({zero_weight, 20, 72})) {
        case 0: return 0;
        case 1: return 1;
        default: break;
    }
    const std::size_t drawn = 1 + dice.below(bounds.largest_size);
    // The smaller of two draws, more often the smaller RapidCheck's size is.
    const int share = rc::kNominalSize - std::clamp(size, 0, rc::kNominalSize);
    return dice.chance(share) ? std::min(drawn, 1 + dice.below(bounds.largest_size)) : drawn;
}

Shape draw_shape(Dice& dice, const ShapeBounds& bounds, int size) {
    require_bounds(bounds);
    Shape shape(bounds.lowest_rank + dice.below(bounds.highest_rank - bounds.lowest_rank + 1));
    for (std::size_t i = 0; i < shape.size(); ++i) {
        shape[i] =
            i > 0 && dice.chance(25) ? shape[dice.below(i)] : draw_dimension(dice, bounds, size);
    }
    return shape;
}

rc::Gen<std::size_t> dimension(const ShapeBounds& bounds) {
    require_bounds(bounds);
    return [bounds](const rc::Random& random, int size) {
        Dice dice(random);
        return rc::shrinkable::shrinkRecur(
            draw_dimension(dice, bounds, size), [bounds](std::size_t tried) {
                return rc::seq::fromContainer(simpler_sizes(tried, bounds.zero_allowed));
            });
    };
}

rc::Gen<Shape> shape(const ShapeBounds& bounds) {
    require_bounds(bounds);
    return [bounds](const rc::Random& random, int size) {
        Dice dice(random);
        return shrinkable(draw_shape(dice, bounds, size), bounds);
    };
}

std::size_t simplicity_of_size(std::size_t size) {
    if (size > 1) return size;
    return size == 1 ? 0 : 1;
}

std::vector<std::size_t> simpler_sizes(std::size_t size, bool zero_allowed) {
    std::vector<std::size_t> tries;
    for (const std::size_t tried :
         {std::size_t{1}, std::size_t{0}, std::size_t{2}, size / 2, size - 1}) {
        if (tried == 0 && !zero_allowed) continue;
        const bool known = std::find(tries.begin(), tries.end(), tried) != tries.end();
        if (!known && simplicity_of_size(tried) < simplicity_of_size(size)) tries.push_back(tried);
    }
    return tries;
}

std::vector<std::vector<std::size_t>> simpler_size_lists(const std::vector<std::size_t>& sizes,
                                                         bool zero_allowed) {
    std::vector<std::vector<std::size_t>> tries;
    const std::vector<std::size_t> ones(sizes.size(), 1);
    if (sizes != ones) tries.push_back(ones);
    for (const std::size_t size : distinct(sizes)) {
        for (const std::size_t simpler : simpler_sizes(size, zero_allowed)) {
            add_new(tries, replaced(sizes, size, simpler));
        }
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        for (std::size_t k = i + 1; k <= sizes.size(); ++k) {  // i and k, or i alone
            if (k < sizes.size() && sizes[k] != sizes[i]) continue;
            for (const std::size_t simpler : simpler_sizes(sizes[i], zero_allowed)) {
                std::vector<std::size_t> tried = sizes;
                tried[i] = simpler;
                if (k < sizes.size()) tried[k] = simpler;
                add_new(tries, std::move(tried));
            }
        }
    }
    return tries;
}

std::vector<Shape> simpler_shapes(const Shape& shape, const ShapeBounds& bounds) {
    std::vector<Shape> tries;
    if (shape.size() > bounds.lowest_rank) {
        for (std::size_t i = 0; i < shape.size(); ++i) {
            Shape tried = shape;
            tried.erase(tried.begin() + static_cast<std::ptrdiff_t>(i));
            add_new(tries, std::move(tried));
        }
    }
    for (auto& tried : simpler_size_lists(shape, bounds.zero_allowed))
        add_new(tries, std::move(tried));
    return tries;
}

rc::Shrinkable<Shape> shrinkable(const Shape& shape, const ShapeBounds& bounds) {
    return rc::shrinkable::shrinkRecur(shape, [bounds](const Shape& tried) {
        return rc::seq::fromContainer(simpler_shapes(tried, bounds));
    });
}

}  // namespace gradproof::generate
