# Headers that most files need, compiled once: gradproof_headers_for(), gradproof_reuse_headers().
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
