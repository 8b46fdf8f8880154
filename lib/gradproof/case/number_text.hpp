// Numbers as a case file writes them: the shortest decimal that reads back as the same number of the
// declared precision, and words for what JSON has no number for.
#pragma once

#include <gradproof/scalar/precision.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace gradproof::cases {

/// `0.5`, `"nan"`, `"-inf"`, `"-0"`. Every NaN is "nan".
[[nodiscard]] std::string number_text(double value, scalar::Precision precision);

/// The number of that precision nearest to a decimal as JSON writes it; nothing where that would be
/// infinite, or 0 for a decimal that is not.
[[nodiscard]] std::optional<double> number_from_decimal(std::string_view decimal,
                                                        scalar::Precision precision);

/// The number that "nan", "inf", "-inf" or "-0" means; nothing for any other word.
[[nodiscard]] std::optional<double> number_from_word(std::string_view word);

/// Whether the number is one of that precision; NaN and the infinities are.
[[nodiscard]] bool is_number_of(double value, scalar::Precision precision);

}  // namespace gradproof::cases
