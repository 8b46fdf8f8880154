// Simpler vectors of the same length to try instead of one: many entries at once before one at a
// time, equal entries kept equal.
#pragma once

#include <gradproof/generate/domain.hpp>

#include <rapidcheck/Seq.h>
#include <rapidcheck/Shrinkable.h>

#include <cstddef>
#include <vector>

namespace gradproof::generate {

/// Whether no entry of `left` is less simple than its counterpart, and some entry is simpler. False
/// for vectors of different lengths.
[[nodiscard]] bool is_simpler(const std::vector<double>& left, const std::vector<double>& right,
                              Precision precision);

/// Vectors to try instead of `values`, each simpler by is_simpler, in the domain and representable;
/// the boldest first: all zero, all one, all like the simplest entry, zero halves and quarters,
/// fewer digits everywhere, each group of equal entries together, one entry at a time. Made only
/// as they are asked for: for 10^4 entries there are 10^5 of them.
[[nodiscard]] rc::Seq<std::vector<double>> simpler_vectors(const std::vector<double>& values,
                                                           const Domain& domain,
                                                           Precision precision);

/// The first `most` of simpler_vectors.
[[nodiscard]] std::vector<std::vector<double>> simpler(const std::vector<double>& values,
                                                       const Domain& domain, Precision precision,
                                                       std::size_t most = 1000);

/// A vector with its shrinks, from any start: also for one read from a file.
[[nodiscard]] rc::Shrinkable<std::vector<double>> shrinkable(const std::vector<double>& values,
                                                             const Domain& domain,
                                                             Precision precision);

}  // namespace gradproof::generate
