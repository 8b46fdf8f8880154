// The power of the laws over one gradient written by hand: which errors planted in it they see.
#pragma once

#include <gradproof/laws/power.hpp>
#include <gradproof/testing/planted_gradient.hpp>
#include <gradproof/testing/point.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace gradproof::testing {

struct PowerPlan {
    std::uint64_t seed = 0;
    std::size_t rounds = 3;  ///< over which cases to detection have a median
    std::size_t cases = 20;  ///< in each round
    std::span<const UserLaw> laws = user_laws();
    std::function<Point(generate::Dice&, const HandWritten&, bool mild)> draw = draw_point;
};

/// Plants each error at each of the points drawn and asks every law that applies. Errors that find
/// nothing to change, or too seldom, are named in the report and no failure: a function may have no
/// matrix and no tail. Same plan, same power. Throws as `prove` does.
[[nodiscard]] laws::Power power_of(const HandWritten& claim, const std::string& test,
                                   const PowerPlan& plan);

}  // namespace gradproof::testing
