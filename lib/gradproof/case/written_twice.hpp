// A case whose program stands there twice: f(x) + f(x) over the same inputs.
#pragma once

#include <gradproof/case/case.hpp>

namespace gradproof::cases {

/// f(x) + f(x) with the body of f written out twice, each input shared by both.
[[nodiscard]] Case written_twice(const Case& drawn);

}  // namespace gradproof::cases
