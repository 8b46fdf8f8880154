# How a file of properties/ becomes tests of ctest: gradproof_test().
include(GoogleTest)

# gradproof_compile_quickly(TARGET): a test spends its time in the library; its own code is mostly templates of the test
# libraries, on which a third of the compilation is saved.
function(gradproof_compile_quickly TARGET)
    target_compile_options(${TARGET} PRIVATE -O0)
endfunction()

# gradproof_test(NAME SOURCES file... [LINKS target...] [LABELS quick|soak...] [OPTIMISED])
# builds the GoogleTest program NAME with the main of properties/main.cpp and registers each of its tests with ctest,
# once for every label (default quick). The label is also the profile that the program runs with: it says how many
# cases a property draws unless RC_PARAMS says otherwise. A test of the soak tier has "soak: " before its name.
# OPTIMISED is for sources that spend the time in templates of the library, which they instantiate themselves.
# There is one label a test because gtest_discover_tests drops whatever follows a list of labels.
function(gradproof_test NAME)
    cmake_parse_arguments(PARSE_ARGV 1 TEST "OPTIMISED" "" "SOURCES;LINKS;LABELS")
    if(TEST_UNPARSED_ARGUMENTS OR NOT TEST_SOURCES)
        message(FATAL_ERROR "gradproof_test(${NAME} ${ARGN}): wanted are SOURCES file..., [LINKS target...], [LABELS quick|soak...], [OPTIMISED]")
    endif()
    if(NOT TEST_LABELS)
        set(TEST_LABELS quick)
    endif()

    add_executable(${NAME} ${TEST_SOURCES})
    gradproof_own_options(${NAME})
    target_link_libraries(${NAME} PRIVATE gradproof_test_main rapidcheck rapidcheck_gtest GTest::gtest ${TEST_LINKS})
    # Among the headers are MPFR's, which must then be linked.
    target_link_libraries(${NAME} PRIVATE gradproof::scalar)
    if(NOT TEST_OPTIMISED)
        gradproof_compile_quickly(${NAME})
        # Headers that were compiled without optimisation do not fit where there is some.
        gradproof_reuse_headers(${NAME} gradproof_test_headers)
    endif()

    foreach(label IN LISTS TEST_LABELS)
        # Seconds, for one test: generous enough for the sanitizers on a busy machine, small enough to end a hang.
        if(label STREQUAL "quick")
            set(prefix "")
            set(timeout 120)
        elseif(label STREQUAL "soak")
            set(prefix "soak: ")
            set(timeout 14400)
        else()
            message(FATAL_ERROR "gradproof_test(${NAME}): label ${label}; wanted is quick or soak")
        endif()
        gtest_discover_tests(${NAME}
            EXTRA_ARGS --profile=${label}
            TEST_PREFIX "${prefix}"
            TEST_LIST ${NAME}_${label}_tests
            DISCOVERY_MODE PRE_TEST
            DISCOVERY_TIMEOUT 60
            PROPERTIES LABELS ${label} TIMEOUT ${timeout})
    endforeach()
endfunction()
