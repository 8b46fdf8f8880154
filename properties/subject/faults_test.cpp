// What a process does instead of answering: each is told apart, with figures, and the next question finds
// the subject sound again.
#include "small_subjects.hpp"

#include "../folder.hpp"

#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

namespace gradproof::subject {
namespace {

using namespace std::chrono_literals;

/// Does `deed` at the first question of all, and answers every other one.
[[nodiscard]] std::vector<std::string> once(const std::filesystem::path& folder,
                                            const std::string& deed) {
    const std::string mark = "'" + (folder / "done").string() + "'";
    return answering("if [ -e " + mark + " ]; then " + kAnswer + " else : > " + mark + "; " + deed +
                     "; fi;");
}

[[nodiscard]] std::size_t open_files() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

struct Deed {
    std::string what;
    FaultKind kind;
    std::vector<std::string> words;
    Limits limits = {};
};

void expect_fault_then_answer(const Deed& deed) {
    SCOPED_TRACE(deed.what);
    const testing::Folder folder;
    const std::size_t files = open_files();
    {
        const PipeSubject subject(once(folder.path(), deed.what), deed.limits);
        expect_fault(fault_of(subject), deed.kind, deed.words);
        EXPECT_EQ(open_files(), files) << "files are left open after the fault";
        EXPECT_FALSE(fault_of(subject)) << fault_of(subject)->text;
    }
    EXPECT_EQ(open_files(), files) << "files are left open at the end";
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
}

[[nodiscard]] Deed says(const std::string& line, FaultKind kind, std::vector<std::string> words) {
    return {"printf '%b\\n' '" + line + "'", kind, std::move(words)};
}

TEST(ASubjectBehindAPipe, that_ends_by_a_signal_has_crashed) {
    expect_fault_then_answer(
        {"kill -SEGV $$", FaultKind::crashed, {"SIGSEGV (Segmentation fault)"}});
    expect_fault_then_answer({"echo assertion failed >&2; kill -ABRT $$",
                              FaultKind::crashed,
                              {"SIGABRT", "standard error ends: assertion failed"}});
    expect_fault_then_answer({R"(printf '{"id":1,'; kill -KILL $$)",
                              FaultKind::crashed,
                              {"SIGKILL", "after 8 bytes of a line: {\"id\":1,"}});
}

TEST(ASubjectBehindAPipe, that_ends_itself_has_exited) {
    expect_fault_then_answer({"exit 0", FaultKind::exited, {"it exited with code 0"}});
    expect_fault_then_answer(
        {"printf 'Traceback:\\n  line 3\\n\\nKeyError: x\\n' >&2; exit 3",
         FaultKind::exited,
         {"code 3", "standard error ends: Traceback: /   line 3 / KeyError: x"}});
    expect_fault_then_answer({"sh -c 'kill -SEGV $$'; exit",
                              FaultKind::exited,
                              {"code 139, a shell's word for SIGSEGV"}});
    expect_fault_then_answer({"exec >&-; sleep 100",
                              FaultKind::exited,
                              {"closed its standard output and went on for 1 s"}});
}

TEST(ASubjectBehindAPipe, that_says_nothing_hangs) {
    expect_fault_then_answer(
        {"sleep 100", FaultKind::hung, {"no answer within 500 ms"}, {.answer = 500ms}});
}

TEST(ASubjectBehindAPipe, that_is_not_done_with_its_line_gives_half_an_answer) {
    expect_fault_then_answer({R"(printf '{"id":1,"primal":[3'; exit 0)",
                              FaultKind::incomplete,
                              {"exited with code 0 after 19 bytes", R"({"id":1,"primal":[3)"}});
    expect_fault_then_answer({R"(printf '{"id":1,"primal":[3],"gradient":[[1],[1]]}'; sleep 100)",
                              FaultKind::incomplete,
                              {"no end of line after 42 bytes", "within 500 ms", "flush"},
                              {.answer = 500ms}});
    expect_fault_then_answer(says(R"({"id":1,"primal":[3],"grad)", FaultKind::incomplete,
                                  {"breaks off after 26 bytes", R"({"id":1,"primal":[3],"grad)"}));
    expect_fault_then_answer(
        says(R"({"id":1,"primal":[3]})", FaultKind::incomplete, {"no field \"gradient\""}));
}

TEST(ASubjectBehindAPipe, is_told_where_its_line_is_no_answer) {
    const FaultKind garbage = FaultKind::garbage;
    expect_fault_then_answer(
        says("hello", garbage, {"broken JSON", "answers to standard error", "the line: hello"}));
    expect_fault_then_answer(says("", garbage, {"empty text"}));
    expect_fault_then_answer(says("[1]", garbage, {"given a list", "\"id\""}));
    expect_fault_then_answer(says(R"({"primal":[3]})", garbage, {"no field \"id\""}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[NaN],"gradient":[[1],[1]]})", garbage,
                                  {"answer:1:19: primal[0]", "NaN is no JSON; write \"nan\""}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[-Infinity],"gradient":[[1],[1]]})", garbage,
                                  {"-Infinity is no JSON; write \"-inf\""}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[null],"gradient":[[1],[1]]})", garbage,
                                  {"given null", "write \"nan\""}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[true],"gradient":[[1],[1]]})", garbage,
                                  {"given true, wanted a number"}));
    expect_fault_then_answer(
        says(R"({"id":1,"primal":["three"],"gradient":[[1],[1]]})", garbage, {"given \"three\""}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[1e999],"gradient":[[1],[1]]})", garbage,
                                  {"1e999", "write an infinite one as \"inf\""}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[3],"grad":[[1],[1]]})", garbage,
                                  {"unknown field \"grad\"", "\"gradient\""}));
    expect_fault_then_answer(
        says(R"({"id":1,"id":1,"primal":[3],"gradient":[[1],[1]]})", garbage, {"\"id\" twice"}));
    expect_fault_then_answer(
        says(R"({"id":1,"primal":[3],"gradient":[[1],[1]]}{})", garbage, {"}{"}));
    expect_fault_then_answer(says(R"({"id":1,"error":"\0377"})", garbage, {"UTF-8"}));
    const std::string deep(1000, '[');
    expect_fault_then_answer(
        {"printf '%s\\n' '{\"id\":1,\"primal\":" + deep + std::string(1000, ']') + "}'",
         garbage,
         {"more than 16 levels", "... (2018 bytes)"}});
}

