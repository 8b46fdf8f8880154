// What must hold of an embedded file: it is the file, byte for byte.
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "embedded/awkward.hpp"
#include "embedded/licence.hpp"

namespace {

std::string bytes_of(const char* path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

TEST(AnEmbeddedFile, is_the_file_byte_for_byte) {
    ASSERT_GT(bytes_of(GRADPROOF_LICENCE).size(), 1000U);
    EXPECT_EQ(gradproof::embedded::licence, bytes_of(GRADPROOF_LICENCE));
}

TEST(AnEmbeddedFile, may_hold_quotes_escapes_and_more_than_a_literal_can) {
    ASSERT_GT(bytes_of(GRADPROOF_AWKWARD).size(), 200000U);
    EXPECT_TRUE(gradproof::embedded::awkward == bytes_of(GRADPROOF_AWKWARD));
}

}  // namespace
