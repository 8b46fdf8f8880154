# Tests of gradients in somebody's project, the package's and the source tree's: gradproof_add_tests().

# gradproof_add_tests(NAME SOURCES file... [LINKS target...] [LABELS label...] [CASES count] [FUZZ_CASES count]
#                     [TIMEOUT seconds])
# builds the GoogleTest program NAME from files that write GRADPROOF_TEST, and registers each of its tests with ctest twice:
#   under its name         label quick   CASES cases each; without CASES as many as the test says, or 200
#   "fuzz: " before it     label fuzz    FUZZ_CASES cases each (10000; 0 registers none), every GRADPROOF_TEST isolated
# RC_PARAMS (max_success) goes before all of these. LABELS are further labels of both; TIMEOUT is for one test, 300 s, and
# for a fuzzing one as much for every 1000 cases. `ctest -L quick` runs the one, `ctest -L fuzz` the other.
function(gradproof_add_tests NAME)
    cmake_parse_arguments(PARSE_ARGV 1 TEST "" "CASES;FUZZ_CASES;TIMEOUT" "SOURCES;LINKS;LABELS")
    if(TEST_UNPARSED_ARGUMENTS OR NOT TEST_SOURCES)
        message(FATAL_ERROR "gradproof_add_tests(${NAME} ${ARGN}): wanted are SOURCES file..., [LINKS target...], "
            "[LABELS label...], [CASES count], [FUZZ_CASES count], [TIMEOUT seconds]")
    endif()
    if(NOT TARGET GTest::gtest_main)
        message(FATAL_ERROR "gradproof_add_tests(${NAME}): GoogleTest was not found; install it (libgtest-dev), or write "
            "the tests with gradproof/rapidcheck.hpp, which needs none")
    endif()
    if(NOT DEFINED TEST_FUZZ_CASES)
        set(TEST_FUZZ_CASES 10000)
    endif()
    if(NOT DEFINED TEST_TIMEOUT)
        set(TEST_TIMEOUT 300)
    endif()

    include(GoogleTest) # here, for what it sets is not seen in the directory of whoever calls

    add_executable(${NAME} ${TEST_SOURCES})
    target_link_libraries(${NAME} PRIVATE gradproof::testing GTest::gtest_main ${TEST_LINKS})

    # What ctest reads after it has found the tests: their properties may be lists there.
    set(properties "${CMAKE_CURRENT_BINARY_DIR}/${NAME}_properties.cmake")
    set(environment "")
    if(TEST_CASES)
        set(environment "ENVIRONMENT \"GRADPROOF_CASES=${TEST_CASES}\"")
    endif()
    file(WRITE "${properties}" "if(${NAME}_quick_tests)
    set_tests_properties(\${${NAME}_quick_tests} PROPERTIES
        LABELS \"quick;${TEST_LABELS}\" TIMEOUT ${TEST_TIMEOUT} ${environment})
endif()
")
    gtest_discover_tests(${NAME} TEST_LIST ${NAME}_quick_tests DISCOVERY_MODE PRE_TEST)
    if(TEST_FUZZ_CASES GREATER 0)
        math(EXPR timeout "${TEST_TIMEOUT} * (${TEST_FUZZ_CASES} / 1000 + 1)")
        file(APPEND "${properties}" "if(${NAME}_fuzz_tests)
    set_tests_properties(\${${NAME}_fuzz_tests} PROPERTIES
        LABELS \"fuzz;${TEST_LABELS}\" TIMEOUT ${timeout}
        ENVIRONMENT \"GRADPROOF_CASES=${TEST_FUZZ_CASES};GRADPROOF_ISOLATE=1\")
endif()
")
        gtest_discover_tests(${NAME} TEST_PREFIX "fuzz: " TEST_LIST ${NAME}_fuzz_tests DISCOVERY_MODE PRE_TEST)
    endif()
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${properties}")
endfunction()
