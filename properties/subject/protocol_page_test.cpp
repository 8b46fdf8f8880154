// The page of the protocol: its examples are read as what they are said to be, and the library gives the answer
// that stands under its question.
#include <gradproof/case/one_line.hpp>
#include <gradproof/subject/answer.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/greeting.hpp>
#include <gradproof/subject/program_subject.hpp>
#include <gradproof/subject/question.hpp>

#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::subject {
namespace {

/// The indented blocks that begin with a brace, each on one line, as a subject writes them.
[[nodiscard]] std::vector<std::string> examples() {
    std::ifstream page(GRADPROOF_PROTOCOL_PAGE);
    std::vector<std::string> found;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        const bool begins = line.starts_with("    {");
        if (begins) found.emplace_back();
        inside = begins || (inside && line.starts_with("     "));
        if (inside) found.back() += line.substr(4);
    }
    return found;
}

TEST(TheProtocolPage, has_examples_that_are_read) {
    const std::vector<std::string> lines = examples();
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_EQ(read_greeting(lines[0]).name, "numpy by hand 1.24");

    const Question question = read_question(lines[1]);
    const Answer own = Backprop().answer(question.drawn, question.drawn.cotangent);
    EXPECT_EQ(answer_line(question.id, question.drawn, own), cases::one_line(lines[2]));
    EXPECT_EQ(question_line(question.id, question.drawn, question.drawn.cotangent),
              cases::one_line(lines[1]));

    // Question and answer stand side by side.
    const std::string tangents = lines[3], asked = tangents.substr(0, tangents.find("   ")),
                      answered = tangents.substr(tangents.find("{\"id\"", 1));
    EXPECT_EQ(asked, R"({"id": 2, "case": {...}, "tangent": [[1, 0]]})");
    const std::vector<double> jvp = *Backprop().jvp(question.drawn, std::vector<double>{1, 0});
    EXPECT_EQ(jvp_line(2, question.drawn, jvp), cases::one_line(answered));

    const auto without_remark = [](const std::string& line) {
        return line.substr(0, line.find("   "));
    };
    EXPECT_THROW(static_cast<void>(read_answer(without_remark(lines[4]), 3, question.drawn)),
                 Unsupported);
    EXPECT_THROW(static_cast<void>(read_answer(without_remark(lines[5]), 4, question.drawn)),
                 Fault);
}

}  // namespace
}  // namespace gradproof::subject
