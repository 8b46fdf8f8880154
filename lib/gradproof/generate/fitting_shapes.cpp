// Patterns are read from the left; what "..." takes is what the letters after it leave over.
#include <gradproof/generate/fitting_shapes.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

namespace gradproof::generate {

namespace {

constexpr std::string_view kFurther = "...";

[[nodiscard]] std::vector<std::string> tokens(std::string_view pattern) {
    std::istringstream text{std::string(pattern)};
    std::vector<std::string> found;
    for (std::string token; text >> token;) found.push_back(std::move(token));
    return found;
}

}  // namespace

std::string_view shape_pattern(const backprop::Primitive& primitive, std::size_t operand) {
    const auto& patterns = primitive.operand_shapes;
    if (patterns.empty()) return kFurther;
    return patterns[std::min(operand, patterns.size() - 1)];
}

bool FittingShapes::fits(std::string_view pattern, const Shape& shape) {
    const std::vector<std::string> wanted = tokens(pattern);
    const bool open = std::count(wanted.begin(), wanted.end(), kFurther) > 0;
    const std::size_t named = wanted.size() - (open ? 1 : 0);
    if (shape.size() < named || (shape.size() > named && !open)) return false;
    auto sizes = sizes_;
    auto further = further_;
    std::size_t axis = 0;
    for (const std::string& token : wanted) {
        if (token == kFurther) {
            const auto begin = shape.begin() + static_cast<std::ptrdiff_t>(axis);
            const Shape here(begin, begin + static_cast<std::ptrdiff_t>(shape.size() - named));
            if (further.value_or(here) != here) return false;
            further = here;
            axis += here.size();
            continue;
        }
        const std::size_t size = shape[axis++];
        if (token == "_") continue;
        if (sizes.emplace(token.front(), size).first->second != size) return false;
    }
    sizes_ = std::move(sizes);
    further_ = std::move(further);
    return true;
}

Shape FittingShapes::drawn(std::string_view pattern, Dice& dice, const ShapeBounds& bounds) {
    const std::vector<std::string> wanted = tokens(pattern);
    Shape shape;
    for (const std::string& token : wanted) {
        if (token == kFurther) {
            if (!further_) {
                const std::size_t named = wanted.size() - 1;
                ShapeBounds rest = bounds;
                rest.lowest_rank = 0;
                rest.highest_rank = bounds.highest_rank > named ? bounds.highest_rank - named : 0;
                further_ = draw_shape(dice, rest);
            }
            shape.insert(shape.end(), further_->begin(), further_->end());
            continue;
        }
        const auto known = sizes_.find(token.front());
        if (token != "_" && known != sizes_.end()) {
            shape.push_back(known->second);
            continue;
        }
        // Equal sizes hide what a transposed index does, and show what a square one is taken for.
        const bool as_another = !shape.empty() && dice.chance(25);
        shape.push_back(as_another ? shape[dice.below(shape.size())]
                                   : draw_dimension(dice, bounds));
        if (token != "_") sizes_[token.front()] = shape.back();
    }
    return shape;
}

}  // namespace gradproof::generate
