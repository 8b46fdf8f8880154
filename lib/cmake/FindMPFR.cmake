# Finds the GNU MPFR library of correctly rounded floats: defines MPFR::MPFR and MPFR_VERSION. Find GMP first.
find_path(MPFR_INCLUDE_DIR mpfr.h)
find_library(MPFR_LIBRARY mpfr)
mark_as_advanced(MPFR_INCLUDE_DIR MPFR_LIBRARY)

if(MPFR_INCLUDE_DIR)
    file(STRINGS "${MPFR_INCLUDE_DIR}/mpfr.h" _mpfr_line REGEX "^#define[ \t]+MPFR_VERSION_STRING[ \t]+\"")
    if(_mpfr_line MATCHES "\"([0-9.]+)")
        set(MPFR_VERSION "${CMAKE_MATCH_1}")
    endif()
    unset(_mpfr_line)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MPFR REQUIRED_VARS MPFR_LIBRARY MPFR_INCLUDE_DIR VERSION_VAR MPFR_VERSION)

if(MPFR_FOUND AND NOT TARGET MPFR::MPFR)
    add_library(MPFR::MPFR UNKNOWN IMPORTED)
    set_target_properties(MPFR::MPFR PROPERTIES
        IMPORTED_LOCATION "${MPFR_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${MPFR_INCLUDE_DIR}"
        INTERFACE_LINK_LIBRARIES GMP::GMP)
endif()
