// The report on Exercise 3 as a student reads it, the sign error first.
#include "judged.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gradproof::fixtures {
namespace {

/// Up to the errata of which some digits are the machine's.
const std::string kBeginning =
    R"(Exercise 3 (2022/07/08): 7 errata, as recorded; 13 claims confirmed.
  What is said of every W1 and W2 with W1 v = z1 and sigmoid(W2 v) = h2, and of every loss with the
  given gradients, was tried on 12 of them (seed 1), by differences in 50 digits and more.

  Erratum (sign): the third entry of the second vector in equation (5) is -0.42.
      Should be: 0.42.
      - 2 * 0.3 * (1 - 0.3) = 0.42; differences at z2 give 0.4200000000000000 (error below 1e-32)
      - the document's own solution prints 0.42
      - -0.42 would be right had the third entry of dL/dh2 been -2 instead of 2: a minus may be lost
        there

  Erratum (sign): equation (5): dL/dv = W1^T [-2, 0, 4] + W2^T [0.16, 0.75, -0.42] for every W1 and
      W2 that fit.
      Should be: the same with 0.42 as the third entry of the second vector.
      - dL/dv by differences of the whole network at v contradicts it for 12 of 12 drawn pairs
      - no W2 escapes: the two sides differ by 0.84 times the third row of W2, and that row times v
        is ln(3/7) = -0.8473, so it is not zero; some entry of dL/dv is off by more than 0.0647
      - by hand: let W1 and W2 be zero but for their last columns, (2, -1, 3) and (ln(1/4), 0,
        ln(3/7)), which fit because the last entry of v is 1
      - the last entry of dL/dv is then -2 * 2 + 4 * 3 + 0.16 * ln(1/4) + 0.42 * ln(3/7) = 7.4223,
        as differences confirm; equation (5) makes it -2 * 2 + 4 * 3 + 0.16 * ln(1/4) - 0.42 *
        ln(3/7) = 8.1341

  Erratum (impossible value): the second entry of h1 = ReLU(W1 v) is -1.
      Should be: 0 or more.
      - ReLU(x) = max(0, x) is never negative, so no W1 exists for which h1 is [2, -1, 3]: read
        literally, the exercise has no solution
      - the solution takes h1's values for z1 = W1 v, but its gradient at ReLU(z1); under this mixed
        reading differences give [-2, 0, 4] as the first vector, as printed
      - were h1 simply z1, the first vector would be [-2, 1, 4]

  Erratum (output for input): the solution has z2 = W2 v = [0.2, 0.5, 0.3].
      Should be: [ln(1/4), 0, ln(3/7)].
      - h2 = sigmoid(z2) asks for z2 = [-1.3863, 0.0000, -0.8473]
      - the sigmoid of [0.2, 0.5, 0.3] is [0.5498, 0.6225, 0.5744] and not h2 = [0.2, 0.5, 0.3]
      - were this z2 right, the second vector would be [0.24751657271185994459,
        0.70501113660478346721, 0.48891662338149173813], by differences
      - only with h2 as the output of the sigmoid do the printed magnitudes come out: [0.16, 0.75,
        0.42], by differences

)";

TEST(Exercise3Report, begins_with_the_verdict_and_the_sign_error) {
    std::string text;
    for (const std::string& line : claims::to_lines(judged())) text += line + "\n";
    EXPECT_EQ(text.substr(0, kBeginning.size()), kBeginning);
}

TEST(Exercise3Report, says_which_seed_drew_the_pairs) {
    const auto lines = claims::to_lines(judged(20220708));
    EXPECT_NE(lines[2].find("(seed 20220708)"), std::string::npos) << lines[2];
}

TEST(Exercise3Report, shows_what_is_gone_before_anything_else) {
    const auto lines = claims::to_lines(judged_with("-0.42", "0.42"));
    EXPECT_EQ(lines[4],
              "  GONE: the recorded erratum \"second-vector-entry-3\" (sign; should be: 0.42) is "
              "not there "
              "any more.");
    EXPECT_EQ(lines[5], "      If the document was corrected, delete it from the recorded errata.");
}

}  // namespace
}  // namespace gradproof::fixtures
