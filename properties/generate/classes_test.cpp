// What the classes of inputs must hold: each example is of its class, each class has a name and is
// drawn.
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/shape.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <string_view>

namespace gradproof::generate {
namespace {

std::string names(const ClassSet& classes) {
    std::string listed;
    for (const InputClass member : classes.members()) {
        listed += (listed.empty() ? "" : ", ") + std::string(name(member));
    }
    return listed;
}

TEST(InputClasses, of_a_number_are_all_that_it_belongs_to) {
    const Domain domain{.lower = -800, .hard_points = {36.7}};
    EXPECT_EQ(names(classes_of(0.0)), "zero");
    EXPECT_EQ(names(classes_of(-0.0)), "negative zero");
    EXPECT_EQ(names(classes_of(-3.0)), "negative, integer, short decimal");
    EXPECT_EQ(names(classes_of(5e-324)), "subnormal, tiny, short decimal");
    EXPECT_EQ(names(classes_of(1e-200)), "tiny, short decimal");
    EXPECT_EQ(names(classes_of(1.2345e200)), "huge, integer");
    EXPECT_EQ(names(classes_of(std::numeric_limits<double>::max())),
              "huge, near overflow, integer, many digits");
    EXPECT_EQ(names(classes_of(36.7, domain)), "short decimal, hard point");
    EXPECT_EQ(names(classes_of(std::nextafter(36.7, 0), domain)),
              "many digits, hard point neighbour");
    EXPECT_EQ(names(classes_of(-800, domain)), "negative, integer, short decimal, hard point");
}

TEST(InputClasses, of_a_number_are_those_of_its_format) {
    const auto x = double{1e-40F};
    EXPECT_EQ(names(classes_of(x, {}, Precision::binary32)), "subnormal, tiny, short decimal");
    EXPECT_EQ(names(classes_of(x)), "many digits");
}

TEST(InputClasses, of_a_vector_are_those_of_its_entries_and_its_own) {
    EXPECT_EQ(names(classes_of(std::vector<double>{})), "");
    EXPECT_EQ(names(classes_of(std::vector<double>{0, 1, 0})),
              "zero, integer, short decimal, several zeros, sparse, unit vector");
    EXPECT_EQ(names(classes_of(std::vector<double>{2, 3, 2})), "integer, short decimal, tie");
    EXPECT_EQ(names(classes_of(std::vector<double>{0, -0.0})),
              "zero, negative zero, several zeros, all zero");
    EXPECT_EQ(names(classes_of(std::vector<double>{1, 1 + 0x1p-52})),
              "integer, short decimal, many digits, near tie");
    EXPECT_EQ(names(classes_of(std::vector<double>{1, 3e6, 2})),
              "integer, short decimal, dominated");
    EXPECT_EQ(names(classes_of(std::vector<double>{1})), "integer, short decimal, unit vector");
}

TEST(InputClasses, of_a_shape_are_its_rank_and_its_special_sizes) {
    EXPECT_EQ(names(classes_of_shape({})), "scalar");
    EXPECT_EQ(names(classes_of_shape({0})), "vector, size 0");
    EXPECT_EQ(names(classes_of_shape({1, 1})), "matrix, size 1, repeated size");
    EXPECT_EQ(names(classes_of_shape({2, 3, 4})), "higher rank");
}

TEST(InputClasses, have_a_name_each) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < kInputClasses; ++i) seen.insert(name(static_cast<InputClass>(i)));
    EXPECT_EQ(seen.size(), kInputClasses);
    EXPECT_EQ(seen.count(""), 0U);
}

TEST(InputClasses, are_all_drawn) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        const Domain domain{.hard_points = {36.7}};
        ClassSet covered;
        Dice dice{rc::Random(1)};
        for (int i = 0; i < 500; ++i) {
            covered |= classes_of(draw_numbers(dice, 4, domain, precision), domain, precision);
            covered |= classes_of(draw_cotangent(dice, 4, precision), {}, precision);
            covered |= classes_of_shape(draw_shape(dice, {.highest_rank = 4}));
        }
        EXPECT_EQ(covered.members().size(), kInputClasses) << names(covered);
    }
}

}  // namespace
}  // namespace gradproof::generate
