// Code in a process of its own: whatever it does instead of answering is a finding with its kind, its case and
// its line to see it again, made as simple as any other; and the tests go on.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/testing/isolation.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;
using gradproof::subject::FaultKind;

/// The gradient of a sum of squares that does something else where an entry is above 2.
[[nodiscard]] HandWritten squares_unless_large(std::function<void()> misbehave,
                                               const Limits& limits = {}) {
    return gradient_of(squares)
        .on("n")
        .in(between(-100, 100))
        .isolated(limits)
        .by([=](In x, double u, Out dx) {
            for (std::size_t i = 0; i < x.size(); ++i) {
                if (x[i] > 2) misbehave();
                dx[i] = 2 * u * x[i];
            }
        });
}

void is_found(const HandWritten& claim, FaultKind kind, const std::string& words) {
    const Proof proof = proven(claim);
    const std::string text = text_of(proof, claim);
    ASSERT_TRUE(proof.broken) << text;
    EXPECT_EQ(proof.broken->report.law, kReturns) << text;
    EXPECT_EQ(proof.broken->report.fault, kind) << text;
    EXPECT_EQ(proof.broken->point.inputs, (std::vector<std::vector<double>>{{3}})) << text;
    EXPECT_NE(text.find(words), std::string::npos) << text;
    EXPECT_NE(text.find("\nagain: RC_PARAMS=\"seed=1 max_success=100\" "), std::string::npos)
        << text;
    EXPECT_NE(text.find("every later run of this test begins with it"), std::string::npos) << text;
}

TEST(IsolatedCode, that_is_sound_holds) {
    holds(squares_unless_large([] {}));
    holds(gradient_of(product)
              .on({"m", "n"}, "n")
              .isolated()
              .by_jvp([](In w, In v, In dw, In dv, Out dy) {
                  const std::size_t n = v.size();
                  for (std::size_t i = 0; i < dy.size(); ++i) {
                      dy[i] = 0;
                      for (std::size_t k = 0; k < n; ++k)
                          dy[i] += dw[i * n + k] * v[k] + w[i * n + k] * dv[k];
                  }
              }));
}

TEST(IsolatedCode, that_is_wrong_is_caught_as_it_would_be_here) {
    const auto half = [](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = u * x[i];
    };
    const HandWritten here = gradient_of(squares).on(2).by(half);
    const HandWritten isolated = gradient_of(squares).on(2).isolated().by(half);
    EXPECT_EQ(text_of(proven(here), here), text_of(proven(isolated), isolated));
    is_caught(gradient_of(squares).on(2).isolated().by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx.data()[i + 1] = 2 * u * x[i];
        dx[0] = 2 * u * x[0];
    }),
              kWritesOnlyItsGradient);
}

TEST(IsolatedCode, that_crashes_is_a_finding) {
    is_found(squares_unless_large([] { ::raise(SIGSEGV); }), FaultKind::crashed,
             "breaks \"the call returns\": it crashed\n  it was ended by SIGSEGV");
}

TEST(IsolatedCode, that_writes_where_nothing_is_is_a_finding) {
    is_found(squares_unless_large([] {
                 // Not null, which a sanitizer would notice before the memory does.
                 volatile double* const nowhere = reinterpret_cast<double*>(std::uintptr_t{64});
                 *nowhere = 1;
             }),
             FaultKind::crashed, "SIGSEGV");
}

TEST(IsolatedCode, that_aborts_is_a_finding) {
    is_found(squares_unless_large([] { std::abort(); }), FaultKind::crashed, "SIGABRT");
}

TEST(IsolatedCode, that_exits_is_a_finding_even_with_code_0) {
    is_found(squares_unless_large([] { std::exit(0); }), FaultKind::exited, "exited with code 0");
    is_found(squares_unless_large([] { ::_exit(3); }), FaultKind::exited, "exited with code 3");
}

TEST(IsolatedCode, that_throws_is_a_finding) {
    is_found(squares_unless_large([] { throw std::runtime_error("too large"); }), FaultKind::threw,
             "it threw \"too large\"");
}

