# How a data file of fixtures/ travels inside a program: gradproof_embed().
set(GRADPROOF_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/write_embedded.cmake")

# gradproof_embed(TARGET NAME FILE) compiles FILE's bytes into TARGET, whose sources and users then write
#   #include "embedded/NAME.hpp"      // declares: extern const std::string_view gradproof::embedded::NAME;
# The text is written anew at build time whenever FILE changes.
function(gradproof_embed TARGET NAME FILE)
    cmake_path(ABSOLUTE_PATH FILE)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${TARGET}_embedded")
    set(header "${folder}/embedded/${NAME}.hpp")
    set(source "${folder}/embedded/${NAME}.cpp")
    add_custom_command(OUTPUT "${header}" "${source}"
        COMMAND "${CMAKE_COMMAND}" -D "name=${NAME}" -D "file=${FILE}" -D "header=${header}" -D "source=${source}"
            -P "${GRADPROOF_EMBED_SCRIPT}"
        DEPENDS "${FILE}" "${GRADPROOF_EMBED_SCRIPT}"
        COMMENT "Embedding ${NAME}"
        VERBATIM)
    target_sources(${TARGET} PRIVATE "${source}" "${header}")
    target_include_directories(${TARGET} PUBLIC "$<BUILD_INTERFACE:${folder}>")
endfunction()