TEST(ASubjectBehindAPipe, that_gives_another_number_of_numbers_is_told_so) {
    const FaultKind count = FaultKind::wrong_count;
    expect_fault_then_answer(says(R"({"id":1,"primal":[3,4],"gradient":[[1],[1]]})", count,
                                  {"given 2 numbers, wanted 1", "the output's shape is []"}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[3],"gradient":[[1]]})", count,
                                  {"given 1 arrays, wanted 2, one for each input"}));
    expect_fault_then_answer(says(R"({"id":1,"primal":[3],"gradient":[[1],[]]})", count,
                                  {"gradient[1]", "given 0 numbers", "input y"}));
    expect_fault_then_answer(
        says(R"({"id":1,"primal":[[3]],"gradient":[[1],[1]]})", count, {"write all numbers flat"}));
}

TEST(ASubjectBehindAPipe, that_writes_more_than_its_answer_was_not_asked_for_it) {
    const FaultKind unasked = FaultKind::unasked;
    const std::string answer = R"({"id":1,"primal":[3],"gradient":[[1],[1]]})";
    expect_fault_then_answer(
        says(answer + "\\n" + answer, unasked,
             {"43 bytes beyond the line", "first " + answer + ", then " + answer}));
    expect_fault_then_answer(says(R"({"id":7,"primal":[3],"gradient":[[1],[1]]})", unasked,
                                  {"given the number 7", "the question's id, 1"}));
}

