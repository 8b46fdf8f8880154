// How a case file looks: one input, one node a line, the same for ever.
#include <gradproof/case/file.hpp>
#include <gradproof/primitives/builders.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gradproof::cases {
namespace {

constexpr const char* kGolden = R"json({
  "format": "gradproof case",
  "version": 1,
  "numbers": "binary64",
  "inputs": [
    {"name": "W1", "shape": [2, 3], "values": [1, 0.5, "-0", -0.1, 1e-05, 1e+300]},
    {"name": "v", "shape": [3], "values": ["nan", "-inf", 5e-324]},
    {"name": "empty", "shape": [0], "values": []},
    {"name": "s", "shape": [], "values": [9007199254740994]}
  ],
  "program": [
    {"node": "n2", "primitive": "matvec", "operands": ["W1", "v"]},
    {"node": "n3", "primitive": "relu", "operands": ["n2"]},
    {"node": "n5", "primitive": "concatenate", "operands": ["n3", "empty", "n3"]},
    {"node": "n6", "primitive": "slice", "operands": ["n5"], "attributes": {"begin": 1, "end": 4}},
    {"node": "n8", "primitive": "scale", "operands": ["s"], "attributes": {"factor": -2.5}}
  ],
  "output": "n6",
  "cotangent": [1, 0.25, 0],
  "finding": {
    "law": "vjp agrees with finite differences",
    "subject": "relu with its mask >= 0",
    "seed": 18446744073709551615,
    "verdict": "wrong",
    "report": [
      "wrong: v[0] is 1, wanted 0",
      "  n3 = relu(n2)"
    ],
    "gradproof": "0.1.0"
  }
}
)json";

constexpr const char* kSmallest = R"json({
  "format": "gradproof case",
  "version": 1,
  "numbers": "binary32",
  "inputs": [
    {"name": "x", "shape": [], "values": [0.1]}
  ],
  "program": [],
  "output": "x",
  "cotangent": [1]
}
)json";

Case golden_case() {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Case drawn;
    backprop::Graph& graph = drawn.graph;
    const auto W1 = backprop::input(graph, "W1", {2, 3});
    const auto v = backprop::input(graph, "v", {3});
    const auto h = primitives::relu(primitives::matvec(W1, v));
    const auto twice = primitives::concatenate({h, backprop::input(graph, "empty", {0}), h});
    const auto output = primitives::slice(twice, 1, 4);
    static_cast<void>(primitives::scale(-2.5, backprop::input(graph, "s", {})));
    graph.output = output.id;
    drawn.inputs = {{1, 0.5, -0.0, -0.1, 1e-5, 1e300},
                    {-std::nan(""), -infinity, 5e-324},
                    {},
                    {9007199254740994}};
    drawn.cotangent = {1, 0.25, 0};
    return drawn;
}

const Finding kFinding{.law = "vjp agrees with finite differences",
                       .subject = "relu with its mask >= 0",
                       .seed = std::numeric_limits<std::uint64_t>::max(),
                       .verdict = "wrong",
                       .report = {"wrong: v[0] is 1, wanted 0", "  n3 = relu(n2)"},
                       .gradproof = "0.1.0"};

TEST(ACaseFile, is_laid_out_for_people) {
    EXPECT_EQ(write(golden_case(), kFinding), kGolden);
    Case smallest;
    smallest.graph.add_input("x", {});
    smallest.inputs = {{0.1F}};
    smallest.cotangent = {1};
    smallest.precision = Precision::binary32;
    EXPECT_EQ(write(smallest), kSmallest);
}

TEST(ACaseFile, is_written_again_as_it_was_read) {
    const CaseFile golden = read(kGolden, "golden.json");
    EXPECT_EQ(write(golden.drawn, golden.finding), kGolden);
    const CaseFile smallest = read(kSmallest, "smallest.json");
    EXPECT_EQ(write(smallest.drawn, smallest.finding), kSmallest);
}

}  // namespace
}  // namespace gradproof::cases
