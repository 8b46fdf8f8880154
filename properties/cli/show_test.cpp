// What is shown of a case: a sweep that a person can follow with a pencil, and the oracle's word on it.
#include "../folder.hpp"
#include "command_run.hpp"

#include <gradproof/case/file.hpp>
#include <gradproof/cli/array_text.hpp>
#include <gradproof/cli/exit_code.hpp>
#include <gradproof/primitives/builders.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace gradproof::cli {
namespace {

using primitives::add, primitives::hadamard, primitives::matvec, primitives::relu;

[[nodiscard]] CommandRun shown(const cases::Case& drawn, const char* option = nullptr) {
    const gradproof::testing::Folder folder;
    const std::string file = (folder.path() / "case.json").string();
    cases::write_file(file, drawn);
    std::vector<const char*> arguments{"show", file.c_str()};
    if (option != nullptr) arguments.push_back(option);
    CommandRun run = run_command(arguments);
    const std::size_t at = run.output.find(file);
    if (at != run.output.npos) run.output.replace(at, file.size(), "FILE");
    return run;
}

/// A node used twice, a kink, a node that nobody asks for.
[[nodiscard]] cases::Case pencil_case() {
    cases::Case drawn;
    const auto W = backprop::input(drawn.graph, "W", {2, 2});
    const auto x = backprop::input(drawn.graph, "x", {2});
    const auto h = relu(matvec(W, x));
    const auto output = add(h, hadamard(h, x));
    (void)primitives::sum(h);
    drawn.graph.output = output.id;
    drawn.inputs = {{2, -1, 1, 1}, {0.5, 1}};
    drawn.cotangent = {1, -2};
    return drawn;
}

constexpr const char* kGolden = R"(FILE:

forward, in binary64
  W = [[2, -1], [1, 1]]  (input of shape [2, 2])
  x = [0.5, 1]  (input of shape [2])
  n2 = matvec(W, x)
    = [0, 1.5]  (shape [2])
  n3 = relu(n2)
    = [0, 1.5]  (shape [2])
      at a kink: n2[0]; convention: relu'(0) = 0
      a comparison is within rounding: a sound implementation may take the other branch
  n4 = hadamard(n3, x)
    = [0, 1.5]  (shape [2])
  n5 = add(n3, n4)
    = [0, 3]  (shape [2])
  n6 = sum(n3)
    = 1.5  (shape [])
  output n5

backward: each cotangent is the sum of what was added above it
  cotangent of n6 = 0  (the output does not depend on it)
  cotangent of n5 = [1, -2]  (the case's)
      adds [1, -2] to n3
      adds [1, -2] to n4
  cotangent of n4 = [1, -2]
      adds [0.5, -2] to n3
      adds [0, -3] to x
  cotangent of n3 = [1.5, -4]
      adds [0, -4] to n2
  cotangent of n2 = [0, -4]
      adds [[0, 0], [-2, -4]] to W
      adds [-4, -4] to x
  cotangent of x = [-4, -7]
  cotangent of W = [[0, 0], [-2, -4]]

gradient, beside the oracle's differences in 50 to 1000 digits
  entry   primal  gradient  oracle  its error  allowed  verdict
  W[0,0]       2         0       0          0  0.0e+00  nonsmooth (nonsmooth here, slopes 0 and 0.75; the declared convention promises this value)
  W[0,1]      -1         0       0          0  0.0e+00  nonsmooth (nonsmooth here, slopes 0 and 1.5; the declared convention promises this value)
  W[1,0]       1        -2      -2    5.3e-51  4.4e-16  agrees
  W[1,1]       1        -4      -4    1.1e-50  4.4e-16  agrees
  x[0]       0.5        -4      -4    1.1e-50  4.4e-16  nonsmooth (nonsmooth here, slopes -4 and -1; the declared convention promises this value)
  x[1]         1        -7      -7    1.9e-50  1.9e-15  nonsmooth (nonsmooth here, slopes -8.5 and -7; the declared convention promises this value)
)";

TEST(Show, lets_a_pencil_follow_the_sweep) {
    const CommandRun run = shown(pencil_case());
    EXPECT_EQ(run.code, kHolds) << run.errors;
    EXPECT_EQ(run.output, kGolden);
}

TEST(Show, tells_of_every_node_as_json) {
    const auto json = nlohmann::json::parse(shown(pencil_case(), "--json").output);
    EXPECT_EQ(json.at("format"), "gradproof case shown");
    EXPECT_EQ(json.at("version"), 1);
    EXPECT_EQ(json.at("numbers"), "binary64");
    EXPECT_EQ(json.at("output"), "n5");
    EXPECT_EQ(json.at("nodes").size(), 7U);
    const auto& relu_node = json.at("nodes").at(3);
    EXPECT_EQ(relu_node.at("primitive"), "relu");
    EXPECT_EQ(relu_node.at("operands").at(0), "n2");
    EXPECT_EQ(relu_node.at("value"), (std::vector<double>{0, 1.5}));
    EXPECT_EQ(relu_node.at("cotangent"), (std::vector<double>{1.5, -4}));
    EXPECT_EQ(relu_node.at("adds_to_operands").at(0), (std::vector<double>{0, -4}));
    EXPECT_EQ(relu_node.at("ties"), false);  // 2 * 0.5 - 1 was rounded, for all that is known
    EXPECT_EQ(relu_node.at("within_rounding"), true);
    EXPECT_EQ(relu_node.at("at_kinks").at(0), "n2[0]");
    EXPECT_EQ(json.at("nodes").at(6).at("output_depends_on_it"), false);
    EXPECT_EQ(json.at("gradient").at("entries").size(), 6U);
}

TEST(Show, computes_in_the_precision_of_the_case) {
    cases::Case narrow;
    const auto x = backprop::input(narrow.graph, "x", {});
    (void)add(x, backprop::input(narrow.graph, "y", {}));
    narrow.inputs = {{16777216}, {0.1F}};
    narrow.cotangent = {0.1F};
    narrow.precision = scalar::Precision::binary32;
    const std::string text = shown(narrow).output;
    EXPECT_NE(text.find("forward, in binary32\n"), text.npos) << text;
    EXPECT_NE(text.find("  y = 0.1  (input of shape [])\n"), text.npos) << text;
    EXPECT_NE(text.find("\n    = 16777216  (shape [])\n"), text.npos) << text;
    EXPECT_NE(text.find("cotangent of x = 0.1\n"), text.npos) << text;
}

TEST(Show, says_where_a_comparison_ties_or_is_within_rounding) {
    cases::Case tied;
    const auto a = backprop::input(tied.graph, "a", {});
    (void)primitives::maximum(a, backprop::input(tied.graph, "b", {}));
    tied.inputs = {{0.1}, {0.1}};
    tied.cotangent = {1};
    const std::string ties = shown(tied).output;
    EXPECT_NE(ties.find("      a comparison ties exactly; convention: where a_i = b_i, a_i gets"),
              ties.npos)
        << ties;

    cases::Case near;
    const auto x = backprop::input(near.graph, "x", {}), y = backprop::input(near.graph, "y", {});
    (void)relu(primitives::subtract(add(x, y), x));
    near.inputs = {{1}, {1e-17}};
    near.cotangent = {1};
    const std::string within = shown(near).output;
    EXPECT_NE(within.find("      a comparison is within rounding: a sound implementation may take"),
              within.npos)
        << within;
    EXPECT_EQ(within.find("ties exactly"), within.npos) << within;
}

TEST(Show, shows_values_where_no_derivative_exists) {
    cases::Case drawn;
    (void)relu(backprop::input(drawn.graph, "x", {2}));
    drawn.inputs = {{-std::nan(""), std::numeric_limits<double>::infinity()}};
    drawn.cotangent = {1, 1};
    const CommandRun run = shown(drawn);
    EXPECT_EQ(run.code, kHolds);
    EXPECT_NE(run.output.find("  x = [nan, inf]  (input"), std::string::npos) << run.output;
    EXPECT_TRUE(
        run.output.ends_with("no derivative was taken: case: input \"x\", number 0, is nan, "
                             "wanted a finite number: a derivative exists only at finite "
                             "points\n"))
        << run.output;
    const auto json = nlohmann::json::parse(shown(drawn, "--json").output);
    EXPECT_TRUE(json.at("gradient").is_null());
    EXPECT_EQ(json.at("nodes").at(0).at("value"), (std::vector<std::string>{"nan", "inf"}));
}

TEST(Show, abbreviates_what_is_long) {
    cases::Case drawn;
    const auto x = backprop::input(drawn.graph, "x", {100});
    (void)primitives::sum(relu(x));
    drawn.inputs = {{}};
    for (int i = 1; i <= 100; ++i) drawn.inputs[0].push_back(i);
    drawn.cotangent = {1};
    const std::string text = shown(drawn).output;
    EXPECT_NE(text.find("  x = [1, 2, 3, 4, ..., 100]  (input of shape [100])\n"), text.npos)
        << text;
    EXPECT_NE(text.find("\n  ... and 36 more\n"), text.npos) << text;
    for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1)
        EXPECT_LT(text.find('\n', begin) - begin, 160U) << text.substr(begin, 200);
}

