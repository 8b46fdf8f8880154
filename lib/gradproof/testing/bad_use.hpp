// What a test is refused for, without a word on the gradient.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace gradproof::testing {

/// The test itself is at fault, or its function: nothing is said of the gradient. The message says
/// what was given, what was wanted and what to do.
class BadUse : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Each throws `BadUse`.
[[noreturn]] void function_threw(const std::string& what);
[[noreturn]] void function_returned(std::size_t given, std::size_t wanted);
[[noreturn]] void primal_is_scalar(std::size_t outputs);
/// Throws `std::logic_error`.
[[noreturn]] void function_has_no_such_type();

}  // namespace gradproof::testing
