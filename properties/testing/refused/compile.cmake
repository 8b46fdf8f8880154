# Compiles misuses.cpp, which must fail, each time with the words that say what to write; run by ctest with COMPILER and
# INCLUDE.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND "${COMPILER}" -std=c++20 "-I${INCLUDE}" -fsyntax-only "${CMAKE_CURRENT_LIST_DIR}/misuses.cpp"
    RESULT_VARIABLE result ERROR_VARIABLE said)
if(result EQUAL 0)
    message(FATAL_ERROR "misuses.cpp compiles; wanted are errors")
endif()
foreach(words IN ITEMS
        "gradient_of(f): wanted is f written once for every number type"
        "by(vjp): wanted is void(std::span<const T> x..., a..., std::span<const T> u, std::span<T> dx...)"
        "by_jvp(jvp): wanted is void(std::span<const T> x..., a..., std::span<const T> t..., std::span<T> dy)"
        "by_jacobian(jacobian): wanted is void(std::span<const T> x..., a..., std::span<T> jx...)"
        "with_primal(p): wanted is void(std::span<const T> x..., a..., std::span<T> y)"
        "with_fresh(make): wanted is a function of the attributes")
    string(FIND "${said}" "${words}" found)
    if(found EQUAL -1)
        message(FATAL_ERROR "The compiler does not say \"${words}\" of misuses.cpp:\n${said}")
    endif()
endforeach()
# Nothing else: whoever reads the first error must not search for it among others.
string(REPLACE ";" "," said "${said}")
string(REGEX MATCHALL "[^\n]*error:[^\n]*" errors "${said}")
foreach(error IN LISTS errors)
    if(NOT error MATCHES "static assertion failed|static_assert failed")
        message(FATAL_ERROR "The compiler says besides:\n${error}\n\nof all that it says:\n${said}")
    endif()
endforeach()
