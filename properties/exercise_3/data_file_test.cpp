// The data file of Exercise 3 is read strictly: an error names the file, the place and the remedy.
#include "judged.hpp"

#include <gtest/gtest.h>
#include <gradproof/case/format_error.hpp>

#include <string>

namespace gradproof::fixtures {
namespace {

std::string refusal(const std::string& before, const std::string& after) {
    try {
        (void)judged_with(before, after);
    } catch (const cases::FormatError& error) {
        return error.what();
    }
    return "was read";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(DataFile, a_number_that_is_none_is_refused_at_its_place) {
    const std::string error = refusal("\"-0.42\"", "\"-0,42\"");
    EXPECT_TRUE(has(error, "exercise_3.json:12:39: ")) << error;
    EXPECT_TRUE(has(error, "second vector")) << error;
    EXPECT_TRUE(has(error, "given \"-0,42\", wanted a decimal such as \"-0.42\"")) << error;
    EXPECT_TRUE(has(refusal("\"-0.42\"", "-0.42"), "exercise_3.json:12:39: "));
    EXPECT_TRUE(has(refusal("\"-0.42\"", "\"0.12345678901234567890\""), "at most 15 digits"));
}

TEST(DataFile, unknown_missing_and_repeated_fields_are_refused) {
    EXPECT_TRUE(has(refusal("\"dL/dh2\"", "\"dL/dh3\""), "dL/dh3"));
    EXPECT_TRUE(has(refusal("\"h2\": [\"0.2\", \"0.5\", \"0.3\"],", ""), "h2"));
    EXPECT_TRUE(has(refusal("\"title\":", "\"title\": \"\", \"title\":"), "title"));
    EXPECT_TRUE(has(refusal("\"version\": 1", "\"version\": 2"), "version 1"));
    EXPECT_TRUE(has(refusal("\"id\": \"equation-5\"", "\"id\": \"h1-entry-2\""),
                    "record each erratum once"));
    EXPECT_TRUE(has(refusal("\"printed derivation\"", "\"case\""), "printed derivation"));
}

TEST(DataFile, lists_that_do_not_fit_each_other_are_refused) {
    EXPECT_TRUE(has(refusal("[\"1\", \"3\", \"2\"]", "[\"1\", \"3\"]"),
                    "given 2 numbers, wanted 3, as h1 has"));
    EXPECT_TRUE(has(refusal("[\"3\", \"a\"]", "[\"3\"]"), "given 1 sizes, wanted 2"));
    EXPECT_TRUE(
        has(refusal("[\"2\", \"3\", \"5\", \"1\"]", "[]"), "given 0 numbers, wanted at least one"));
    EXPECT_TRUE(has(refusal("[\"b\"]", "[\"b2\"]"), "a size such as"));
}

TEST(DataFile, numbers_that_the_exercise_cannot_have_are_refused) {
    EXPECT_TRUE(has(refusal("\"h2\": [\"0.2\"", "\"h2\": [\"1.2\""), "a number between 0 and 1"));
    EXPECT_TRUE(has(refusal("\"h2\": [\"0.2\"", "\"h2\": [\"0\""), "a number between 0 and 1"));
    EXPECT_TRUE(has(refusal("\"5\", \"1\"]", "\"5\", \"0\"]"), "another number than 0"));
    EXPECT_TRUE(has(refusal("\"5\", \"1\"]", "\"5.1\", \"1\"]"), "exact in binary"));
}

TEST(DataFile, what_is_no_json_is_refused) {
    EXPECT_THROW((void)verify_exercise_3("", 1), cases::FormatError);
    EXPECT_THROW((void)verify_exercise_3("{}", 1), cases::FormatError);
    EXPECT_THROW((void)verify_exercise_3("[1, 2", 1), cases::FormatError);
}

}  // namespace
}  // namespace gradproof::fixtures
