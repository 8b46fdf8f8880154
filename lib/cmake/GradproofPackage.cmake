# What an installed gradproof consists of beside its parts: the package files that find_package reads, and the command.
# Three components, each needing the ones before it, keep what a consumer must have installed to what it asks for:
# core needs Boost, MPFR, GMP and fmt; laws needs RapidCheck too; testing serves GoogleTest too, where it is there.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/gradproof")
foreach(component IN ITEMS core laws testing)
    get_property(parts GLOBAL PROPERTY GRADPROOF_PARTS_${component})
    string(REPLACE ";" " " GRADPROOF_PARTS_${component} "${parts}")
    install(EXPORT gradproof-${component} NAMESPACE gradproof:: DESTINATION "${package_dir}")
endforeach()

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/gradproof-config.cmake.in"
    "${PROJECT_BINARY_DIR}/gradproof-config.cmake"
    INSTALL_DESTINATION "${package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/gradproof-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/gradproof-config.cmake"
    "${PROJECT_BINARY_DIR}/gradproof-config-version.cmake"
    "${CMAKE_CURRENT_LIST_DIR}/FindGMP.cmake"
    "${CMAKE_CURRENT_LIST_DIR}/FindMPFR.cmake"
    "${CMAKE_CURRENT_LIST_DIR}/GradproofAddTests.cmake"
    DESTINATION "${package_dir}")

if(TARGET gradproof)
    install(TARGETS gradproof RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
