// Shapes that fit a primitive: letters stand for one size wherever they stand, and what is drawn fits.
#include <gradproof/generate/fitting_shapes.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::generate {
namespace {

TEST(FittingShapes, take_a_letter_for_the_same_size_wherever_it_stands) {
    FittingShapes product;
    EXPECT_FALSE(product.fits("m k", {2})) << "too few axes";
    EXPECT_TRUE(product.fits("m k", {2, 3}));
    EXPECT_FALSE(product.fits("k n", {2, 3})) << "k is 3";
    EXPECT_TRUE(product.fits("k n", {3, 5}));
    EXPECT_FALSE(product.fits("n", {4})) << "n is 5, and a shape that did not fit changed nothing";
}

TEST(FittingShapes, take_further_axes_for_the_same_wherever_they_stand) {
    FittingShapes batched;
    EXPECT_TRUE(batched.fits("... n", {2, 3, 4}));
    EXPECT_FALSE(batched.fits("...", {2, 4}));
    EXPECT_TRUE(batched.fits("...", {2, 3}));
    EXPECT_TRUE(batched.fits("n ...", {4, 2, 3}));
    EXPECT_FALSE(batched.fits("m n ...", {4})) << "too few axes for the letters";
}

TEST(FittingShapes, of_their_own_sizes_need_not_agree) {
    FittingShapes parts;
    EXPECT_TRUE(parts.fits("_", {2}));
    EXPECT_TRUE(parts.fits("_", {5}));
}

/// How many axes a pattern has by name.
[[nodiscard]] std::size_t letters(std::string_view pattern) {
    return static_cast<std::size_t>(
        std::ranges::count_if(pattern, [](char token) { return token != ' ' && token != '.'; }));
}

TEST(FittingShapes, that_are_drawn_fit_and_stay_within_their_bounds) {
    rc::Random random(1);
    for (const backprop::Primitive& each : primitives::catalogue()) {
        for (int draw = 0; draw < 100; ++draw) {
            Dice dice(random.split());
            FittingShapes drawing, fitting;
            for (std::size_t k = 0; k < each.operands.size(); ++k) {
                const std::string_view pattern = shape_pattern(each, k);
                const Shape shape = drawing.drawn(pattern, dice, {.largest_size = 4});
                EXPECT_TRUE(fitting.fits(pattern, shape)) << each.name;
                EXPECT_LE(shape.size(), std::max<std::size_t>(2, letters(pattern))) << each.name;
                for (const std::size_t size : shape) EXPECT_LE(size, 4U) << each.name;
            }
        }
    }
}

}  // namespace
}  // namespace gradproof::generate
