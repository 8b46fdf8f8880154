// Planted errors that only a generator of hard inputs gives anything to change.
#include <gradproof/laws/planted_error.hpp>

#include <gradproof/laws/vjp_agrees.hpp>

#include <cmath>

namespace gradproof::laws {

namespace {

using cases::Answer;

/// Doubles the entries whose inputs are `hard`, which is asked of the index within its input.
template <class Hard>
void double_entries(const Asked& asked, Answer& answer, Hard hard) {
    std::size_t first = 0;
    for (const scalar::Shape& shape : asked.shapes) {
        const std::size_t size = scalar::element_count(shape);
        const std::span<const double> input = asked.inputs.subspan(first, size);
        for (std::size_t i = 0; i < size; ++i) {
            if (hard(input, i)) answer.gradient[first + i] *= 2;
        }
        first += size;
    }
}

[[nodiscard]] bool is_zero(std::span<const double> input, std::size_t i) { return input[i] == 0; }

[[nodiscard]] bool is_tied(std::span<const double> input, std::size_t i) {
    for (std::size_t k = 0; k < input.size(); ++k) {
        if (k != i && input[k] == input[i] && input[i] != 0) return true;
    }
    return false;
}

/// Beyond what well-scaled numbers reach, within what a square of float still holds.
[[nodiscard]] bool is_huge(std::span<const double> input, std::size_t i) {
    return std::abs(input[i]) > 0x1p40;
}
[[nodiscard]] bool is_tiny(std::span<const double> input, std::size_t i) {
    return input[i] != 0 && std::abs(input[i]) < 0x1p-40;
}

[[nodiscard]] PlantedError doubled(std::string_view name, std::string_view does,
                                   bool (*hard)(std::span<const double>, std::size_t)) {
    return {name, does, {kVjpAgrees}, [hard](std::uint64_t) -> Spoil {
                return [hard](const Asked& asked, Answer& answer) {
                    double_entries(asked, answer, hard);
                };
            }};
}

}  // namespace

std::vector<PlantedError> errors_at_hard_inputs() {
    return {
        doubled("doubled at zeros", "entries are doubled where their input is 0", is_zero),
        doubled("doubled at ties", "entries are doubled where their input equals its neighbour",
                is_tied),
        doubled("doubled at huge inputs", "entries are doubled where their input is above 2^40",
                is_huge),
        doubled("doubled at tiny inputs", "entries are doubled where their input is below 2^-40",
                is_tiny),
    };
}

}  // namespace gradproof::laws
