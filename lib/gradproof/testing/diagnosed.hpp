// The diagnosis of a gradient written by hand: its simplest broken point and freshly drawn ones.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/testing/user_trial.hpp>

#include <optional>
#include <string>
#include <vector>

namespace gradproof::testing {

/// What `check::diagnose` says of the point at which `report` is wrong. Nothing where its law is about
/// the code rather than about the gradient's numbers.
[[nodiscard]] std::optional<std::vector<check::Explanation>> diagnosed(const check::Report& report,
                                                                       const Point& point,
                                                                       const HandWritten& claim,
                                                                       const std::string& test);

}  // namespace gradproof::testing
