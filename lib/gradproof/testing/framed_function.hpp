// The user's function in one frame: what the oracle differentiates, and what tells the cost of rounding.
#pragma once

#include <gradproof/callable/callable.hpp>
#include <gradproof/scalar/taped.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace gradproof::testing {

/// What may differ between two cases of one claim besides the numbers of their inputs.
struct Frame {
    std::vector<std::size_t> sizes;  ///< those that are drawn, in the claim's order
    std::vector<double> attributes;

    [[nodiscard]] bool operator==(const Frame&) const = default;
};

/// The function evaluated on a tape, in the gradient's type: the other one throws `std::logic_error`.
class Recorded {
public:
    virtual ~Recorded() = default;
    // clang-format off
    [[nodiscard]] virtual std::vector<scalar::Taped<double>> record(std::span<const scalar::Taped<double>> inputs) const = 0;
    [[nodiscard]] virtual std::vector<scalar::Taped<float>> record(std::span<const scalar::Taped<float>> inputs) const = 0;
    // clang-format on
};

/// Two views of one function.
struct FramedFunction {
    std::shared_ptr<const callable::Callable> callable;
    std::shared_ptr<const Recorded> recorded;
};

/// The function in the frame that was asked for last: mostly it is asked for again.
struct LastFrame {
    Frame frame;
    FramedFunction function;
};

}  // namespace gradproof::testing
