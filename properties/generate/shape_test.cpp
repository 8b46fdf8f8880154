// What generators of shapes must hold: the special sizes and equal sizes come up, the bounds hold,
// and square shapes can shrink to square shapes.
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/shape.hpp>

#include "refutes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <vector>

namespace gradproof::generate {
namespace {

constexpr int kTriesOfAShape = 300;

std::function<bool(const Shape&)> never_a_shape_with(InputClass input_class) {
    return [input_class](const Shape& shape) { return !classes_of_shape(shape).has(input_class); };
}

bool within(const Shape& shape, const ShapeBounds& bounds) {
    const auto allowed = [&](std::size_t size) {
        return size <= bounds.largest_size && (size > 0 || bounds.zero_allowed);
    };
    return shape.size() >= bounds.lowest_rank && shape.size() <= bounds.highest_rank &&
           std::all_of(shape.begin(), shape.end(), allowed);
}

/// Bounds drawn from a number, so that properties range over many.
ShapeBounds some_bounds(std::uint64_t drawn) {
    Dice dice{rc::Random(drawn)};
    ShapeBounds bounds;
    bounds.lowest_rank = dice.below(3);
    bounds.highest_rank = bounds.lowest_rank + dice.below(3);
    bounds.largest_size = 1 + dice.below(8);
    bounds.zero_allowed = dice.chance(50);
    return bounds;
}

TEST(ShapeGenerator, refutes_what_is_false) {
    for (const InputClass claimed :
         {InputClass::scalar, InputClass::vector, InputClass::matrix, InputClass::size_0,
          InputClass::size_1, InputClass::repeated_size}) {
        EXPECT_EQ(seeds_that_refute(shape(), never_a_shape_with(claimed), kTriesOfAShape), 5)
            << name(claimed);
    }
    const auto always_square = [](const Shape& drawn) {
        return drawn.size() < 2 || drawn[0] == drawn[1];
    };
    EXPECT_EQ(seeds_that_refute(shape(), always_square, kTriesOfAShape), 5);
    const auto never_largest = [](const Shape& drawn) {
        return std::find(drawn.begin(), drawn.end(), 6U) == drawn.end();
    };
    EXPECT_EQ(seeds_that_refute(shape(), never_largest, kTriesOfAShape), 5);
}

TEST(ShapeGenerator, repeats_sizes_on_purpose_and_not_by_luck) {
    const auto never_repeated = [](const Shape& drawn) {
        return drawn[0] != drawn[1] || drawn[0] < 2;
    };
    const auto matrices = shape({.lowest_rank = 2, .largest_size = 1000000});
    EXPECT_EQ(seeds_that_refute(matrices, never_repeated, kTriesOfAShape), 5);
}

TEST(ShapeGenerator, reaches_rank_four) {
    const ShapeBounds bounds{.lowest_rank = 0, .highest_rank = 4};
    const auto below_four = [](const Shape& drawn) { return drawn.size() < 4; };
    EXPECT_EQ(seeds_that_refute(shape(bounds), below_four, kTriesOfAShape), 5);
}

TEST(ShapeGenerator, is_not_pinned_at_size_zero) {
    const auto draws =
        rc::Gen<Shape>([](const rc::Random& random, int) { return shape()(random, 0); });
    for (const InputClass claimed :
         {InputClass::matrix, InputClass::size_0, InputClass::size_1, InputClass::repeated_size}) {
        EXPECT_EQ(seeds_that_refute(draws, never_a_shape_with(claimed), kTriesOfAShape), 5)
            << name(claimed);
    }
    const auto never_five = [](const Shape& drawn) {
        return std::find(drawn.begin(), drawn.end(), 5U) == drawn.end();
    };
    EXPECT_EQ(seeds_that_refute(draws, never_five, kTriesOfAShape), 5);
}

TEST(DimensionGenerator, refutes_what_is_false) {
    for (const std::size_t size : {0U, 1U, 2U, 6U}) {
        const auto never_this = [size](std::size_t drawn) { return drawn != size; };
        EXPECT_EQ(seeds_that_refute(dimension(), never_this, kTriesOfAShape), 5) << size;
    }
    const auto positive = [](std::size_t drawn) { return drawn > 0; };
    EXPECT_EQ(seeds_that_refute(dimension({.zero_allowed = false}), positive, kTriesOfAShape), 0);
}

RC_GTEST_PROP(ShapeGenerator, keeps_the_bounds_and_so_does_every_try, ()) {
    const ShapeBounds bounds = some_bounds(*rc::gen::arbitrary<std::uint64_t>());
    const Shape drawn = *shape(bounds);
    RC_ASSERT(within(drawn, bounds));
    for (const Shape& tried : simpler_shapes(drawn, bounds)) {
        RC_ASSERT(within(tried, bounds));
        RC_ASSERT(tried != drawn);
    }
}

RC_GTEST_PROP(ShapeGenerator, every_try_drops_a_dimension_or_only_has_simpler_sizes, ()) {
    const ShapeBounds bounds = some_bounds(*rc::gen::arbitrary<std::uint64_t>());
    const Shape drawn = *shape(bounds);
    for (const Shape& tried : simpler_shapes(drawn, bounds)) {
        if (tried.size() + 1 == drawn.size()) continue;
        RC_ASSERT(tried.size() == drawn.size());
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            RC_ASSERT(simplicity_of_size(tried[i]) <= simplicity_of_size(drawn[i]));
        }
    }
}

RC_GTEST_PROP(ShapeGenerator, shrinks_to_the_lowest_rank_of_ones_where_everything_fails, ()) {
    const ShapeBounds bounds = some_bounds(*rc::gen::arbitrary<std::uint64_t>());
    const auto end = shrunk(shrinkable(*shape(bounds), bounds), [](const Shape&) { return true; });
    RC_ASSERT(end.value == Shape(bounds.lowest_rank, 1));
    RC_ASSERT(end.tries <= 5);
}

RC_GTEST_PROP(ShapeGenerator, shrinks_a_square_that_fails_to_the_smallest_square, ()) {
    const std::size_t side = 3 + *dimension({.largest_size = 9});
    const auto square = [](const Shape& tried) {
        return tried.size() == 2 && tried[0] == tried[1] && tried[0] >= 3;
    };
    const auto end = shrunk(shrinkable(Shape{side, side}, {}), square);
    RC_ASSERT(end.value == (Shape{3, 3}));
    RC_ASSERT(end.tries < 60);
}

TEST(SimplerSizes, begin_at_1_and_go_on_to_0_only_where_allowed) {
    EXPECT_EQ(simpler_sizes(9), (std::vector<std::size_t>{1, 0, 2, 4, 8}));
    EXPECT_EQ(simpler_sizes(9, false), (std::vector<std::size_t>{1, 2, 4, 8}));
    EXPECT_EQ(simpler_sizes(0), (std::vector<std::size_t>{1}));
    EXPECT_TRUE(simpler_sizes(1).empty());
}

TEST(SimplerSizeLists, shrink_equal_sizes_together_before_one_at_a_time) {
    const auto tries = simpler_size_lists({3, 2, 3}, false);
    EXPECT_EQ(tries, (std::vector<std::vector<std::size_t>>{{1, 1, 1},
                                                            {1, 2, 1},
                                                            {2, 2, 2},
                                                            {3, 1, 3},
                                                            {1, 2, 3},
                                                            {2, 2, 3},
                                                            {3, 2, 1},
                                                            {3, 2, 2}}));
}

TEST(ShapeGenerator, refuses_bounds_that_no_shape_meets) {
    EXPECT_THROW(static_cast<void>(shape({.lowest_rank = 3})), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(dimension({.largest_size = 0})), std::invalid_argument);
}

}  // namespace
}  // namespace gradproof::generate
