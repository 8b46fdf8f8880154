// Filling a program with fresh numbers.
#include <gradproof/generate/redrawn_case.hpp>

#include <gradproof/generate/input_domain.hpp>
#include <gradproof/generate/numbers.hpp>

namespace gradproof::generate {

cases::Case redraw(Dice& dice, const cases::Case& drawn, Style style) {
    cases::Case fresh = drawn;
    for (std::size_t i = 0; i < fresh.inputs.size(); ++i) {
        const scalar::Domain domain = input_domain(fresh.graph, fresh.graph.inputs[i]);
        fresh.inputs[i] = draw_numbers(dice, fresh.inputs[i].size(), domain, fresh.precision, style,
                                       Arrangement::independent);
    }
    fresh.cotangent = draw_numbers(dice, fresh.cotangent.size(), {}, fresh.precision,
                                   Style::well_scaled, Arrangement::independent);
    return fresh;
}

}  // namespace gradproof::generate
