// Values and slopes of elementwise primitives at the points where a textbook form has none: what their
// conventions say, and where nothing may over- or underflow on the way.
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace gradproof {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();

[[nodiscard]] cases::Answer answer(const std::string& name, const std::vector<double>& at,
                                   double cotangent = 1,
                                   const backprop::Attributes& attributes = {}) {
    cases::Case drawn;
    std::vector<backprop::Variable> operands;
    for (std::size_t i = 0; i < at.size(); ++i) {
        operands.push_back(backprop::input(drawn.graph, "x" + std::to_string(i), {}));
        drawn.inputs.push_back({at[i]});
    }
    (void)backprop::apply(primitives::primitive(name), operands, attributes);
    drawn.cotangent = {cotangent};
    return cases::backprop_answer(drawn, drawn.cotangent);
}

struct Row {
    std::string name;
    std::vector<double> at;
    double value;
    std::vector<double> gradient;
    backprop::Attributes attributes = {};
};

TEST(SpecialValues, are_those_of_the_conventions_and_of_the_limits) {
    const double huge = std::numeric_limits<double>::max();
    const std::vector<Row> rows{
        {"sinc", {0}, 1, {0}},
        {"sinc", {1e-300}, 1, {-1e-300 / 3}},
        {"asin", {1}, std::asin(1), {kInf}},
        {"asin", {-1}, std::asin(-1), {kInf}},
        {"acos", {-1}, std::acos(-1), {-kInf}},
        {"acosh", {1}, 0, {kInf}},
        {"atan", {1e160}, std::atan(kInf), {1e-320}},
        {"atan2", {1e-300, 1e300}, 0, {1e-300, 0}},
        {"atan2", {1e300, 1e300}, std::atan(1), {5e-301, -5e-301}},
        {"cbrt", {0}, 0, {kInf}},
        {"cbrt", {-8}, -2, {1.0 / 12}},
        {"integer_power", {0}, 1, {0}, {0}},
        {"integer_power", {0}, 0, {1}, {1}},
        {"integer_power", {-2}, -8, {12}, {3}},
        {"pow", {kTiny, 0}, 1, {0, std::log(kTiny)}},
        {"pow", {kTiny, 1}, kTiny, {1, kTiny * std::log(kTiny)}},
        {"hypot", {0, 0}, 0, {0, 0}},
        {"hypot", {3 * kTiny, -4 * kTiny}, 5 * kTiny, {0.6, -0.8}},
        {"hypot", {huge / 2, huge / 2}, huge * std::sqrt(0.5), {std::sqrt(0.5), std::sqrt(0.5)}},
        {"xlogy", {0, 0}, 0, {-kInf, 0}},
        {"xlogy", {0, 2}, 0, {std::log(2), 0}},
        {"logaddexp", {huge, huge}, huge, {0.5, 0.5}},
        {"logaddexp", {huge, -huge}, huge, {1, 0}},
        {"logaddexp", {-800, -800}, std::log(2) - 800, {0.5, 0.5}},
        {"erfc", {26}, std::erfc(26), {-2 / std::sqrt(std::acos(-1)) * 2.6117417612840555e-294}},
        {"erf", {1e300}, 1, {0}},
        {"lgamma", {1}, 0, {-0.5772156649015329}},
        {"lgamma", {2}, 0, {0.42278433509846714}},
    };
    for (const Row& row : rows) {
        const std::string where = row.name + " at " + cases::shortest(row.at[0]);
        const cases::Answer given = answer(row.name, row.at, 1, row.attributes);
        EXPECT_DOUBLE_EQ(given.primal[0], row.value) << where;
        for (std::size_t k = 0; k < row.gradient.size(); ++k)
            EXPECT_DOUBLE_EQ(given.gradient[k], row.gradient[k]) << where << ", operand " << k;
    }
}

TEST(AZeroCotangent, gives_zero_where_the_slope_is_infinite) {
    for (const auto& [name, at] : std::vector<std::pair<std::string, std::vector<double>>>{
             {"asin", {1}}, {"acos", {-1}}, {"acosh", {1}}, {"cbrt", {0}}, {"xlogy", {0, 0}}}) {
        for (const double slope : answer(name, at, 0).gradient) EXPECT_EQ(slope, 0) << name;
    }
}

}  // namespace
}  // namespace gradproof
