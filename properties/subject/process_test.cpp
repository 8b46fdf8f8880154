// The process of a subject: it takes nobody along, leaves nothing behind, and blocks nobody.
#include "small_subjects.hpp"

#include "../folder.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gradproof::subject {
namespace {

using namespace std::chrono_literals;

[[nodiscard]] pid_t written_to(const std::filesystem::path& file) {
    pid_t pid = 0;
    std::ifstream(file) >> pid;
    return pid;
}

/// Waits until there is no such process, or only its remains.
[[nodiscard]] bool goes_away(pid_t pid) {
    for (int look = 0; look < 2000; ++look, ::usleep(5000)) {
        std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
        std::string number, name, state;
        if (!(stat >> number >> name >> state) || state == "Z") return true;
    }
    return false;
}

/// A program that adds two vectors of that many entries.
[[nodiscard]] cases::Case long_case(std::size_t size) {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {size});
    static_cast<void>(primitives::add(x, x));
    drawn.inputs = {std::vector<double>(size, 0.1)};
    drawn.cotangent.assign(size, 1.0 / 3);
    return drawn;
}

[[nodiscard]] std::vector<std::string> of_any_rank(const std::string& body) {
    return sh(R"(printf '%s\n' '{"gradproof":1,"name":"sh"}'; )" + body);
}

TEST(TheProcess, that_cannot_be_started_is_bad_use) {
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"no-such-program"}, {"/etc/passwd"}, {"/"}, {}}) {
        try {
            const PipeSubject subject(command);
            ADD_FAILURE() << "it was started";
        } catch (const std::invalid_argument& refusal) {
            const std::string text = refusal.what();
            EXPECT_NE(text.find(command.empty() ? "no command" : command[0]), std::string::npos)
                << text;
        }
    }
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
}

TEST(TheProcess, is_asked_a_long_question_while_it_floods) {
    const cases::Case drawn = long_case(100'000);
    const PipeSubject flooding(of_any_rank("head -c 1; yes | tr -d '\\n'"), {.output = 1 << 20});
    expect_fault(fault_of(flooding, drawn), FaultKind::flooded, {"1 MiB"});
    const PipeSubject complaining(of_any_rank("head -c 1; yes >&2"), {.output = 1 << 20});
    expect_fault(fault_of(complaining, drawn), FaultKind::flooded, {"standard error"});
}

TEST(TheProcess, that_answers_before_it_has_read_the_question_was_not_asked) {
    const PipeSubject subject(of_any_rank("head -c 1 > /dev/null; echo '{}'; sleep 100"));
    expect_fault(fault_of(subject, long_case(100'000)), FaultKind::unasked,
                 {"bytes of the question"});
}

TEST(TheProcess, that_closes_its_input_does_not_end_the_driver) {
    const PipeSubject subject(of_any_rank("exec <&-; sleep 100"), {.answer = 500ms});
    for (int question = 0; question < 2; ++question)
        expect_fault(fault_of(subject, long_case(100'000)), FaultKind::hung, {"500 ms"});
    sigset_t pending;
    sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
}

TEST(TheProcess, takes_along_what_it_has_started) {
    const testing::Folder folder;
    const std::string file = (folder.path() / "pid").string();
    // The sleeper holds the pipes open: without looking, the end would not be seen.
    const PipeSubject subject(answering("sleep 1000 & echo $! > '" + file + "'; exit 5;"));
    expect_fault(fault_of(subject), FaultKind::exited, {"code 5"});
    EXPECT_TRUE(goes_away(written_to(file)));
}

TEST(TheProcess, dies_with_the_driver) {
    const testing::Folder folder;
    const std::string file = (folder.path() / "pid").string();
    const pid_t driver = fork();
    if (driver == 0) {
        const PipeSubject subject(answering("echo $$ > '" + file + "'; sleep 1000; " + kAnswer),
                                  {.answer = 100ms});
        // No destructor gets to run.
        static_cast<void>(fault_of(subject));
        const PipeSubject other(answering(kAnswer + "echo $$ > '" + file + "'; exec sleep 1000;"));
        static_cast<void>(fault_of(other));
        ::usleep(100'000);
        ::kill(::getpid(), SIGKILL);
    }
    waitpid(driver, nullptr, 0);
    EXPECT_TRUE(goes_away(written_to(file)));
}

TEST(TheProcess, has_a_group_of_its_own_so_that_signals_of_the_terminal_pass_it_by) {
    const PipeSubject subject(answering("trap '' INT; kill -INT 0; " + kAnswer));
    EXPECT_FALSE(fault_of(subject));  // and this test lives
}

TEST(TheProcess, is_waited_for_when_a_signal_comes) {
    struct sigaction noted {};
    noted.sa_handler = [](int) {};  // without SA_RESTART
    struct sigaction before {};
    sigaction(SIGALRM, &noted, &before);
    const itimerval every_ms{{0, 1000}, {0, 1000}}, never{};
    setitimer(ITIMER_REAL, &every_ms, nullptr);
    {
        const PipeSubject subject(answering("sleep 0.05; " + kAnswer));
        for (int question = 0; question < 3; ++question) EXPECT_FALSE(fault_of(subject));
    }
    setitimer(ITIMER_REAL, &never, nullptr);
    sigaction(SIGALRM, &before, nullptr);
}

TEST(TheProcess, is_another_one_in_a_forked_driver) {
    const PipeSubject subject(answering(kAnswer));
    EXPECT_FALSE(fault_of(subject));
    const pid_t worker = fork();
    if (worker == 0) {
        const bool answers = !fault_of(subject) && !fault_of(subject);
        ::_exit(answers ? 0 : 1);
    }
    int status = 0;
    waitpid(worker, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_FALSE(fault_of(subject));
}

TEST(TheProcess, ends_with_its_input) {
    const testing::Folder folder;
    const std::string mark = (folder.path() / "ended").string();
    {
        const PipeSubject subject(sh(kGreeting + "while read -r line; do " + kAnswer +
                                     " done; echo done > '" + mark + "'"));
        EXPECT_FALSE(fault_of(subject));
        EXPECT_NO_THROW(subject.end());
        EXPECT_TRUE(std::filesystem::exists(mark));
        std::filesystem::remove(mark);
        EXPECT_FALSE(fault_of(subject)) << "it was to be started anew";
    }
    EXPECT_TRUE(std::filesystem::exists(mark)) << "it was not given the time to end";
}

TEST(TheProcess, is_told_what_is_wrong_with_its_end) {
    const auto end_of = [](const std::string& last) {
        const PipeSubject subject(sh(kGreeting + "while read -r line; do :; done; " + last));
        try {
            subject.end();
            return std::optional<Told>();
        } catch (const Fault& fault) {
            return std::optional<Told>({fault.kind(), fault.what()});
        }
    };
    EXPECT_FALSE(end_of("exit 0"));
    expect_fault(end_of("exit 3"), FaultKind::exited, {"exited with code 3, wanted exit code 0"});
    expect_fault(end_of("kill -SEGV $$"), FaultKind::crashed, {"SIGSEGV"});
    expect_fault(end_of("echo bye"), FaultKind::unasked, {"4 bytes", "bye"});
    expect_fault(end_of("sleep 100"), FaultKind::hung, {"its input ended", "2 s"});
}

}  // namespace
}  // namespace gradproof::subject
