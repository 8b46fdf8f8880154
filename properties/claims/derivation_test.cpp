// A derivation holds if and only if its errata are the recorded ones, and its lines say which is which.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <gradproof/claims/derivation.hpp>

#include <string>
#include <vector>

namespace gradproof::claims {
namespace {

using Kind = Statement::Kind;

Statement erratum() {
    return {Kind::erratum, "entry-3", "the third entry is -0.42", "-0.42",
            "0.42",        "sign",    {"2 * 0.3 * 0.7 = 0.42"},   false};
}
Statement confirmation() {
    return {Kind::confirmation,       "entry-2", "the second entry is 0.75", "0.75", "", "",
            {"3 * 0.5 * 0.5 = 0.75"}, false};
}
const RecordedErratum recorded{"entry-3", "sign", "0.42"};

Derivation judged(std::vector<Statement> statements, const std::vector<RecordedErratum>& errata) {
    return concluded("Sheet 1", "Tried on 12 pairs (seed 1).", std::move(statements), errata);
}

TEST(Derivation, holds_with_exactly_the_recorded_errata) {
    const Derivation derivation = judged({erratum(), confirmation()}, {recorded});
    EXPECT_TRUE(derivation.holds());
    EXPECT_TRUE(derivation.statements[0].recorded);
    const std::vector<std::string> lines{"Sheet 1: 1 erratum, as recorded; 1 claim confirmed.",
                                         "  Tried on 12 pairs (seed 1).",
                                         "",
                                         "  Erratum (sign): the third entry is -0.42.",
                                         "      Should be: 0.42.",
                                         "      - 2 * 0.3 * 0.7 = 0.42",
                                         "",
                                         "  Confirmed: the second entry is 0.75.",
                                         "      - 3 * 0.5 * 0.5 = 0.75"};
    EXPECT_EQ(to_lines(derivation), lines);
}

TEST(Derivation, does_not_hold_with_an_erratum_that_is_not_recorded) {
    const Derivation derivation = judged({confirmation(), erratum()}, {});
    EXPECT_FALSE(derivation.holds());
    EXPECT_EQ(to_lines(derivation)[0],
              "Sheet 1: NOT as recorded: 1 new erratum; 1 claim confirmed.");
    EXPECT_EQ(to_lines(derivation)[3], "  NEW erratum (sign): the third entry is -0.42.");
}

TEST(Derivation, does_not_hold_when_a_recorded_erratum_is_gone) {
    const Derivation derivation = judged({confirmation()}, {recorded});
    EXPECT_FALSE(derivation.holds());
    EXPECT_EQ(to_lines(derivation)[0],
              "Sheet 1: NOT as recorded: 1 recorded erratum is gone; 1 claim confirmed.");
    EXPECT_TRUE(to_lines(derivation)[3].starts_with(
        "  GONE: the recorded erratum \"entry-3\" (sign; should be: 0.42) is not there"));
}

TEST(Derivation, an_erratum_of_another_kind_is_new_and_the_recorded_one_gone) {
    Statement other = erratum();
    other.error_class = "digits swapped";
    const Derivation derivation = judged({other}, {recorded});
    EXPECT_FALSE(derivation.holds());
    EXPECT_EQ(derivation.unrecorded(), 1U);
    EXPECT_EQ(derivation.gone.size(), 1U);
}

TEST(Derivation, does_not_hold_with_a_claim_that_could_not_be_decided) {
    Statement open = confirmation();
    open.kind = Kind::undecided;
    const Derivation derivation = judged({erratum(), open}, {recorded});
    EXPECT_FALSE(derivation.holds());
    EXPECT_EQ(to_lines(derivation)[0],
              "Sheet 1: NOT as recorded: 1 claim is undecided; no claims confirmed.");
}

RC_GTEST_PROP(Derivation, no_line_is_wider_than_asked_for_and_no_word_is_lost, ()) {
    const auto width = *rc::gen::inRange<std::size_t>(40, 120);
    Statement long_one = erratum();
    std::string words;
    const int count = *rc::gen::inRange(1, 80);
    for (int i = 0; i < count; ++i) {
        words += (i > 0 ? " " : "") + std::string(*rc::gen::inRange<std::size_t>(1, 20), 'x');
    }
    long_one.evidence = {words};
    std::string shown;
    for (const std::string& line : to_lines(judged({long_one}, {recorded}), width)) {
        RC_ASSERT(line.size() <= width);
        for (const char c : line) shown += c == 'x' ? "x" : "";
    }
    std::string letters;
    for (const char c : words) letters += c == 'x' ? "x" : "";
    RC_ASSERT(shown == letters);
}

}  // namespace
}  // namespace gradproof::claims
