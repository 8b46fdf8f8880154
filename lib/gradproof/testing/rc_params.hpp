// RC_PARAMS, RapidCheck's settings in the environment, read strictly: RapidCheck itself ignores what it does not know.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gradproof::testing {

/// Values by setting, as text. A setting given twice holds its last value, as it does in RapidCheck.
using RcParams = std::map<std::string, std::string>;

/// Reads the text of RC_PARAMS: `setting=value` pairs with space between them, where a value with space in it stands
/// in quotes. RapidCheck takes the same text to mean the same.
/// Throws std::invalid_argument for an unknown setting, a malformed value and a broken pair; the message says what was
/// given, what was wanted and what to do.
[[nodiscard]] RcParams read_rc_params(std::string_view text);

/// The text that read_rc_params() reads back as `params`.
[[nodiscard]] std::string rc_params_text(const RcParams& params);

}  // namespace gradproof::testing
