// Inputs put where derivatives break: at the hard points of a domain, and equal to each other.
#pragma once

#include <gradproof/generate/dice.hpp>
#include <gradproof/generate/domain.hpp>

#include <vector>

namespace gradproof::generate {

/// Puts all entries, or some, at one hard point of the domain: a kink of the whole vector (of a norm,
/// at 0) is none of any entry alone.
void put_at_hard_point(Dice& dice, std::vector<double>& values, const Domain& domain,
                       Precision precision);

/// Makes `values` share entries with `others` (as many): equal ones and some a few ulps apart, where
/// the domain has them. Two operands tie only entry by entry, which no arrangement of one of them
/// brings about.
void share_entries(Dice& dice, std::vector<double>& values, const std::vector<double>& others,
                   const Domain& domain, Precision precision);

}  // namespace gradproof::generate
