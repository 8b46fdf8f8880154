// Simpler cases to try instead of one: fewer nodes, smaller shapes, sparser cotangents, simpler
// numbers, until it is what a person would have written.
#pragma once

#include <gradproof/case/case.hpp>

#include <rapidcheck/Shrinkable.h>

#include <vector>

namespace gradproof::generate {

/// Cases to try instead of `drawn`, the boldest first: an inner node as the output, a node bypassed
/// or replaced by an input of its value, sizes that are equal made smaller together, a number changed
/// wherever it stands, then cotangent and inputs. Each is checkable and strictly simpler, so that a descent along them ends.
[[nodiscard]] std::vector<cases::Case> simpler_cases(const cases::Case& drawn);

/// A case with its shrinks, from any start: also for one read from a file.
[[nodiscard]] rc::Shrinkable<cases::Case> shrinkable(const cases::Case& drawn);

}  // namespace gradproof::generate
