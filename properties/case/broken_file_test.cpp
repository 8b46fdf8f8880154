// What a broken case file must get: an error that names file, place and remedy. Each row breaks one
// thing in a sound file.
#include <gradproof/case/file.hpp>

#include "refusal.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gradproof::cases {
namespace {

const std::string kSound = R"({"format": "gradproof case", "version": 1,
 "numbers": "binary64",
 "inputs": [{"name": "x", "shape": [3], "values": [1, 0.5, "-0"]},
            {"name": "W", "shape": [2, 3], "values": [1, 2, 3, 4, 5, 6]}],
 "program": [{"node": "n2", "primitive": "slice", "operands": ["x"], "attributes": {"begin": 0, "end": 2}},
             {"node": "n3", "primitive": "matvec", "operands": ["W", "x"]},
             {"node": "n4", "primitive": "hadamard", "operands": ["n2", "n3"]}],
 "output": "n4", "cotangent": [1, 0.25],
 "finding": {"law": "a law", "subject": "backprop", "seed": 42, "verdict": "wrong",
             "report": ["line"], "gradproof": "0.1.0"}}
)";

struct Slip {
    std::string from;  ///< in the sound file
    std::string to;
    std::string place;  ///< where the error says it is
    std::string error;  ///< a part of what it says
};

