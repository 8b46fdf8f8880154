// Answers as lines: flat or nested, with words for what JSON has no number for.
#include <gradproof/case/one_line.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/answer.hpp>
#include <gradproof/subject/broken_json.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/question.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace gradproof::subject {
namespace {

using Numbers = std::vector<double>;

/// W + W of shape [2, 3], and an input s that is not used.
[[nodiscard]] cases::Case a_case() {
    cases::Case drawn;
    const auto W = drawn.graph.add_input("W", {2, 3});
    drawn.graph.add_input("s", {});
    drawn.graph.apply(primitives::primitive("add"), {W, W});
    drawn.inputs = {{1, 2, 3, 4, 5, 6}, {7}};
    drawn.cotangent = {1, 0.5, -0.0, 0, 0, 0};
    return drawn;
}

TEST(AQuestion, is_the_case_on_one_line) {
    EXPECT_EQ(question_line(12, a_case(), a_case().cotangent),
              R"({"id":12,"case":{"format":"gradproof case","version":1,"numbers":"binary64",)"
              R"("inputs":[{"name":"W","shape":[2,3],"values":[1,2,3,4,5,6]},)"
              R"({"name":"s","shape":[],"values":[7]}],)"
              R"("program":[{"node":"n2","primitive":"add","operands":["W","W"]}],)"
              R"("output":"n2","cotangent":[1,0.5,"-0",0,0,0]}})");
    const std::string line = tangent_question_line(3, a_case(), Numbers{1, 2, 3, 4, 5, 6, 0.5});
    EXPECT_TRUE(line.ends_with(R"(},"tangent":[[1,2,3,4,5,6],[0.5]]})")) << line;
    EXPECT_EQ(read_question(line).tangent, (Numbers{1, 2, 3, 4, 5, 6, 0.5}));
}

TEST(JsonOnOneLine, keeps_the_white_space_of_texts) {
    EXPECT_EQ(cases::one_line("{ \"a b\" :\t[\"\\\" c \\\\\" , 1 ] ,\n \"d\": \"e  f\" }\n"),
              "{\"a b\":[\"\\\" c \\\\\",1],\"d\":\"e  f\"}");
}

TEST(AnAnswer, may_be_flat_or_nested_and_a_scalar_bare) {
    for (const char* line :
         {R"({"id":1,"primal":[2,4,6,8,10,12],"gradient":[[1,2,3,4,5,6],[0]]})",
          R"({"gradient": [[[1, 2, 3], [4, 5, 6]], 0], "primal": [[2,4,6],[8,10,12]], "id": 1})"}) {
        const cases::Answer answer = read_answer(line, 1, a_case());
        EXPECT_EQ(answer.primal, (Numbers{2, 4, 6, 8, 10, 12}));
        EXPECT_EQ(answer.gradient, (Numbers{1, 2, 3, 4, 5, 6, 0}));
    }
    EXPECT_EQ(read_jvp(R"({"id":1,"jvp":[[1,2,3],[4,5,6]]})", 1, a_case()),
              (Numbers{1, 2, 3, 4, 5, 6}));
}

TEST(AnAnswer, nested_in_another_shape_is_refused) {
    for (const char* primal : {"[[1,2],[3,4],[5,6]]", "[[1,2,3],[4,5]]", "[[1,2,3],4]",
                               "[[[1],[2],[3]],[[4],[5],[6]]]", "[[1,2,3,4,5,6]]"}) {
        try {
            static_cast<void>(
                read_jvp("{\"id\":1,\"jvp\":" + std::string(primal) + "}", 1, a_case()));
            ADD_FAILURE() << primal << " was read";
        } catch (const Fault& fault) {
            EXPECT_EQ(fault.kind(), FaultKind::wrong_count) << fault.what();
            EXPECT_NE(std::string(fault.what()).find("[2, 3]"), std::string::npos) << fault.what();
        }
    }
}

TEST(AnAnswer, of_no_numbers_may_be_written_in_every_way) {
    cases::Case drawn;
    drawn.graph.add_input("x", {2, 0});
    drawn.inputs = {{}};
    for (const char* line : {R"({"id":1,"jvp":[]})", R"({"id":1,"jvp":[[],[]]})"})
        EXPECT_EQ(read_jvp(line, 1, drawn), Numbers{});
}

TEST(AnAnswer, has_zeros_of_either_sign) {
    const Numbers jvp = read_jvp(R"({"id":1,"jvp":[0,-0.0,"-0",-0,0.0,-0e3]})", 1, a_case());
    const std::vector<bool> signs{false, true, true, true, false, true};
    for (std::size_t i = 0; i < jvp.size(); ++i) {
        EXPECT_EQ(jvp[i], 0);
        EXPECT_EQ(std::signbit(jvp[i]), signs[i]) << "entry " << i;
    }
}

TEST(BrokenJson, is_known_by_numbers_without_quotes) {
    EXPECT_EQ(unquoted_number(R"([1,NaN])"), "NaN is no JSON; write \"nan\"");
    EXPECT_EQ(unquoted_number(R"([-nan])"), "-nan is no JSON; write \"nan\"");
    EXPECT_EQ(unquoted_number(R"([-Infinity])"), "-Infinity is no JSON; write \"-inf\"");
    EXPECT_EQ(unquoted_number(R"([inf])"), "inf is no JSON; write \"inf\"");
    EXPECT_EQ(unquoted_number(R"(["nan",1e5,true,"\"inf",nano])"), std::nullopt);
}

TEST(BrokenJson, breaks_off_inside_of_something) {
    EXPECT_TRUE(breaks_off(R"({"a":[1,2)"));
    EXPECT_TRUE(breaks_off(R"({"a":"b\")"));
    EXPECT_FALSE(breaks_off(R"({"a":["[{"]})"));
    EXPECT_FALSE(breaks_off("]]"));
}

}  // namespace
}  // namespace gradproof::subject
