// Greetings: what they promise, what is refused, and that nothing beyond them is asked.
#include "small_subjects.hpp"

#include <gradproof/case/format_error.hpp>
#include <gradproof/primitives/catalogue.hpp>

namespace gradproof::subject {
namespace {

using namespace std::chrono_literals;
using scalar::Precision;

TEST(AGreeting, reads_back_as_itself) {
    Greeting greeting;
    greeting.name = "\xCE\xB8 \"quoted\" 1.0";
    EXPECT_EQ(read_greeting(greeting_line(greeting)), greeting);
    greeting.primitives = {&primitives::primitive("add"), &primitives::primitive("sigmoid")};
    greeting.numbers = {Precision::binary32, Precision::binary64};
    greeting.most_nodes = 1;
    greeting.highest_rank = 0;
    greeting.ties = scalar::Ties::declared;
    greeting.jvp = true;
    EXPECT_EQ(read_greeting(greeting_line(greeting)), greeting);
}

TEST(AGreeting, has_the_documented_values_where_it_says_nothing) {
    const Greeting greeting = read_greeting(R"({"gradproof": 1, "name": "numpy by hand 1.24"})");
    EXPECT_EQ(greeting.name, "numpy by hand 1.24");
    EXPECT_TRUE(greeting.primitives.empty());
    EXPECT_EQ(greeting.numbers, std::vector<Precision>{Precision::binary64});
    EXPECT_FALSE(greeting.most_nodes);
    EXPECT_FALSE(greeting.highest_rank);
    EXPECT_EQ(greeting.ties, scalar::Ties::open);
    EXPECT_FALSE(greeting.jvp);
}

TEST(AGreeting, is_refused_with_the_place_and_what_to_do) {
    const std::vector<std::pair<std::string, std::string>> lines{
        {"", "empty text"},
        {"ready", "broken JSON"},
        {R"({"name":"x"})", "no field \"gradproof\""},
        {R"({"gradproof":2,"name":"x","modes":[]})", "given the number 2, wanted version 1"},
        {R"({"gradproof":1})", "no field \"name\""},
        {R"({"gradproof":1,"name":""})", "1 to 100 bytes"},
        {R"({"gradproof":1,"name":"a\nb"})", "without control characters"},
        {R"({"gradproof":1,"name":"a\u009b31m"})", "without control characters"},
        {R"({"gradproof":1,"name":"x","primitive":["add"]})", "unknown field \"primitive\""},
        {R"({"gradproof":1,"name":"x","primitives":["sigmod"]})", "the nearest is \"sigmoid\""},
        {R"({"gradproof":1,"name":"x","primitives":["add","add"]})", "\"add\" twice"},
        {R"({"gradproof":1,"name":"x","primitives":[]})", "leave the field out"},
        {R"({"gradproof":1,"name":"x","numbers":["float64"]})", "\"binary64\" or \"binary32\""},
        {R"({"gradproof":1,"name":"x","nodes":0})", "given the number 0, wanted 1 or more"},
        {R"({"gradproof":1,"name":"x","rank":-1})", "whole number"},
        {R"({"gradproof":1,"name":"x","ties":"any"})", "\"declared\" or \"open\""},
        {R"({"gradproof":1,"name":"x","jvp":"true"})", "true or false"},
    };
    for (const auto& [line, words] : lines) {
        try {
            static_cast<void>(read_greeting(line));
            ADD_FAILURE() << line << " was read";
        } catch (const cases::FormatError& refusal) {
            const std::string text = refusal.what();
            EXPECT_EQ(text.rfind("greeting:1:", 0), 0U) << text;
            EXPECT_NE(text.find(words), std::string::npos) << text << "\nwanted " << words;
        }
    }
}

[[nodiscard]] std::optional<Told> fault_of_start(const std::string& script) {
    try {
        const PipeSubject subject(sh(script), {.answer = 200ms, .greeting = 200ms});
        return std::nullopt;
    } catch (const Fault& fault) {
        return Told{fault.kind(), fault.what()};
    }
}

TEST(AGreeting, that_does_not_come_is_a_fault_of_its_kind) {
    expect_fault(fault_of_start("read line; sleep 100"), FaultKind::hung,
                 {"no greeting within 200 ms; greet before reading"});
    expect_fault(fault_of_start("echo no module named torch >&2; exit 1"), FaultKind::exited,
                 {"exited with code 1 before it had greeted", "no module named torch"});
    expect_fault(fault_of_start("no-such-command"), FaultKind::exited, {"code 127", "not found"});
    expect_fault(fault_of_start("kill -SEGV $$"), FaultKind::crashed, {"SIGSEGV"});
    expect_fault(fault_of_start("echo loading; sleep 100"), FaultKind::garbage,
                 {"its first line: loading"});
    expect_fault(fault_of_start("printf '{\"gradproof\"'; sleep 100"), FaultKind::incomplete,
                 {"12 bytes of greeting"});
    expect_fault(fault_of_start("printf 'hello\\nthere\\n'; sleep 100"), FaultKind::unasked,
                 {"there"});
}

TEST(AGreeting, is_the_same_at_every_start) {
    const PipeSubject subject(
        sh(R"(printf '{"gradproof":1,"name":"process %s"}\n' $$; read -r line; exit 0)"));
    expect_fault(fault_of(subject), FaultKind::exited, {"code 0"});
    expect_fault(fault_of(subject), FaultKind::garbage,
                 {"started anew, it greets with", subject.name()});
}

TEST(AGreeting, keeps_cases_beyond_it_from_being_asked) {
    // It ends at the first question, which would be a fault.
    const PipeSubject subject(sh(kGreeting + "read -r line; exit"));
    const auto refusal = [&](const cases::Case& drawn) -> std::string {
        try {
            static_cast<void>(subject.answer(drawn, drawn.cotangent));
            return "answered";
        } catch (const Unsupported& unsupported) {
            return unsupported.what();
        }
    };
    cases::Case drawn = one_plus_two();
    drawn.precision = Precision::binary32;
    EXPECT_EQ(refusal(drawn), "its greeting offers no numbers of binary32");
    drawn = one_plus_two();
    drawn.graph.apply(primitives::primitive("add"), {2, 0});
    EXPECT_EQ(refusal(drawn), "its greeting offers no program of more than 1 nodes");
    drawn = one_plus_two();
    drawn.graph.apply(primitives::primitive("exp"), {2});
    EXPECT_EQ(refusal(drawn), "its greeting offers no exp");
    drawn.graph = {};
    const auto x = drawn.graph.add_input("x", {1});
    drawn.graph.apply(primitives::primitive("add"), {x, x});
    drawn.inputs = {{1}};
    EXPECT_EQ(refusal(drawn), "its greeting offers no shape of more than 0 axes");
    EXPECT_EQ(subject.jvp(one_plus_two(), std::vector<double>{1, 0}), std::nullopt);
}

}  // namespace
}  // namespace gradproof::subject
