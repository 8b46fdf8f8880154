// Those that belong to shapes are the primitive's to draw; the others come from their domains.
#include <gradproof/generate/attributes.hpp>

#include <gradproof/generate/number.hpp>

#include <cstdint>

namespace gradproof::generate {

std::optional<backprop::Attributes> draw_attributes(Dice& dice,
                                                    const backprop::Primitive& primitive,
                                                    std::span<const backprop::Shape> operands,
                                                    Precision precision) {
    if (primitive.fitting != nullptr) {
        auto fitting =
            primitive.fitting(operands, [&](std::size_t count) { return dice.below(count); });
        if (fitting) {
            for (double& attribute : *fitting) attribute = rounded(attribute, precision);
        }
        return fitting;
    }
    constexpr Style styles[] = {Style::corners, Style::well_scaled, Style::one_decimal};
    backprop::Attributes attributes;
    for (const Domain& domain : primitive.attribute_domains) {
        if (domain.integers_only) {
            attributes.push_back(static_cast<double>(dice.between(
                static_cast<std::int64_t>(domain.lower), static_cast<std::int64_t>(domain.upper))));
        } else {
            attributes.push_back(draw_number(dice, domain, precision, styles[dice.below(3)]));
        }
    }
    return attributes;
}

}  // namespace gradproof::generate
