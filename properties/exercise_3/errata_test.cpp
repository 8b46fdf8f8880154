// What is so in Exercise 3, claim by claim, for every seed that is tried.
#include "judged.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace gradproof::fixtures {
namespace {

using Kind = claims::Statement::Kind;

class Exercise3 : public testing::TestWithParam<std::uint64_t> {
protected:
    const claims::Derivation derivation = judged(GetParam());
};

TEST_P(Exercise3, holds_with_the_recorded_errata_and_all_else_confirmed) {
    EXPECT_TRUE(derivation.holds());
    EXPECT_EQ(derivation.count(Kind::erratum), 7U);
    EXPECT_EQ(derivation.count(Kind::confirmation), 13U);
}

TEST_P(Exercise3, the_third_entry_of_the_second_vector_has_the_wrong_sign) {
    const claims::Statement& entry = statement(derivation, "second-vector-entry-3");
    EXPECT_EQ(entry.kind, Kind::erratum);
    EXPECT_EQ(entry.printed, "-0.42");
    EXPECT_EQ(entry.truth, "0.42");
    EXPECT_EQ(entry.error_class, "sign");
    EXPECT_TRUE(entry.recorded);
    EXPECT_TRUE(says(entry, "2 * 0.3 * (1 - 0.3) = 0.42"));
    EXPECT_TRUE(says(entry, "differences at z2 give 0.4200000000000000 (error below"));
    EXPECT_TRUE(says(entry, "the document's own solution prints 0.42"));
    EXPECT_TRUE(says(entry, "-0.42 would be right had the third entry of dL/dh2 been -2"));
}

TEST_P(Exercise3, equation_5_is_refuted_for_every_pair_and_holds_with_the_sign_changed) {
    const claims::Statement& equation = statement(derivation, "equation-5");
    EXPECT_EQ(equation.kind, Kind::erratum);
    EXPECT_TRUE(says(equation, "contradicts it for 12 of 12 drawn pairs"));
    EXPECT_TRUE(
        says(equation,
             "no W2 escapes: the two sides differ by 0.84 times the third row of W2, and that "
             "row times v is ln(3/7) = -0.8473, so it is not zero"));
    EXPECT_TRUE(says(equation, "their last columns, (2, -1, 3) and (ln(1/4), 0, ln(3/7))"));
    EXPECT_TRUE(says(equation, "-2 * 2 + 4 * 3 + 0.16 * ln(1/4) + 0.42 * ln(3/7) = 7.4223"));
    EXPECT_TRUE(says(equation, "-2 * 2 + 4 * 3 + 0.16 * ln(1/4) - 0.42 * ln(3/7) = 8.1341"));
    const claims::Statement& corrected = statement(derivation, "equation-5-corrected");
    EXPECT_EQ(corrected.kind, Kind::confirmation);
    EXPECT_TRUE(says(corrected, "both sides agree for 12 of 12 drawn pairs"));
}

TEST_P(Exercise3, the_other_five_printed_numbers_hold) {
    for (const char* id : {"first-vector-entry-1", "first-vector-entry-2", "first-vector-entry-3",
                           "second-vector-entry-1", "second-vector-entry-2"}) {
        EXPECT_EQ(statement(derivation, id).kind, Kind::confirmation) << id;
        EXPECT_TRUE(says(statement(derivation, id), "differences at z")) << id;
    }
}

TEST_P(Exercise3, no_relu_gives_h1_and_only_the_mixed_reading_gives_the_printed_vector) {
    const claims::Statement& h1 = statement(derivation, "h1-entry-2");
    EXPECT_EQ(h1.kind, Kind::erratum);
    EXPECT_TRUE(says(h1, "no W1 exists for which h1 is [2, -1, 3]"));
    EXPECT_TRUE(says(
        h1,
        "under this mixed reading differences give [-2, 0, 4] as the first vector, as printed"));
    EXPECT_TRUE(says(h1, "were h1 simply z1, the first vector would be [-2, 1, 4]"));
}

TEST_P(Exercise3, h2_is_the_output_of_the_sigmoid_and_not_its_input) {
    const claims::Statement& z2 = statement(derivation, "solution-z2");
    EXPECT_EQ(z2.kind, Kind::erratum);
    // sigma'(0.2), 3 sigma'(0.5), 2 sigma'(0.3) with sigma' = sech(x/2)^2 / 4, computed with mpmath.
    EXPECT_TRUE(
        says(z2, "[0.24751657271185994459, 0.70501113660478346721, 0.48891662338149173813]"));
    EXPECT_TRUE(
        says(z2, "only with h2 as the output of the sigmoid do the printed magnitudes come out"));
}

TEST_P(Exercise3, the_sizes_are_3_by_4_and_4_and_the_printed_letters_need_it_so) {
    EXPECT_EQ(statement(derivation, "sizes").kind, Kind::confirmation);
    EXPECT_EQ(statement(derivation, "sizes").claim, "W1 and W2 are 3 x 4, and dL/dv has 4 entries");
    const claims::Statement& printed = statement(derivation, "solution-sizes");
    EXPECT_EQ(printed.kind, Kind::erratum);
    EXPECT_EQ(printed.truth, "a = 4 and b = 3");
}

TEST_P(Exercise3, the_printed_sigmoid_fails_in_double_and_the_librarys_does_not) {
    EXPECT_EQ(statement(derivation, "printed-sigmoid").kind, Kind::erratum);
    EXPECT_TRUE(says(statement(derivation, "printed-sigmoid"), "from x = 709.78"));
    EXPECT_EQ(statement(derivation, "printed-sigmoid-slope").kind, Kind::erratum);
    EXPECT_TRUE(says(statement(derivation, "printed-sigmoid-slope"), "about 37.5, it is 0"));
    EXPECT_EQ(statement(derivation, "library-sigmoid").kind, Kind::confirmation);
}

TEST_P(Exercise3, the_backprop_library_computes_the_corrected_equation) {
    EXPECT_EQ(statement(derivation, "library").kind, Kind::confirmation);
    EXPECT_TRUE(says(statement(derivation, "library"), "12 of 12 drawn pairs"));
}

INSTANTIATE_TEST_SUITE_P(FiveSeeds, Exercise3,
                         testing::Values(1, 2, 3, 20220708, ~std::uint64_t{0}));

TEST(Exercise3Cost, a_verification_takes_less_than_two_seconds) {
    const auto start = std::chrono::steady_clock::now();
    (void)judged();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
}  // namespace gradproof::fixtures
