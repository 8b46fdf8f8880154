# How a part of the library becomes a target: gradproof_part(), and the options that all of gradproof's own files share.
include(GNUInstallDirs)

# gradproof_own_options(TARGET): language, warnings and arithmetic of gradproof's own files. All of it is private:
# a consumer inherits no flag of ours.
function(gradproof_own_options TARGET)
    set_target_properties(${TARGET} PROPERTIES
        CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
    gradproof_join_sources(${TARGET})
    target_compile_options(${TARGET} PRIVATE
        -Wall -Wextra -Wpedantic -Wconversion -Wshadow
        $<$<BOOL:${GRADPROOF_WARNINGS_AS_ERRORS}>:-Werror>
        # GCC 12 sees overlaps and overflows in std::string's operator+ that are not there (GCC bug 105651, mended in 13);
        # whether it does depends on the lengths of literals, and so on the path of the checkout.
        "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow>"
        # GCC 12 vectorises neighbouring double(float(x)) into nothing, and float is what such code is there for.
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-fno-tree-slp-vectorize>
        # A fused multiply-add would round differently from what the error bounds count.
        -ffp-contract=off)
endfunction()

# gradproof_debug_quickly(TARGET): where text is made little is computed, and a build for the sanitizers takes half as
# long without optimisation.
function(gradproof_debug_quickly TARGET)
    target_compile_options(${TARGET} PRIVATE $<$<CONFIG:Debug>:-O0>)
endfunction()

# gradproof_part(NAME [SOURCES file...] [HEADERS file...] [LINKS target...] [PRIVATE_LINKS target...]
#                [COMPONENT core|laws|testing])
# makes the static library gradproof_<NAME>, known as gradproof::<NAME> here and after installing. A part without
# sources is an interface library. Files are named relative to the part's folder; headers are included as
# <gradproof/NAME/file.hpp> before and after installing.
#   LINKS          what the headers include: it reaches whoever links to this part
#   PRIVATE_LINKS  what only the sources include; where that is header-only, the installed package does not ask for it
#   COMPONENT      the package component that holds the part (default core); see GradproofPackage.cmake
function(gradproof_part NAME)
    cmake_parse_arguments(PARSE_ARGV 1 PART "" "COMPONENT" "SOURCES;HEADERS;LINKS;PRIVATE_LINKS")
    if(PART_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "gradproof_part(${NAME}): unknown arguments ${PART_UNPARSED_ARGUMENTS}; "
            "wanted are SOURCES, HEADERS, LINKS, PRIVATE_LINKS, COMPONENT")
    endif()
    if(NOT PART_COMPONENT)
        set(PART_COMPONENT core)
    endif()

    set(target gradproof_${NAME})
    if(PART_SOURCES)
        add_library(${target} STATIC ${PART_SOURCES})
        gradproof_own_options(${target})
        set(scope PUBLIC)
        foreach(link IN LISTS PART_PRIVATE_LINKS)
            get_target_property(type ${link} TYPE)
            if(type STREQUAL "INTERFACE_LIBRARY")
                set(link "$<BUILD_INTERFACE:${link}>")
            endif()
            target_link_libraries(${target} PRIVATE "${link}")
        endforeach()
        set(owner gradproof_headers)
        if("fmt::fmt" IN_LIST PART_PRIVATE_LINKS)
            set(owner gradproof_headers_with_fmt)
            gradproof_debug_quickly(${target})
        endif()
        gradproof_reuse_headers(${target} ${owner})
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    add_library(gradproof::${NAME} ALIAS ${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${NAME})
    target_compile_features(${target} ${scope} cxx_std_20)
    target_link_libraries(${target} ${scope} ${PART_LINKS})
    # A header with a source of its name is the first include there, and so compiled on its own; the others are by
    # CMake's verification of header sets, which costs a compilation each.
    set(sourced ${PART_HEADERS})
    set(alone ${PART_HEADERS})
    foreach(header IN LISTS PART_HEADERS)
        cmake_path(REPLACE_EXTENSION header LAST_ONLY cpp OUTPUT_VARIABLE source)
        if(source IN_LIST PART_SOURCES)
            list(REMOVE_ITEM alone ${header})
        else()
            list(REMOVE_ITEM sourced ${header})
        endif()
    endforeach()
    target_sources(${target} ${scope}
        FILE_SET HEADERS BASE_DIRS "${gradproof_SOURCE_DIR}/lib" FILES ${sourced}
        FILE_SET headers_alone TYPE HEADERS BASE_DIRS "${gradproof_SOURCE_DIR}/lib" FILES ${alone})
    set_target_properties(${target} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY headers_alone)

    set_property(GLOBAL APPEND PROPERTY GRADPROOF_PARTS_${PART_COMPONENT} ${NAME})
    if(GRADPROOF_INSTALL)
        install(TARGETS ${target} EXPORT gradproof-${PART_COMPONENT}
            ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
            FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
            FILE_SET headers_alone DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    endif()
endfunction()