TEST(ASubjectBehindAPipe, that_answers_twice_is_listened_to_longer_once_that_is_known) {
    const PipeSubject subject(answering(kAnswer + kAnswer));
    std::optional<Told> told;
    for (int question = 0; question < 1000 && !told; ++question) told = fault_of(subject);
    expect_fault(told, FaultKind::unasked, {});
    // From now on at the question itself, so that its case can be made simpler.
    for (int question = 0; question < 3; ++question)
        expect_fault(fault_of(subject), FaultKind::unasked, {"write one line for each question"});
}

TEST(ASubjectBehindAPipe, that_ends_after_its_answer_is_found_out) {
    const PipeSubject subject(answering(kAnswer + "kill -SEGV $$;"));
    EXPECT_FALSE(fault_of(subject));
    expect_fault(fault_of(subject), FaultKind::crashed,
                 {"after its last line, it was ended by SIGSEGV"});
    expect_fault(fault_of(subject), FaultKind::crashed, {"after its last line"});
}

TEST(ASubjectBehindAPipe, that_takes_too_much_memory_is_stopped) {
    const Limits limits{.memory = 64 << 20};
    expect_fault_then_answer({R"(awk 'BEGIN { while (1) a[i++] = sprintf("%8000s", i) }')",
                              FaultKind::out_of_memory,
                              {"MiB above the ", "after its greeting, the limit is 64 MiB"},
                              limits});
}

TEST(ASubjectBehindAPipe, that_leaks_from_question_to_question_is_stopped) {
    const PipeSubject subject(answering(R"(kept=$kept$(printf '%1000000s' ''); )" + kAnswer),
                              {.memory = 8 << 20});
    std::optional<Told> told;
    int questions = 0;
    for (; questions < 40 && !told; ++questions) told = fault_of(subject);
    expect_fault(told, FaultKind::out_of_memory, {"the limit is 8 MiB"});
    EXPECT_GT(questions, 1);
}

TEST(ASubjectBehindAPipe, that_floods_its_output_is_stopped) {
    const Limits limits{.output = 1 << 20};
    expect_fault_then_answer({"yes | tr -d '\\n'",
                              FaultKind::flooded,
                              {"1 MiB without an end of line, the limit is 1 MiB", "yyyy"},
                              limits});
    expect_fault_then_answer(
        {"yes warning >&2", FaultKind::flooded, {"to standard error", "limit is 1 MiB"}, limits});
}

TEST(ASubjectBehindAPipe, may_say_a_lot_on_standard_error_if_it_is_no_flood) {
    const PipeSubject subject(answering("yes warning | head -c 600000 >&2;" + kAnswer),
                              {.output = 1 << 20});
    for (int question = 0; question < 5; ++question) EXPECT_FALSE(fault_of(subject));
}

TEST(ASubjectBehindAPipe, that_reports_an_error_is_asked_again_without_being_started_anew) {
    const PipeSubject subject(answering(
        R"(id=${line#*:}; printf '{"id":%s,"error":"process %s: matrix is not square"}\n' ${id%%,*} $$;)"));
    const auto told = fault_of(subject);
    expect_fault(told, FaultKind::threw, {"matrix is not square"});
    EXPECT_EQ(fault_of(subject)->text, told->text);
}

TEST(ASubjectBehindAPipe, may_find_a_case_too_hard) {
    const PipeSubject subject(
        answering(R"(id=${line#*:}; printf '{"id":%s,"unsupported":"no sums"}\n' ${id%%,*};)"));
    for (int question = 0; question < 2; ++question) {
        try {
            static_cast<void>(fault_of(subject));
            ADD_FAILURE() << "there was an answer";
        } catch (const Unsupported& refusal) {
            EXPECT_STREQ(refusal.what(), "no sums");
        }
    }
}

}  // namespace
}  // namespace gradproof::subject