TEST(IsolatedCode, that_hangs_is_a_finding_where_its_time_is_over) {
    is_found(squares_unless_large(
                 [] {
                     for (;;) ::pause();
                 },
                 {.seconds = 0.2}),
             FaultKind::hung, "it had not answered after 0.2 s");
}

TEST(IsolatedCode, that_takes_ever_more_memory_is_a_finding_where_its_limit_is) {
    is_found(squares_unless_large(
                 [] {
                     std::vector<std::vector<char>> hoard;
                     for (;;) hoard.emplace_back(1 << 20, 'x');
                 },
                 {.megabytes = 64}),
             FaultKind::out_of_memory, "it took more than 64 MB of memory");
}

TEST(IsolatedCode, that_prints_without_end_is_a_finding_where_its_limit_is) {
    is_found(squares_unless_large(
                 [] {
                     for (;;) std::puts("still here");
                 },
                 {.printed_megabytes = 1}),
             FaultKind::flooded,
             "it printed, or wrote to a file, more than 1 MB; it printed at last");
}

TEST(IsolatedCode, that_prints_a_line_is_heard) {
    const HandWritten claim = gradient_of(squares).on(1).isolated().by([](In x, double u, Out dx) {
        std::printf("called with %g\n", x[0]);
        std::cout << "and " << u << std::endl;
        dx[0] = 2 * u * x[0];
    });
    const Point point{{{}, {}}, {{3}}, {1}, {}, 0};
    ::testing::internal::CaptureStdout();
    EXPECT_EQ(trial_at(claim, "t", point)->call(0).derivative, std::vector<double>{6});
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "called with 3\nand 1\n");
}

TEST(IsolatedCode, is_heard_to_its_last_line_where_it_crashes) {
    const HandWritten claim = squares_unless_large([] {
        std::puts("about to crash");
        ::raise(SIGSEGV);
    });
    const Point fatal{{{1}, {}}, {{3}}, {1}, {}, 0};
    ::testing::internal::CaptureStdout();
    EXPECT_THROW((void)trial_at(claim, "t", fatal)->call(0), gradproof::subject::Fault);
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "about to crash\n");
}

TEST(IsolatedCode, that_terminates_itself_is_a_finding) {
    is_found(squares_unless_large([] { ::raise(SIGTERM); }), FaultKind::crashed, "SIGTERM");
}

TEST(IsolatedCode, that_writes_a_large_file_is_a_finding_where_its_limit_is) {
    is_found(squares_unless_large(
                 [] {
                     std::FILE* const file = std::tmpfile();
                     const std::vector<char> block(1 << 20, 'x');
                     for (;;) std::fwrite(block.data(), 1, block.size(), file);
                 },
                 {.printed_megabytes = 2}),
             FaultKind::flooded, "it printed, or wrote to a file, more than 2 MB\n");
}

TEST(IsolatedCode, keeps_its_state_from_call_to_call) {
    is_caught(
        gradient_of(squares).on(2).isolated().by([last = 0.0](In x, double u, Out dx) mutable {
            for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i] + last;
            last = u;
        }),
        gradproof::laws::kRepeatedSweepsAgree);
}

TEST(IsolatedCode, that_refuses_its_use_refuses_the_test) {
    const HandWritten claim = gradient_of(relu)
                                  .on(2)
                                  .isolated()
                                  .with_primal([](In x) { return x[0]; })
                                  .by([](In, In, Out dx) { dx[0] = dx[1] = 0; });
    EXPECT_THROW((void)proven(claim), BadUse);
}

TEST(AFault, ends_a_worker_and_the_next_call_has_another) {
    const HandWritten claim = squares_unless_large([] { ::raise(SIGKILL); });
    const Point fatal{{{1}, {}}, {{3}}, {1}, {}, 0}, harmless{{{1}, {}}, {{1}}, {1}, {}, 0};
    for (int turn = 0; turn < 3; ++turn) {
        EXPECT_THROW((void)trial_at(claim, "t", fatal)->call(0), gradproof::subject::Fault);
        EXPECT_EQ(trial_at(claim, "t", harmless)->call(0).derivative, std::vector<double>{2});
    }
}

}  // namespace
