// Numbers through the pipe and back: every bit of every number arrives, both ways, and the served library
// answers as the library does.
#include "../case/any_case.hpp"
#include "../drawn_cases.hpp"

#include <gradproof/generate/program_case.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/pipe_subject.hpp>
#include <gradproof/subject/question.hpp>
#include <gradproof/subject/serve.hpp>

#include <bit>
#include <sstream>

#include <gtest/gtest.h>

namespace gradproof::subject {
namespace {

using cases::any_numbers;
using generate::Dice;
using scalar::Precision;

[[nodiscard]] std::vector<std::uint64_t> bits(const std::vector<double>& numbers) {
    std::vector<std::uint64_t> all;
    for (const double number : numbers)
        all.push_back(std::bit_cast<std::uint64_t>(cases::without_payload(number)));
    return all;
}

[[nodiscard]] std::vector<double> negated(std::vector<double> numbers) {
    for (double& number : numbers) number = -number;
    return numbers;
}

TEST(NumbersThroughThePipe, keep_every_bit) {
    const PipeSubject served({GRADPROOF_SERVED_BACKPROP});
    rc::Random random(testing::wanted_seed());
    for (std::size_t k = 0; k < testing::wanted_cases(); ++k) {
        Dice dice(random.split());
        cases::Case drawn;
        drawn.precision = dice.chance(50) ? Precision::binary64 : Precision::binary32;
        static_cast<void>(primitives::negate(backprop::input(drawn.graph, "x", {40})));
        drawn.inputs = {any_numbers(dice, 40, drawn.precision)};
        drawn.cotangent = any_numbers(dice, 40, drawn.precision);
        const Answer answer = served.answer(drawn, drawn.cotangent);
        ASSERT_EQ(bits(answer.primal), bits(negated(drawn.inputs[0])));
        // A zero cotangent gives zero by selection, and what is added to 0 is never -0.
        std::vector<double> wanted = negated(drawn.cotangent);
        for (double& number : wanted) number = number == 0 ? 0 : number;
        ASSERT_EQ(bits(answer.gradient), bits(wanted));
    }
}

TEST(TheServedLibrary, answers_any_case_as_the_library_does) {
    const PipeSubject served({GRADPROOF_SERVED_BACKPROP});
    const Backprop library;
    EXPECT_EQ(served.name(), library.name());
    EXPECT_EQ(served.ties(), library.ties());
    rc::Random random(testing::wanted_seed());
    for (std::size_t k = 0; k < testing::wanted_cases(); ++k) {
        Dice dice(random.split());
        const Precision precision = dice.chance(50) ? Precision::binary64 : Precision::binary32;
        const cases::Case drawn = dice.chance(50)
                                      ? cases::any_case(dice)
                                      : generate::draw_program_case(dice, {}, precision);
        const Answer answer = served.answer(drawn, drawn.cotangent);
        const Answer wanted = library.answer(drawn, drawn.cotangent);
        ASSERT_EQ(bits(answer.primal), bits(wanted.primal));
        ASSERT_EQ(bits(answer.gradient), bits(wanted.gradient));
        const std::vector<double> tangent =
            any_numbers(dice, cases::flat_inputs(drawn).size(), drawn.precision);
        ASSERT_EQ(bits(*served.jvp(drawn, tangent)), bits(*library.jvp(drawn, tangent)));
    }
    EXPECT_NO_THROW(served.end());
}

class Refusing final : public ProgramSubject {
public:
    [[nodiscard]] std::string name() const override { return "refusing"; }
    [[nodiscard]] Answer answer(const cases::Case& drawn, std::span<const double>) const override {
        if (drawn.inputs[0][0] == 1) throw std::runtime_error("matrix is \"singular\"");
        if (drawn.inputs[0][0] == 2) throw Unsupported("no twos");
        return {{0}, {0}};
    }
};

TEST(TheServedSubject, answers_in_lines_whatever_it_throws) {
    Greeting greeting;
    greeting.name = "refusing";
    greeting.highest_rank = 0;
    const auto question = [](std::uint64_t id, double x, const scalar::Shape& shape) {
        cases::Case drawn;
        drawn.graph.add_input("x", shape);
        drawn.inputs = {{x}};
        drawn.cotangent = {1};
        return question_line(id, drawn, drawn.cotangent) + "\n";
    };
    std::istringstream input(question(1, 1, {}) + question(2, 2, {}) + question(3, 3, {}) +
                             question(4, 3, {1}));
    std::ostringstream output;
    EXPECT_EQ(serve(Refusing(), greeting, input, output), 0);
    EXPECT_EQ(output.str(), greeting_line(greeting) +
                                "\n"
                                R"({"id":1,"error":"matrix is \"singular\""})"
                                "\n"
                                R"({"id":2,"unsupported":"no twos"})"
                                "\n"
                                R"({"id":3,"primal":[0],"gradient":[[0]]})"
                                "\n"
                                R"({"id":4,"unsupported":"no shape of more than 0 axes"})"
                                "\n");
    std::istringstream broken("hello\n");
    EXPECT_EQ(serve(Refusing(), greeting, broken, output), 2);
    EXPECT_NE(output.str().find("{\"id\":0,\"error\":\"question:1:1: "), std::string::npos);
}

}  // namespace
}  // namespace gradproof::subject
