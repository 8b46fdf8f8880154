// Drawing points of moderate size.
#include <gradproof/check/elsewhere.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

namespace gradproof::check {

namespace {

/// Numbers from Knuth's MMIX generator.
class Drawn {
public:
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return (state_ >> 33) % bound;
    }
    /// A multiple of 1/8 up to `largest`, with the sign of `like`.
    [[nodiscard]] double eighths(double like, std::uint64_t largest) {
        const double size = static_cast<double>(1 + below(8 * largest)) / 8;
        const bool negative = like == 0 ? below(2) == 1 : std::signbit(like);
        return negative ? -size : size;
    }

private:
    std::uint64_t state_ = 0x9e3779b97f4a7c15u;  // any number: the points are the same each time
};

}  // namespace

bool moderate(const subject::Trial& trial) {
    const auto all = [](std::span<const double> numbers) {
        return std::all_of(numbers.begin(), numbers.end(), [](double x) {
            return x == 0 || (std::abs(x) >= 1.0 / 16 && std::abs(x) <= 16);
        });
    };
    return all(trial.inputs()) && all(trial.cotangent());
}

std::vector<std::unique_ptr<subject::Trial>> moderate_points(const subject::Trial& trial,
                                                             std::size_t count) {
    std::vector<std::unique_ptr<subject::Trial>> points;
    Drawn drawn;
    for (std::size_t tries = 0; tries < 4 * count && points.size() < count; ++tries) {
        // Every second point lies within [-1, 1], where arcsines are defined.
        const std::uint64_t largest = tries % 2 == 0 ? 4 : 1;
        std::vector<double> inputs, cotangent;
        for (const double x : trial.inputs()) inputs.push_back(drawn.eighths(x, largest));
        for (const double u : trial.cotangent()) cotangent.push_back(drawn.eighths(u, 2));
        if (auto point = trial.at(std::move(inputs), std::move(cotangent))) {
            points.push_back(std::move(point));
        }
    }
    return points;
}

}  // namespace gradproof::check
