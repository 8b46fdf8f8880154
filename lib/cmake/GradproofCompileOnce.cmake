# What many files need is compiled once: their headers ahead of them (gradproof_headers_for(), gradproof_reuse_headers()),
# and what templates they share by joining sources of a target (gradproof_join_sources()).
# Boost.Multiprecision is half of what a small file costs, GoogleTest with RapidCheck half of what a test does.
option(GRADPROOF_PRECOMPILE_HEADERS "Compile the headers that most files of lib/ include only once" ${PROJECT_IS_TOP_LEVEL})
option(GRADPROOF_PRECOMPILE_TEST_HEADERS "Compile the headers that most tests include only once" ${PROJECT_IS_TOP_LEVEL})

# gradproof_headers_for(OWNER header...) lets the target OWNER compile these for others that are compiled as it is: with
# the same options and definitions.
function(gradproof_headers_for OWNER)
    gradproof_own_options(${OWNER})
    target_precompile_headers(${OWNER} PRIVATE ${ARGN})
endfunction()

# gradproof_reuse_headers(TARGET OWNER) spares TARGET what OWNER has compiled, if there is one.
function(gradproof_reuse_headers TARGET OWNER)
    if(TARGET ${OWNER})
        target_precompile_headers(${TARGET} REUSE_FROM ${OWNER})
    endif()
endfunction()

# Half of a cold build: each file alone reads the headers and compiles its own copies of the same templates. Turned
# off, one changed file is compiled sooner, and a file that lives by another's includes is seen.
option(GRADPROOF_JOIN_SOURCES "Compile the sources of a target some at a time" ${PROJECT_IS_TOP_LEVEL})

# gradproof_join_sources(TARGET) joins so many that two cores still share a part of the library.
function(gradproof_join_sources TARGET)
    set_target_properties(${TARGET} PROPERTIES UNITY_BUILD ${GRADPROOF_JOIN_SOURCES} UNITY_BUILD_BATCH_SIZE 12)
endfunction()