// clang-format off
const std::vector<Slip> kSlips{
    // Declarations.
    {"\"gradproof case\"", "\"gradproof suite\"", "1:12: format:", "wanted \"gradproof case\"; give a case file"},
    {"\"format\": \"gradproof case\", ", "", "1:1: given no field \"format\"", "add it"},
    {"\"version\": 1", "\"version\": 2", "1:41: version:", "given the number 2, wanted version 1; read it with"},
    {"\"version\": 1", "\"version\": \"1\"", "1:41: version:", "given \"1\", wanted a whole number"},
    {"\"version\": 1", "\"version\": 1.0", "1:41: version:", "given the number 1.0, wanted a whole number"},
    {"\"binary64\"", "\"decimal\"", "2:13: numbers:", "\"decimal\" is for the printed numbers of worked examples"},
    {"\"binary64\"", "\"binary16\"", "2:13: numbers:", "given \"binary16\", wanted \"binary64\" or \"binary32\""},
    {"\"binary64\"", "64", "2:13: numbers:", "given the number 64, wanted a text"},
    {"\"numbers\": \"binary64\",", "", "1:1: given no field \"numbers\"", "add it"},
    {"\"output\": \"n4\",", "\"ouput\": \"n4\",", "8:2: given the unknown field \"ouput\"", "mend its name"},
    // Inputs.
    {"\"shape\": [3]", "\"shape\": [2]", "3:51: inputs[0].values:", "given 3 numbers, wanted 2, since its shape is [2]"},
    {"\"shape\": [3]", "\"shape\": [-3]", "3:37: inputs[0].shape[0]:", "given the number -3, wanted a whole number"},
    {"\"shape\": [3]", "\"shape\": [1.5]", "inputs[0].shape[0]:", "given the number 1.5, wanted a whole number"},
    {"\"shape\": [3]", "\"shape\": 3", "inputs[0].shape:", "given the number 3, wanted a list"},
    {"\"shape\": [3]", "\"shape\": [99999999999999999999]", "inputs[0].shape[0]:", "wanted a whole number from 0 to"},
    {"\"shape\": [3]", "\"shape\": [4294967296, 4294967296]", "inputs[0].shape:", "wanted at most 1000000 entries; draw a smaller case"},
    {"\"shape\": [3]", "\"shape\": [0, 18446744073709551615]", "inputs[0].shape:", "wanted at most 1000000 entries"},
    {"\"shape\": [3]", "\"shape\": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,3]", "inputs[0].shape:", "given a shape of 17 axes, wanted at most 16"},
    {"[1, 0.5, \"-0\"]", "[1, 0.5, \"NaN\"]", "3:60: inputs[0].values[2]:", "given \"NaN\", wanted a number or one of \"nan\", \"inf\""},
    {"[1, 0.5, \"-0\"]", "[1, \"0.5\", 0]", "inputs[0].values[1]:", "given \"0.5\", wanted a number or one of"},
    {"[1, 0.5, \"-0\"]", "[1, null, 0]", "inputs[0].values[1]:", "given null, wanted a number"},
    {"[1, 0.5, \"-0\"]", "[1, true, 0]", "inputs[0].values[1]:", "given true, wanted a number"},
    {"[1, 0.5, \"-0\"]", "[1, [0.5], 0]", "inputs[0].values[1]:", "given a list, wanted a number"},
    {"[1, 0.5, \"-0\"]", "[1, 1e400, 0]", "3:55: inputs[0].values[1]:", "given the number 1e400, wanted a number within the range"},
    {"[1, 0.5, \"-0\"]", "[1, 1e-400, 0]", "inputs[0].values[1]:", "given the number 1e-400, wanted a number within the range of binary64; write"},
    {"[1, 0.5, \"-0\"]", "[]", "inputs[0].values:", "given 0 numbers, wanted 3"},
    {"\"name\": \"x\"", "\"name\": \"n2\"", "3:22: inputs[0].name:", "given an input called \"n2\", wanted none of n0, n1, n2, ..."},
    {"\"name\": \"x\"", "\"name\": \"\"", "inputs[0].name:", "given the name \"\", wanted 1 to 100 bytes"},
    {"\"name\": \"x\"", "\"name\": \"a\\nb\"", "inputs[0].name:", "without control characters; choose another"},
    {"\"name\": \"x\"", "\"name\": \"a\\u009b31m\"", "inputs[0].name:", "without control characters; choose another"},
    {"\"name\": \"x\"", "\"name\": \"W\"", "4:22: inputs[1].name:", "given \"W\", wanted a name that is not taken"},
    {"\"name\": \"x\", ", "", "3:13: inputs[0]: given no field \"name\"", "add it"},
    {"\"name\": \"x\"", "\"name\": \"x\", \"unit\": \"m\"", "inputs[0]: given the unknown field \"unit\"", "wanted \"name\", \"shape\", \"values\""},
    {"{\"name\": \"x\", \"shape\": [3], \"values\": [1, 0.5, \"-0\"]}", "7", "inputs[0]:", "given the number 7, wanted an object with the fields"},
    // Program.
    {"\"slice\"", "\"slise\"", "5:42: program[0].primitive:", "unknown primitive \"slise\"; the nearest is \"slice\""},
    {"\"slice\"", "\"\"", "program[0].primitive:", "given the name \"\""},
    {"\"slice\"", "[]", "program[0].primitive:", "given an empty list, wanted a text"},
    {"\"operands\": [\"x\"]", "\"operands\": [\"y\"]", "program[0].operands[0]:", "given \"y\", wanted the name of an input or of an earlier node"},
    {"\"operands\": [\"x\"]", "\"operands\": [\"n4\"]", "program[0].operands[0]:", "move that node up: a program has no cycles"},
    {"\"operands\": [\"x\"]", "\"operands\": [\"n2\"]", "program[0].operands[0]:", "a program has no cycles"},
    {"\"operands\": [\"x\"]", "\"operands\": [0]", "program[0].operands[0]:", "given the number 0, wanted a text; put it in double quotes"},
    {"\"operands\": [\"x\"]", "\"operands\": []", "5:14: program[0]:", "slice: given 0 operands, wanted 1; mend operands"},
    {"[\"W\", \"x\"]", "[\"x\", \"W\"]", "6:14: program[1]:", "matvec: given [3] and [2, 3], wanted [m, n] and [n]; mend operands"},
    {"\"end\": 2}", "\"end\": 7}", "program[0]:", "wanted integers with 0 <= begin <= end <= 3"},
    {"\"end\": 2}", "\"end\": \"nan\"}", "program[0]:", "wanted integers with 0 <= begin <= end <= 3"},
    {", \"end\": 2}", "}", "program[0].attributes: given no field \"end\"", "add it"},
    {"\"end\": 2}", "\"stop\": 2}", "program[0].attributes: given the unknown field \"stop\"", "wanted \"begin\", \"end\""},
    {", \"attributes\": {\"begin\": 0, \"end\": 2}", "", "program[0]: given no attributes, wanted \"begin\", \"end\" of slice", "add \"attributes\": {...}"},
    {"[\"W\", \"x\"]}", "[\"W\", \"x\"], \"attributes\": {\"k\": 1}}", "program[1].attributes:", "wanted none, since matvec has no attributes; remove them"},
    {"[\"W\", \"x\"]}", "[\"W\", \"x\"], \"attributes\": [1]}", "program[1].attributes:", "given a list, wanted none"},
    {"\"slice\", \"operands\": [\"x\"], \"attributes\": {\"begin\": 0, \"end\": 2}", "\"integer_power\", \"operands\": [\"x\"], \"attributes\": {\"exponent\": 0.5}", "program[0]:", "exponent 0.5, wanted a whole number"},
    {"\"slice\", \"operands\": [\"x\"], \"attributes\": {\"begin\": 0, \"end\": 2}", "\"integer_power\", \"operands\": [\"x\"], \"attributes\": {\"exponent\": 1e300}", "program[0]:", "exponent 1e+300, wanted a whole number"},
    {"\"slice\", \"operands\": [\"x\"], \"attributes\": {\"begin\": 0, \"end\": 2}", "\"celu\", \"operands\": [\"x\"], \"attributes\": {\"alpha\": 0}", "program[0]:", "alpha 0, wanted one above 0"},
    {"\"slice\", \"operands\": [\"x\"], \"attributes\": {\"begin\": 0, \"end\": 2}", "\"huber\", \"operands\": [\"x\"], \"attributes\": {\"delta\": -1}", "program[0]:", "delta -1, wanted one above 0"},
    {"\"node\": \"n3\"", "\"node\": \"n2\"", "6:23: program[1].node:", "given \"n2\", wanted a name that is not taken"},
    {"\"node\": \"n3\"", "\"node\": \"W\"", "program[1].node:", "given \"W\", wanted a name that is not taken"},
    {"\"node\": \"n3\"", "\"node\": 3", "program[1].node:", "given the number 3, wanted a text"},
    {"\"output\": \"n4\"", "\"output\": \"n5\"", "8:12: output:", "given \"n5\", wanted the name of an input or of an earlier node"},
    {"\"cotangent\": [1, 0.25]", "\"cotangent\": [1]", "cotangent:", "given 1 numbers, wanted 2, since the output's shape is [2]"},
    {"\"cotangent\": [1, 0.25]", "\"cotangent\": 1", "cotangent:", "given the number 1, wanted a list; put it in [ and ]"},
    // Finding.
    {"\"seed\": 42", "\"seed\": -1", "finding.seed:", "given the number -1, wanted a whole number from 0 to 18446744073709551615"},
    {"\"seed\": 42", "\"seed\": 18446744073709551616", "finding.seed:", "wanted a whole number from 0 to 18446744073709551615"},
    {"[\"line\"]", "\"line\"", "finding.report:", "given \"line\", wanted a list"},
    {"[\"line\"]", "[1]", "finding.report[0]:", "given the number 1, wanted a text"},
    {", \"verdict\": \"wrong\"", "", "finding: given no field \"verdict\"", "add it"},
    {"\"seed\": 42", "\"seed\": 42, \"when\": \"today\"", "finding: given the unknown field \"when\"", "remove it"},
    // JSON itself.
    {"\"version\": 1,", "\"version\": 1, \"version\": 1,", "1:44: given the field \"version\" twice", "remove one of them"},
    {"\"shape\": [3]", "\"shape\": [3], \"sh\\u0061pe\": [3]", "inputs[0]: given the field \"shape\" twice", "wanted every field once"},
    {"\"shape\": [3]", "\"shape\": [3,]", "inputs[0].shape[1]:", "given broken JSON"},
    {"\"shape\": [3]", "\"shape\": [03]", "3:38: inputs[0].shape[1]:", "wanted JSON; mend it at this place"},
    {"\"shape\": [3]", "'shape': [3]", "inputs[0]:", "given broken JSON"},
    {"[1, 0.5, \"-0\"]", "[1, NaN, 0]", "inputs[0].values[1]:", "given broken JSON"},
    {"[1, 0.5, \"-0\"]", "[1, .5, 0]", "inputs[0].values[1]:", "given broken JSON"},
    {"\"n2\", \"n3\"]}],", "\"n2\", \"n3\"]}]", "8:2:", "given broken JSON"},
    {"\"0.1.0\"}}", "\"0.1.0\"}", "11:1:", "given a text that ends too early, wanted whole JSON; take a whole copy"},
    {"\"0.1.0\"}}", "\"0.1.0\"}} {}", "given broken JSON", "expected end of input"},
    {"\"0.1.0\"}}", "\"0.1.0\"}}}", "given broken JSON", "expected end of input"},
    {"\"version\": 1,", "\"version\": 1, // the first", "1:", "given broken JSON"},
    {"\"a law\"", "\"a \xFF law\"", "9:24: finding.law:", "ill-formed UTF-8"},
    {"\"a law\"", "\"a \\ud800 law\"", "finding.law:", "given broken JSON"},
    {"\"a law\"", std::string("\"a ") + '\0' + " law\"", "9:24: given a NUL byte", "the file is damaged or is no text"},
    {"[\"line\"]", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "finding.report[0][0]", "given more than 16 levels of lists and objects"},
};
// clang-format on

