# Finds the GNU multiple precision library: defines GMP::GMP and GMP_VERSION.
find_path(GMP_INCLUDE_DIR gmp.h)
find_library(GMP_LIBRARY gmp)
mark_as_advanced(GMP_INCLUDE_DIR GMP_LIBRARY)

if(GMP_INCLUDE_DIR)
    # Some distributions keep the numbers in an architecture's own header beside gmp.h.
    file(GLOB _gmp_headers "${GMP_INCLUDE_DIR}/gmp*.h")
    foreach(_gmp_header IN LISTS _gmp_headers)
        file(STRINGS "${_gmp_header}" _gmp_lines REGEX "^#define[ \t]+__GNU_MP_VERSION(_MINOR|_PATCHLEVEL)?[ \t]+[0-9]+")
        if(_gmp_lines MATCHES "VERSION[ \t]+([0-9]+).*_MINOR[ \t]+([0-9]+).*_PATCHLEVEL[ \t]+([0-9]+)")
            set(GMP_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}.${CMAKE_MATCH_3}")
        endif()
    endforeach()
    unset(_gmp_headers)
    unset(_gmp_header)
    unset(_gmp_lines)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(GMP REQUIRED_VARS GMP_LIBRARY GMP_INCLUDE_DIR VERSION_VAR GMP_VERSION)

if(GMP_FOUND AND NOT TARGET GMP::GMP)
    add_library(GMP::GMP UNKNOWN IMPORTED)
    set_target_properties(GMP::GMP PROPERTIES
        IMPORTED_LOCATION "${GMP_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${GMP_INCLUDE_DIR}")
endif()
