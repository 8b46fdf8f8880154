// Law: a program over a batch has the gradients that it has over each slice of the batch alone.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <string_view>

namespace gradproof::laws {

inline constexpr std::string_view kBatchEqualsLoop = "a batch is a loop over its slices";

/// Of the nodes that act entry by entry `seed` draws one, and the law asks about the part of the
/// program that ends there and begins where a node acts otherwise: alone, alone with its numbers moved on
/// by one entry and another cotangent, and both stacked along a new leading axis. Primitives that act
/// along axes have no batch axis that could be told from outside: a case in which no node acts entry by
/// entry, or a value where the part begins is not finite, has nothing to say, and no number is counted.
[[nodiscard]] check::Report batch_equals_loop(const subject::ProgramSubject& subject,
                                              const cases::Case& drawn, std::uint64_t seed);

}  // namespace gradproof::laws
