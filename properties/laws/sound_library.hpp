// The sound library held to one law: every primitive of the catalogue, and small nets.
#pragma once

#include <gradproof/scalar/precision.hpp>

#include <string_view>

namespace gradproof::laws {

/// Draws cases of each primitive alone and expects the law to hold on all of them. A failure shows the
/// report and where the minimal case was saved; what could not be judged is printed, and bounded. Where the
/// law is that of the vjp, each primitive is held to what it promises of the digits of its gradient, too.
void expect_every_primitive_keeps(std::string_view law, scalar::Precision precision);

/// The same for random nets.
void expect_nets_keep(std::string_view law, scalar::Precision precision);

}  // namespace gradproof::laws
