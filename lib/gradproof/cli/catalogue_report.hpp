// The catalogue for people and for programs: formula, domain, convention, source of each primitive.
#pragma once

#include <string>
#include <vector>

namespace gradproof::cli {

[[nodiscard]] std::vector<std::string> catalogue_lines();
[[nodiscard]] std::string catalogue_json();

}  // namespace gradproof::cli
