# Builds a consumer project of its own against gradproof, runs it and looks at what it says; run by ctest with
#   CONSUMER     the consumer's folder             WORK_DIR      an empty folder of the test's own
#   BUILD_TREE   gradproof's build tree, installed below WORK_DIR for the consumer to find, or
#   SOURCE_TREE  gradproof's source tree, which the consumer is to build itself
#   SETTINGS     -D options for the consumer, the compiler and flags of gradproof's build among them
#   EXIT_CODE    the exit code of the consumer's program
#   OUTPUT       regular expressions, each of which must match what the program prints
#   REPORT       a text that the program must print; "~" in it stands for what differs by machine
#   CTEST        regular expressions, each of which must match what the consumer's tests, run by ctest with their labels
#                shown, print: those that gradproof_add_tests() has registered
#   CONFIGURE_ONLY  true to stop before building
cmake_minimum_required(VERSION 3.25)

function(run_step WHAT)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${WHAT} failed (${result}):\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
if(SOURCE_TREE)
    list(APPEND SETTINGS "-DGRADPROOF_SOURCE_TREE=${SOURCE_TREE}")
else()
    run_step("Installing gradproof" "${CMAKE_COMMAND}" --install "${BUILD_TREE}" --prefix "${WORK_DIR}/prefix")
    list(APPEND SETTINGS "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix")
endif()

run_step("Configuring the consumer" "${CMAKE_COMMAND}" -S "${CONSUMER}" -B "${WORK_DIR}/build" ${SETTINGS})
if(CONFIGURE_ONLY)
    return()
endif()
run_step("Building the consumer" "${CMAKE_COMMAND}" --build "${WORK_DIR}/build" --target consumer)

execute_process(COMMAND "${WORK_DIR}/build/consumer" WORKING_DIRECTORY "${WORK_DIR}"
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
message("${output}")
if(NOT result EQUAL EXIT_CODE)
    message(FATAL_ERROR "The consumer's program ended with ${result}; wanted is ${EXIT_CODE}")
endif()
foreach(line IN LISTS OUTPUT)
    if(NOT output MATCHES "${line}")
        message(FATAL_ERROR "The consumer's program does not say what matches ${line}")
    endif()
endforeach()
if(REPORT)
    file(READ "${REPORT}" rest)
    while(NOT rest STREQUAL "")
        string(FIND "${rest}~" "~" hole)
        string(SUBSTRING "${rest}" 0 ${hole} piece)
        string(FIND "${output}" "${piece}" found)
        if(found EQUAL -1)
            message(FATAL_ERROR "The consumer's program does not print:\n${piece}")
        endif()
        math(EXPR next "${hole} + 1")
        string(SUBSTRING "${rest}~" ${next} -1 rest)
        string(REGEX REPLACE "~$" "" rest "${rest}")
    endwhile()
endif()
if(CTEST)
    set(ENV{RC_PARAMS} "seed=1 max_success=50")
    execute_process(COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${WORK_DIR}/build" -V
        OUTPUT_VARIABLE output ERROR_VARIABLE output)
    foreach(line IN LISTS CTEST)
        if(NOT output MATCHES "${line}")
            message(FATAL_ERROR "The consumer's ctest does not say what matches ${line}:\n${output}")
        endif()
    endforeach()
endif()
