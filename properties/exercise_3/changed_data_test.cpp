// Whatever is changed in the data of Exercise 3 is noticed: what is new, what is gone.
#include "judged.hpp"

#include <gtest/gtest.h>
#include <gradproof/claims/derivation.hpp>

#include <algorithm>

namespace gradproof::fixtures {
namespace {

using Kind = claims::Statement::Kind;

bool is_gone(const claims::Derivation& derivation, const std::string& id) {
    return std::any_of(derivation.gone.begin(), derivation.gone.end(),
                       [&](const claims::RecordedErratum& erratum) { return erratum.id == id; });
}

TEST(ChangedData, without_the_wrong_sign_the_recorded_errata_are_gone) {
    const claims::Derivation derivation = judged_with("-0.42", "0.42");
    EXPECT_FALSE(derivation.holds());
    EXPECT_TRUE(is_gone(derivation, "second-vector-entry-3"));
    EXPECT_TRUE(is_gone(derivation, "equation-5"));
    EXPECT_EQ(derivation.gone.size(), 2U);
    EXPECT_EQ(derivation.unrecorded(), 0U);
    EXPECT_EQ(statement(derivation, "equation-5").kind, Kind::confirmation);
    const auto lines = claims::to_lines(derivation);
    EXPECT_EQ(lines[0],
              "Exercise 3 (2022/07/08): NOT as recorded: 2 recorded errata are gone; 14 claims "
              "confirmed.");
}

TEST(ChangedData, swapped_digits_are_a_new_erratum) {
    const claims::Derivation derivation = judged_with("\"0.75\", \"-0.42\"", "\"0.57\", \"-0.42\"");
    EXPECT_FALSE(derivation.holds());
    const claims::Statement& entry = statement(derivation, "second-vector-entry-2");
    EXPECT_EQ(entry.kind, Kind::erratum);
    EXPECT_FALSE(entry.recorded);
    EXPECT_EQ(entry.error_class, "digits swapped");
    EXPECT_EQ(entry.truth, "0.75");
    EXPECT_TRUE(statement(derivation, "second-vector-entry-3").recorded);
}

TEST(ChangedData, a_slip_where_a_row_may_be_zero_spares_those_matrices) {
    const std::string right = changed(std::string(embedded::exercise_3), "-0.42", "0.42");
    const auto derivation = verify_exercise_3(
        changed(right, "\"0.75\", \"0.42\"]\n  },", "\"0.57\", \"0.42\"]\n  },"), 1);
    const claims::Statement& equation = statement(derivation, "equation-5");
    EXPECT_EQ(equation.kind, Kind::erratum);
    EXPECT_TRUE(says(equation, "no W1 and W2 escape but those where that row is zero"));
}

TEST(ChangedData, a_minus_in_the_loss_gradient_makes_the_printed_number_right) {
    const claims::Derivation derivation =
        judged_with("[\"1\", \"3\", \"2\"]", "[\"1\", \"3\", \"-2\"]");
    EXPECT_EQ(statement(derivation, "second-vector-entry-3").kind, Kind::confirmation);
    EXPECT_TRUE(is_gone(derivation, "second-vector-entry-3"));
    EXPECT_EQ(statement(derivation, "solution-second-vector").kind, Kind::erratum);
}

TEST(ChangedData, a_wrong_mask_in_the_first_vector_is_a_new_erratum) {
    const claims::Derivation derivation = judged_with(
        "\"first vector\": [\"-2\", \"0\", \"4\"],\n    \"second vector\": [\"0.16\", \"0.75\", "
        "\"-0.42\"]",
        "\"first vector\": [\"-2\", \"1\", \"4\"],\n    \"second vector\": [\"0.16\", \"0.75\", "
        "\"-0.42\"]");
    const claims::Statement& entry = statement(derivation, "first-vector-entry-2");
    EXPECT_EQ(entry.kind, Kind::erratum);
    EXPECT_EQ(entry.truth, "0");
    EXPECT_FALSE(derivation.holds());
}

TEST(ChangedData, an_h1_at_the_kink_is_undecided_and_not_passed) {
    const claims::Derivation derivation =
        judged_with("\"h1\": [\"2\", \"-1\", \"3\"]", "\"h1\": [\"2\", \"0\", \"3\"]");
    EXPECT_EQ(statement(derivation, "first-vector-entry-2").kind, Kind::undecided);
    EXPECT_TRUE(says(statement(derivation, "first-vector-entry-2"), "nonsmooth"));
    EXPECT_TRUE(is_gone(derivation, "h1-entry-2"));
    EXPECT_FALSE(derivation.holds());
}

TEST(ChangedData, numbers_for_letters_are_right_if_they_are_the_right_ones) {
    const std::string given =
        "\"size of v\": [\"a\"],\n    \"size of h\": [\"b\"],\n    \"size of W\": [\"3\", \"a\"],\n"
        "    \"size of dL/dv\": [\"a\"]";
    const std::string right =
        "\"size of v\": [\"4\"],\n    \"size of h\": [\"3\"],\n    \"size of W\": [\"3\", \"4\"],\n"
        "    \"size of dL/dv\": [\"4\"]";
    const claims::Derivation derivation = judged_with(given, right);
    EXPECT_EQ(statement(derivation, "solution-sizes").kind, Kind::confirmation);
    EXPECT_TRUE(is_gone(derivation, "solution-sizes"));
    const claims::Derivation transposed =
        judged_with(given, changed(right, "[\"3\", \"4\"]", "[\"4\", \"3\"]"));
    EXPECT_EQ(statement(transposed, "solution-sizes").error_class, "value");
}

}  // namespace
}  // namespace gradproof::fixtures
