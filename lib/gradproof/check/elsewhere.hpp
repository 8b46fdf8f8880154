// The same subject and function at other points: what one point cannot tell, several may.
#pragma once

#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace gradproof::check {

/// Whether all inputs and cotangents are 0 or between 1/16 and 16: nothing over- or underflows there,
/// and no sum drowns its terms.
[[nodiscard]] bool moderate(const subject::Trial& trial);

/// Up to `count` points of moderate size at which the function is defined: inputs are multiples of 1/8
/// between 1/8 and 4 with the signs that they have in `trial` (either, where they are 0), and so are
/// the cotangents. Same trial, same points.
[[nodiscard]] std::vector<std::unique_ptr<subject::Trial>> moderate_points(
    const subject::Trial& trial, std::size_t count);

}  // namespace gradproof::check
