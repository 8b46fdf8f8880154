# What gradproof needs from others: the system's packages, or, where there is none, a pinned commit.
# Packages are found with global targets, so that a project that adds gradproof as a subdirectory can link to them.
include(FetchContent)

find_package(Boost 1.81 CONFIG REQUIRED GLOBAL)
find_package(GMP 6.2 REQUIRED GLOBAL)
find_package(MPFR 4.1 REQUIRED GLOBAL)

FetchContent_Declare(fmt
    GIT_REPOSITORY https://github.com/fmtlib/fmt.git
    GIT_TAG a33701196adfad74917046096bf5a2aa0ab0bb50 # 9.1.0
    FIND_PACKAGE_ARGS 9 CONFIG GLOBAL)
FetchContent_Declare(nlohmann_json
    GIT_REPOSITORY https://github.com/nlohmann/json.git
    GIT_TAG bc889afb4c5bf1c0d8ee29ef35eaaf4c8bef8a5d # 3.11.2
    FIND_PACKAGE_ARGS 3.11 CONFIG GLOBAL)
FetchContent_Declare(CLI11
    GIT_REPOSITORY https://github.com/CLIUtils/CLI11.git
    GIT_TAG 70f8072f9dd2292fd0b9f9e5f58e279f60483ed3 # 2.1.2
    FIND_PACKAGE_ARGS 2.1 CONFIG GLOBAL)
FetchContent_Declare(rapidcheck
    GIT_REPOSITORY https://github.com/emil-e/rapidcheck.git
    GIT_TAG 08b505857e32d52a20b2240b5125d937d67a6d86
    GIT_SUBMODULES ""
    FIND_PACKAGE_ARGS CONFIG GLOBAL) # Debian's package has no version file, so no version is asked for
FetchContent_Declare(GTest
    GIT_REPOSITORY https://github.com/google/googletest.git
    GIT_TAG 58d77fa8070e8cec2dc1ed015d66b454c8d78850 # 1.12.1
    FIND_PACKAGE_ARGS 1.12 CONFIG GLOBAL)

# Read by the fetched projects only. What is installed of gradproof refers to fmt, GoogleTest and RapidCheck, so these are
# installed with it.
set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
set(FMT_INSTALL ${GRADPROOF_INSTALL})
set(INSTALL_GTEST ${GRADPROOF_INSTALL})
set(BUILD_GMOCK OFF)
set(RC_ENABLE_GTEST ON)

# Their headers are not ours to warn about. (CMake 3.25.1 takes the keyword SYSTEM of FetchContent_Declare for a part of
# GIT_TAG; the directory's property says the same.)
set_property(DIRECTORY PROPERTY SYSTEM ON)
FetchContent_MakeAvailable(fmt nlohmann_json GTest rapidcheck CLI11)
set_property(DIRECTORY PROPERTY SYSTEM OFF)
