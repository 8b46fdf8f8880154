// Subjects of a few lines of sh: they add two scalars, or do what a test tells them to.
#pragma once

#include <gradproof/primitives/builders.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/pipe_subject.hpp>

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::subject {

/// x + y at (1, 2): primal [3], gradient [[1],[1]].
[[nodiscard]] inline cases::Case one_plus_two() {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {}), y = backprop::input(drawn.graph, "y", {});
    static_cast<void>(primitives::add(x, y));
    drawn.inputs = {{1}, {2}};
    drawn.cotangent = {1};
    return drawn;
}

inline const std::string kGreeting =
    R"(printf '%s\n' '{"gradproof":1,"name":"sh","primitives":["add"],"nodes":1,"rank":0}';)";
/// Answers the question in $line.
inline const std::string kAnswer =
    R"(id=${line#*:}; id=${id%%,*}; printf '{"id":%s,"primal":[3],"gradient":[[1],[1]]}\n' $id;)";

[[nodiscard]] inline std::vector<std::string> sh(const std::string& script) {
    return {"sh", "-c", script};
}

/// Greets, then runs `body` for every question, which is in $line.
[[nodiscard]] inline std::vector<std::string> answering(const std::string& body) {
    return sh(kGreeting + "while read -r line; do " + body + " done");
}

struct Told {
    FaultKind kind;
    std::string text;
};

/// The fault of asking; nothing where there is an answer.
[[nodiscard]] inline std::optional<Told> fault_of(const PipeSubject& subject,
                                                  const cases::Case& drawn = one_plus_two()) {
    try {
        const Answer answer = subject.answer(drawn, drawn.cotangent);
        EXPECT_EQ(answer.primal, std::vector<double>{3});
        EXPECT_EQ(answer.gradient, (std::vector<double>{1, 1}));
        return std::nullopt;
    } catch (const Fault& fault) {
        return Told{fault.kind(), fault.what()};
    }
}

inline void expect_fault(const std::optional<Told>& told, FaultKind kind,
                         const std::vector<std::string>& words) {
    ASSERT_TRUE(told) << "there was an answer, wanted: it " << to_words(kind);
    EXPECT_EQ(to_words(told->kind), to_words(kind)) << told->text;
    for (const std::string& word : words)
        EXPECT_NE(told->text.find(word), std::string::npos) << told->text << "\nwanted " << word;
}

}  // namespace gradproof::subject