TEST(Show, refuses_files_that_are_broken_or_not_there) {
    EXPECT_EQ(run_command({"show", "no such file.json"}).code, kInputOutput);
    EXPECT_EQ(run_command({"show", "/dev/null"}).code, kBadUse);
    EXPECT_EQ(run_command({"show"}).code, kBadUse);
}

TEST(AnArray, is_nested_by_its_axes_or_abbreviated) {
    const auto text = [](std::vector<double> values, const scalar::Shape& shape) {
        return array_text(values, shape, scalar::Precision::binary64);
    };
    EXPECT_EQ(text({0.5}, {}), "0.5");
    EXPECT_EQ(text({1, -0.0, 3}, {3}), "[1, -0, 3]");
    EXPECT_EQ(text({1, 2, 3, 4, 5, 6}, {3, 1, 2}), "[[[1, 2]], [[3, 4]], [[5, 6]]]");
    EXPECT_EQ(text({}, {0}), "[]");
    EXPECT_EQ(text({}, {2, 0}), "[[], []]");
    EXPECT_EQ(text({}, {9'000'000, 0}), "[...]");
    EXPECT_EQ(text(std::vector<double>(25, 0.1), {5, 5}), "[0.1, 0.1, 0.1, 0.1, ..., 0.1]");
    EXPECT_EQ(array_text(std::vector<double>{0.1F}, {1}, scalar::Precision::binary32), "[0.1]");
}

}  // namespace
}  // namespace gradproof::cli