/// The message that a text is refused with; empty for one that is read.
std::string refusal(const std::string& text) {
    try {
        static_cast<void>(read(text, "broken.json"));
        return {};
    } catch (const FormatError& error) {
        return error.what();
    }
}

TEST(ABrokenFile, would_be_read_without_its_one_slip) { EXPECT_EQ(refusal(kSound), ""); }

TEST(ABrokenFile, is_refused_with_file_place_and_remedy) {
    EXPECT_GE(kSlips.size(), 40U);
    for (const Slip& slip : kSlips) {
        std::string text = kSound;
        const std::size_t at = text.find(slip.from);
        ASSERT_NE(at, text.npos) << slip.from;
        text.replace(at, slip.from.size(), slip.to);
        const std::string message = refusal(text);
        EXPECT_TRUE(has_place_and_remedy(message, "broken.json")) << slip.to << "\n" << message;
        EXPECT_NE(message.find(slip.place), message.npos) << slip.to << "\n"
                                                          << message << "\n"
                                                          << slip.place;
        EXPECT_NE(message.find(slip.error), message.npos) << slip.to << "\n"
                                                          << message << "\n"
                                                          << slip.error;
    }
}

TEST(ABrokenFile, may_be_no_case_file_at_all) {
    for (const char* text : {"", " \n\t", "7", "[]", "null", "\"case\"", "{}", "\xEF\xBB\xBF",
                             "\x7F"
                             "ELF",
                             "{\"format\": 1}"}) {
        const std::string message = refusal(text);
        EXPECT_TRUE(message.starts_with("broken.json:")) << text << ": " << message;
    }
    EXPECT_EQ(
        refusal("[1]"),
        "broken.json:1:1: given a list, wanted an object with the field \"format\"; write one");
}

