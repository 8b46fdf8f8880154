# Writes the C++ text of one embedded file; run by gradproof_embed() with name, file, header and source.
file(READ "${file}" bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")

# Every byte as a character of its own: no quoting, no encoding and no delimiter can get in the way, and no compiler's
# limit on the length of a literal (clang's is 65536) either.
string(REPEAT "[0-9a-f]" 32 sixteen_bytes)
string(REGEX REPLACE "(${sixteen_bytes})" "\\1\n" text "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," text "${text}")

get_filename_component(shown "${file}" NAME)
file(WRITE "${header}" "// The bytes of ${shown}, embedded at build time.
#pragma once

#include <string_view>

namespace gradproof::embedded {

extern const std::string_view ${name};

}  // namespace gradproof::embedded
")
file(WRITE "${source}" "// The bytes of ${shown}, embedded at build time.
#include \"embedded/${name}.hpp\"

namespace gradproof::embedded {

static constexpr char ${name}_bytes[] = {
${text}'\\0'};

constinit const std::string_view ${name}{${name}_bytes, ${size}};

}  // namespace gradproof::embedded
")
