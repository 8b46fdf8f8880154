// A reduction or a map along an axis is that of each of its lines, to the last bit; sizes 0, and axes that
// are not there.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/generate/numbers.hpp>
#include <gradproof/generate/shape.hpp>
#include <gradproof/primitives/along_axis.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace gradproof {
namespace {

using backprop::Attributes;
using backprop::Primitive;
using primitives::Lines;
using Numbers = std::vector<double>;

[[nodiscard]] bool same_bits(const Numbers& a, const Numbers& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

[[nodiscard]] cases::Answer answer(const Primitive& primitive, const scalar::Shape& shape,
                                   const Attributes& attributes, Numbers x, Numbers g) {
    cases::Case drawn;
    static_cast<void>(
        backprop::apply(primitive, {backprop::input(drawn.graph, "x", shape)}, attributes));
    drawn.inputs = {std::move(x)};
    drawn.cotangent = std::move(g);
    return cases::backprop_answer(drawn, drawn.cotangent);
}

[[nodiscard]] Numbers line_of(const Numbers& all, const Lines& lines, std::size_t line) {
    std::vector<double> copy;
    const auto row = primitives::gathered(std::span<const double>(all), lines, line, copy);
    return {row.begin(), row.end()};
}

class AlongAnAxis : public ::testing::TestWithParam<const Primitive*> {};

TEST_P(AlongAnAxis, a_primitive_is_itself_on_each_line) {
    const Primitive& primitive = *GetParam();
    const std::size_t own = primitive.single_attributes();
    rc::Random random(5);
    for (int draw = 0; draw < 100; ++draw) {
        generate::Dice dice(random.split());
        const scalar::Shape shape = generate::draw_shape(
            dice, {.lowest_rank = 1, .highest_rank = 4, .largest_size = 3, .zero_allowed = false});
        const std::size_t axis = dice.below(shape.size());
        const Attributes of_line(own, 0.0);
        Attributes attributes = of_line;
        attributes.push_back(static_cast<double>(axis));
        const Lines from = primitives::lines_of(shape, axis);
        const scalar::Shape result = primitive.shape({{shape}}, attributes);
        const bool map = result.size() == shape.size();
        const Lines to = map ? from : Lines{from.count(), 1, 1};
        const Numbers x =
            generate::draw_numbers(dice, scalar::element_count(shape), {},
                                   scalar::Precision::binary64, generate::Style::one_decimal);
        const Numbers g = generate::draw_cotangent(dice, scalar::element_count(result),
                                                   scalar::Precision::binary64);
        const cases::Answer whole = answer(primitive, shape, attributes, x, g);
        for (std::size_t line = 0; line < from.count(); ++line) {
            const cases::Answer alone = answer(primitive, {from.size}, of_line,
                                               line_of(x, from, line), line_of(g, to, line));
            EXPECT_TRUE(same_bits(line_of(whole.primal, to, line), alone.primal));
            EXPECT_TRUE(same_bits(line_of(whole.gradient, from, line), alone.gradient));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(primitive, AlongAnAxis, ::testing::ValuesIn([] {
                             std::vector<const Primitive*> found;
                             for (const Primitive& each : primitives::catalogue()) {
                                 if (each.operands.size() == 1 && each.has_list() &&
                                     each.attributes.back() == "axis..." && each.name != "slice")
                                     found.push_back(&each);
                             }
                             return found;
                         }()),
                         [](const auto& each) { return std::string(each.param->name); });

TEST(AnEmptyAxis, is_summed_to_0_and_multiplied_to_1_and_refused_where_there_is_no_identity) {
    const auto of = [](std::string_view name, const Attributes& attributes) {
        return answer(primitives::primitive(name), {2, 0}, attributes, {}, {1, 1});
    };
    EXPECT_EQ(of("sum", {1}).primal, (Numbers{0, 0}));
    EXPECT_EQ(of("prod", {1}).primal, (Numbers{1, 1}));
    EXPECT_TRUE(of("prod", {1}).gradient.empty());
    for (const char* name : {"max", "min", "mean", "logsumexp", "softmax"})
        EXPECT_THROW(static_cast<void>(of(name, {1})), backprop::ShapeError) << name;
    EXPECT_THROW(static_cast<void>(of("variance", {0, 1})), backprop::ShapeError);
}

TEST(AnAxisThatIsNotThere, is_refused_with_what_was_given_and_what_is_wanted) {
    const auto complaint = [](const scalar::Shape& shape, const Attributes& attributes) {
        try {
            static_cast<void>(primitives::primitive("sum").shape({{shape}}, attributes));
        } catch (const backprop::ShapeError& error) {
            return std::string(error.what());
        }
        return std::string("none");
    };
    EXPECT_EQ(complaint({2, 3}, {2}),
              "sum: given for shape [2, 3] the axis 2, wanted a whole number from 0 to 1");
    EXPECT_EQ(complaint({2, 3}, {0.5}),
              "sum: given for shape [2, 3] the axis 0.5, wanted a whole number from 0 to 1");
    EXPECT_EQ(complaint({2, 3}, {0, 1}), "sum: given 2 axes, wanted one or none");
    EXPECT_EQ(complaint({}, {0}),
              "sum: given an axis of shape [], wanted none: a scalar has no axis");
}

}  // namespace
}  // namespace gradproof
