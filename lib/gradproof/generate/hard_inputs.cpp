// Draws of which entries go where.
#include <gradproof/generate/hard_inputs.hpp>

#include <cstddef>

namespace gradproof::generate {

void put_at_hard_point(Dice& dice, std::vector<double>& values, const Domain& domain,
                       Precision precision) {
    if (domain.hard_points.empty()) return;
    const double point = rounded(dice.one_of(domain.hard_points), precision);
    if (!contains(domain, point, precision)) return;
    const int percent = dice.chance(50) ? 100 : 50;
    for (double& value : values) {
        if (dice.chance(percent)) value = point;
    }
}

void share_entries(Dice& dice, std::vector<double>& values, const std::vector<double>& others,
                   const Domain& domain, Precision precision) {
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (!dice.chance(60)) continue;
        const double near =
            dice.chance(70) ? others[k] : neighbour(others[k], dice.between(-2, 2), precision);
        if (contains(domain, near, precision)) values[k] = near;
    }
}

}  // namespace gradproof::generate