TEST(ABrokenFile, with_a_number_out_of_its_narrow_precision_is_refused) {
    std::string text = kSound;
    text.replace(text.find("binary64"), 8, "binary32");
    EXPECT_EQ(refusal(text), "");
    text.replace(text.find("0.5"), 3, "1e39");
    EXPECT_NE(refusal(text).find("inputs[0].values[1]: given the number 1e39, wanted a number "
                                 "within the range of binary32"),
              std::string::npos)
        << refusal(text);
}

TEST(ABrokenFile, that_has_no_input_is_refused) {
    EXPECT_NE(
        refusal(R"({"format": "gradproof case", "version": 1, "numbers": "binary64", "inputs": [],
                       "program": [], "output": "x", "cotangent": []})")
            .find("inputs: given 0 inputs, wanted 1 to 10000"),
        std::string::npos);
}

TEST(ABrokenFile, that_is_meant_to_exhaust_the_reader_is_refused) {
    EXPECT_NE(refusal(std::string(1'000'000, '[')).find("more than 16 levels"), std::string::npos);
    std::string many = kSound;
    const std::size_t inputs = many.find("\"inputs\": [") + 11;
    for (int i = 0; i < 10'000; ++i) many.insert(inputs, "{},");
    EXPECT_NE(refusal(many).find("inputs: given 10002 inputs, wanted 1 to 10000"),
              std::string::npos);
    std::string fields;
    for (int i = 0; i < 2'000; ++i) fields += "\"" + std::to_string(i) + "\": 1, ";
    EXPECT_NE(refusal("{" + fields).find("given an object of more than 1000 fields"),
              std::string::npos);
    std::string zeros;
    for (int i = 0; i < 4'000'000; ++i) zeros += "0,";
    EXPECT_NE(refusal("[" + zeros).find("given more than 4000000 values"), std::string::npos);
    EXPECT_LT(refusal("{\"" + std::string(1'000'000, 'k') + "\": 1}").size(), 500U);
    EXPECT_LT(refusal("[" + std::string(1'000'000, '9') + "]").size(), 500U);

    // A vector that is doubled until no memory could hold it.
    std::string program, last = "x";
    for (int i = 1; i < 70; ++i) {
        const std::string node = "n" + std::to_string(i);
        program += (i > 1 ? ",{" : "{") + ("\"node\": \"" + node) +
                   R"(", "primitive": "concatenate", "operands": [")" + last + "\", \"" + last +
                   "\"]}";
        last = node;
    }
    const std::string message =
        refusal(R"({"format": "gradproof case", "version": 1, "numbers": "binary64",
        "inputs": [{"name": "x", "shape": [3], "values": [1, 2, 3]}], "program": [)" +
                program + R"(], "output": "n69", "cotangent": []})");
    EXPECT_NE(message.find("program[17]: given 1572861 entries in inputs and nodes up to here, "
                           "wanted at most 1000000; draw a smaller case"),
              std::string::npos)
        << message;
    // One node as large as all that.
    const std::string large =
        refusal(R"({"format": "gradproof case", "version": 1, "numbers": "binary64",
        "inputs": [{"name": "x", "shape": [0, 999999], "values": []},
                   {"name": "y", "shape": [999999, 0], "values": []}],
        "program": [{"node": "n2", "primitive": "matmul", "operands": ["y", "x"]}],
        "output": "n2", "cotangent": []})");
    EXPECT_NE(large.find("program[0]: given the shape [999999, 999999], wanted at most 1000000 "
                         "entries"),
              std::string::npos)
        << large;
}

TEST(ABrokenFile, with_more_nodes_than_anybody_draws_is_refused) {
    std::string text = kSound;
    const std::size_t program = text.find("\"program\": [") + 12;
    std::string nodes;
    for (int i = 0; i < 100'000; ++i) nodes += "{},";
    text.insert(program, nodes);
    EXPECT_NE(refusal(text).find("program: given 100003 nodes, wanted at most 100000"),
              std::string::npos)
        << refusal(text).substr(0, 200);
}

}  // namespace
}  // namespace gradproof::cases
