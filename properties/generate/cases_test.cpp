// The generators of cases: what they must never do, and false properties, each of which they must
// refute on every seed within the quick tier's number of cases.
#include <gradproof/backprop/sweep.hpp>
#include <gradproof/generate/classes.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include "refutes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace gradproof::generate {
namespace {

using cases::Case;
using Vector = std::vector<double>;
using Property = std::function<bool(const Case&)>;

constexpr int kCases = 100;

struct FalseProperty {
    const char* sentence;
    Property holds;
};

void expect_refuted(const std::string& of, const rc::Gen<Case>& drawn,
                    const std::vector<FalseProperty>& properties, int cases = kCases) {
    for (const FalseProperty& property : properties) {
        EXPECT_EQ(seeds_that_refute(drawn, property.holds, cases), 5)
            << of << ": " << property.sentence;
    }
}

[[nodiscard]] rc::Gen<Case> of(std::string_view primitive,
                               Precision precision = Precision::binary64) {
    return primitive_case(primitives::primitive(primitive), precision);
}

[[nodiscard]] const scalar::Shape& shape_of_input(const Case& drawn, std::size_t i = 0) {
    return drawn.graph.nodes[drawn.graph.inputs[i]].shape();
}

[[nodiscard]] Property never_inputs_with(InputClass input_class) {
    return [input_class](const Case& drawn) {
        return !classes_of(drawn.inputs[0], {}, drawn.precision).has(input_class);
    };
}
[[nodiscard]] Property never_in_cotangent(InputClass input_class) {
    return [input_class](const Case& drawn) {
        return !classes_of(drawn.cotangent, {}, drawn.precision).has(input_class);
    };
}
[[nodiscard]] Property never_of_shape(InputClass input_class) {
    return [input_class](const Case& drawn) {
        return !classes_of_shape(shape_of_input(drawn)).has(input_class);
    };
}

/// Values of all nodes of this primitive.
[[nodiscard]] Vector operands_of(const Case& drawn, std::string_view primitive) {
    Vector found;
    const auto values = backprop::forward<double>(drawn.graph, drawn.inputs);
    for (const backprop::Node& node : drawn.graph.nodes) {
        if (node.primitive == nullptr || node.primitive->name != primitive) continue;
        const Vector& operand = values[node.operands[0]];
        found.insert(found.end(), operand.begin(), operand.end());
    }
    return found;
}

TEST(CasesOfAPrimitive, refute_that_numbers_shapes_and_cotangents_are_ordinary) {
    const std::vector<FalseProperty> properties{
        {"never a size-0 dimension", never_of_shape(InputClass::size_0)},
        {"never a size-1 dimension", never_of_shape(InputClass::size_1)},
        {"never a scalar", never_of_shape(InputClass::scalar)},
        {"never a vector", never_of_shape(InputClass::vector)},
        {"never a matrix", never_of_shape(InputClass::matrix)},
        {"never an exact 0 input", never_inputs_with(InputClass::zero)},
        {"never a -0", never_inputs_with(InputClass::negative_zero)},
        {"never a subnormal", never_inputs_with(InputClass::subnormal)},
        {"never a huge number", never_inputs_with(InputClass::huge)},
        {"never two equal entries", never_inputs_with(InputClass::tie)},
        {"never two entries an ulp apart", never_inputs_with(InputClass::near_tie)},
        {"never one entry that drowns the others", never_inputs_with(InputClass::dominated)},
        {"never an all-zero cotangent", never_in_cotangent(InputClass::all_zero)},
        {"never a unit vector as cotangent", never_in_cotangent(InputClass::unit_vector)},
        {"never a sparse cotangent", never_in_cotangent(InputClass::sparse)},
        {"never a cotangent of all digits", never_in_cotangent(InputClass::many_digits)},
    };
    for (const char* primitive : {"relu", "add", "negate"}) {
        expect_refuted(primitive, of(primitive), properties, 3 * kCases);
        expect_refuted(std::string(primitive) + " in binary32", of(primitive, Precision::binary32),
                       properties, 3 * kCases);
    }
}

TEST(CasesOfAPrimitive, refute_that_hard_points_are_met_by_luck_only) {
    expect_refuted("relu", of("relu"),
                   {{"never a pre-activation that is exactly 0", [](const Case& drawn) {
                         return std::count(drawn.inputs[0].begin(), drawn.inputs[0].end(), 0.0) ==
                                0;
                     }}});
    expect_refuted("softmax", of("softmax"),
                   {{"never two equal logits", never_inputs_with(InputClass::tie)},
                    {"never logits 1000 apart", [](const Case& drawn) {
                         if (drawn.inputs[0].empty()) return true;
                         const auto [low, high] =
                             std::minmax_element(drawn.inputs[0].begin(), drawn.inputs[0].end());
                         return *high - *low < 1000;
                     }}});
    for (const char* saturating : {"sigmoid", "tanh", "softplus"}) {
        const auto far = [](double x) { return std::abs(x) > 15 && std::abs(x) < 800; };
        expect_refuted(saturating, of(saturating),
                       {{"never far out, yet before all is lost", [&](const Case& drawn) {
                             return std::none_of(drawn.inputs[0].begin(), drawn.inputs[0].end(),
                                                 far);
                         }}});
    }
    expect_refuted("sqrt", of("sqrt"),
                   {{"never the root of 0", never_inputs_with(InputClass::zero)}});
    expect_refuted("divide", of("divide"),
                   {{"never a quotient that overflows", [](const Case& drawn) {
                         for (std::size_t i = 0; i < drawn.inputs[0].size(); ++i) {
                             if (std::isinf(drawn.inputs[0][i] / drawn.inputs[1][i])) return false;
                         }
                         return true;
                     }}});
}

TEST(CasesOfAPrimitive, refute_that_attributes_and_operands_stay_at_their_defaults) {
    const auto attribute = [](std::size_t k, auto is) {
        return [k, is](const Case& drawn) {
            return is(drawn.graph.nodes[drawn.graph.output].application.attributes[k]);
        };
    };
    expect_refuted(
        "slice", of("slice"),
        {{"always from the front", attribute(0, [](double begin) { return begin == 0; })},
         {"always to the end",
          [](const Case& drawn) {
              return drawn.graph.nodes[drawn.graph.output].application.attributes[1] ==
                     static_cast<double>(drawn.inputs[0].size());
          }},
         {"never empty", [](const Case& drawn) { return !drawn.cotangent.empty(); }}});
    expect_refuted(
        "scale", of("scale"),
        {{"always by a positive factor", attribute(0, [](double factor) { return factor > 0; })},
         {"never by 1 or 0",
          attribute(0, [](double factor) { return factor != 1 && factor != 0; })}});
    const auto operands = [](std::size_t count) {
        return [count](const Case& drawn) { return drawn.inputs.size() != count; };
    };
    expect_refuted("concatenate", of("concatenate"),
                   {{"never one operand", operands(1)},
                    {"never two", operands(2)},
                    {"never three", operands(3)}});
    expect_refuted("matmul", of("matmul"),
                   {{"always square",
                     [](const Case& drawn) {
                         return shape_of_input(drawn, 0)[0] == shape_of_input(drawn, 0)[1];
                     }},
                    {"never an empty inner dimension",
                     [](const Case& drawn) { return shape_of_input(drawn, 0)[1] != 0; }}});
}

TEST(CasesOfAPrimitive, are_checkable_and_in_its_domain) {
    for (const backprop::Primitive& primitive : primitives::catalogue()) {
        for (const Precision precision : {Precision::binary64, Precision::binary32}) {
            rc::Random random(4);
            for (int i = 0; i < kCases; ++i) {
                const Case drawn =
                    primitive_case(primitive, precision)(random.split(), rc::kNominalSize).value();
                ASSERT_NO_THROW(cases::require_checkable(drawn)) << primitive.name;
                ASSERT_EQ(drawn.precision, precision);
                for (std::size_t k = 0; k < drawn.inputs.size(); ++k) {
                    for (const double x : drawn.inputs[k])
                        ASSERT_TRUE(contains(primitive.domain(k), x, precision)) << primitive.name;
                }
            }
        }
    }
}

TEST(CasesOfNets, refute_that_nets_are_ordinary) {
    const auto never_uses = [](std::string_view name) {
        return [name](const Case& drawn) {
            return std::none_of(drawn.graph.nodes.begin(), drawn.graph.nodes.end(),
                                [name](const backprop::Node& node) {
                                    return node.primitive != nullptr &&
                                           node.primitive->name == name;
                                });
        };
    };
    std::vector<FalseProperty> properties{
        {"never one layer", [](const Case& drawn) { return drawn.inputs.size() > 2; }},
        {"never three layers and a loss",
         [](const Case& drawn) { return drawn.graph.nodes.size() < 13; }},
        {"never a size-1 layer", [](const Case& drawn) { return shape_of_input(drawn)[0] != 1; }},
        {"never 40 entries or more",
         [](const Case& drawn) { return cases::flat_inputs(drawn).size() < 40; }},
        {"never two equal entries",
         [](const Case& drawn) {
             return !classes_of(cases::flat_inputs(drawn)).has(InputClass::tie);
         }},
        {"never an all-zero cotangent", never_in_cotangent(InputClass::all_zero)},
    };
    for (const char* name : {"relu", "sigmoid", "tanh", "softplus", "square", "log_softmax", "add",
                             "sum", "mean_squared_error", "softmax_cross_entropy"}) {
        properties.push_back({name, never_uses(name)});
    }
    expect_refuted("nets", net_case(), properties);
    // One decimal is what makes sums cancel; it takes more nets.
    expect_refuted("nets", net_case(),
                   {{"never a relu pre-activation that is exactly 0",
                     [](const Case& drawn) {
                         const Vector z = operands_of(drawn, "relu");
                         return std::count(z.begin(), z.end(), 0.0) == 0;
                     }}},
                   10 * kCases);
}

TEST(CasesOfNets, are_checkable_and_within_their_bounds) {
    for (const Precision precision : {Precision::binary64, Precision::binary32}) {
        rc::Random random(6);
        for (int i = 0; i < 10 * kCases; ++i) {
            const Case drawn = net_case({}, precision)(random.split(), rc::kNominalSize).value();
            ASSERT_NO_THROW(cases::require_checkable(drawn));
            ASSERT_LE(cases::flat_inputs(drawn).size(), 45U);
        }
    }
}

TEST(CasesOfNets, of_sigmoids_have_the_layers_that_were_asked_for) {
    Dice dice(rc::Random(1));
    const Case drawn = draw_sigmoid_net(dice, {10, 20, 10});
    EXPECT_EQ(cases::flat_inputs(drawn).size(), 440U);
    EXPECT_EQ(drawn.cotangent.size(), 10U);
    EXPECT_NO_THROW(cases::require_checkable(drawn));
}

}  // namespace
}  // namespace gradproof::generate
