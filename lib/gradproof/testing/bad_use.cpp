// The words for what is wrong with a function.
#include <gradproof/testing/bad_use.hpp>

namespace gradproof::testing {

void function_threw(const std::string& what) {
    throw BadUse("the function threw \"" + what +
                 "\"; return a number everywhere (NaN where it is not defined), or declare its "
                 "domain with .in(...)");
}

void function_has_no_such_type() {
    throw std::logic_error("the function was asked for in a type that is not its gradient's");
}

void function_returned(std::size_t given, std::size_t wanted) {
    throw BadUse("the function returned " + std::to_string(given) + " numbers where it returned " +
                 std::to_string(wanted) + " before; return as many everywhere");
}

void primal_is_scalar(std::size_t outputs) {
    throw BadUse("the primal returns one number, the function " + std::to_string(outputs) +
                 "; take a std::span for the output as the last argument");
}

}  // namespace gradproof::testing
