// The error of a text that is not what its format wants.
#pragma once

#include <stdexcept>

namespace gradproof::cases {

/// The message reads "FILE:LINE:COLUMN: inputs[0].values[2]: given ..., wanted ...; what to do".
class FormatError : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

}  // namespace gradproof::cases
