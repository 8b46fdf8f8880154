// What code keeps between calls: an object that is made for each case may remember it, anything else is to
// answer as if nobody had asked before.
#include "kernels.hpp"
#include "proven.hpp"

#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;

/// A layer as many libraries have it: backward uses what forward has left.
class SquaresLayer {
public:
    double forward(In x) {
        seen_.assign(x.begin(), x.end());
        double sum = 0;
        for (const double v : x) sum += v * v;
        return sum;
    }
    void backward(double u, Out dx) const {
        for (std::size_t i = 0; i < dx.size(); ++i) dx[i] = 2 * u * seen_[i];
    }
    [[nodiscard]] bool has_seen() const { return !seen_.empty(); }

private:
    std::vector<double> seen_;
};

constexpr auto make_layer = [] { return SquaresLayer(); };

TEST(AnObject, that_is_made_for_each_case_is_the_first_argument) {
    holds(gradient_of(squares)
              .on("n")
              .with_fresh(make_layer)
              .with_primal([](SquaresLayer& layer, In x) { return layer.forward(x); })
              .by([](SquaresLayer& layer, In x, double u, Out dx) {
                  layer.forward(x);
                  layer.backward(u, dx);
              }));
}

TEST(AnObject, that_is_made_for_each_case_may_keep_what_it_saw_first) {
    const auto forward_once = [](SquaresLayer& layer, In x, double u, Out dx) {
        if (!layer.has_seen()) layer.forward(x);
        layer.backward(u, dx);
    };
    holds(gradient_of(squares).on(2).with_fresh(make_layer).by(forward_once));
    // The same for all cases, it answers with the first one's numbers.
    const auto layer = std::make_shared<SquaresLayer>();
    is_caught(gradient_of(squares).on(2).by(
                  [=](In x, double u, Out dx) { forward_once(*layer, x, u, dx); }),
              gradproof::laws::kVjpAgrees);
}

TEST(AnObject, is_made_with_the_attributes) {
    struct Scaled {
        double factor;
    };
    const auto scaled = [](const auto& x, double factor) { return factor * x[0]; };
    holds(gradient_of(scaled)
              .on(1)
              .attribute("factor", between(-4, 4))
              .with_fresh([](double factor) { return Scaled{factor}; })
              .by([](Scaled& made, In, double u, Out dx) { dx[0] = made.factor * u; }));
}

TEST(AWrongGradient, of_a_cache_that_does_not_look_at_all_inputs_is_caught) {
    // Right as long as nobody asks for two points with the same first number.
    is_caught(
        gradient_of(product).on({2, 2}, 2).by([cache = std::map<double, std::vector<double>>()](
                                                  In w, In v, In u, Out dw, Out dv) mutable {
            for (std::size_t i = 0; i < 2; ++i) {
                for (std::size_t k = 0; k < 2; ++k) dw[2 * i + k] = u[i] * v[k];
                dv[i] = u[0] * w[i] + u[1] * w[2 + i];
            }
            auto& kept = cache.try_emplace(u[0], dv.begin(), dv.end()).first->second;
            dv[0] = kept[0];
            dv[1] = kept[1];
        }),
        gradproof::laws::kVjpAgrees);
}

TEST(AWrongGradient, that_shares_scratch_between_calls_of_different_size_is_caught) {
    // Clears only what it needs, and leaves a number for whoever comes with a larger size.
    const HandWritten claim = gradient_of(squares).on("n").by(
        [scratch = std::vector<double>(16, 0.0)](In x, double u, Out dx) mutable {
            for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i] + scratch[i];
            for (std::size_t i = x.size(); i < scratch.size(); ++i) scratch[i] = 1;
            for (std::size_t i = 0; i < x.size(); ++i) scratch[i] = 0;
        });
    is_caught(claim, kKeepsNothing);
    const std::string text = text_of(proven(claim), claim);
    EXPECT_NE(text.find("after a call elsewhere"), std::string::npos) << text;
}

TEST(AWrongGradient, of_a_fresh_object_that_counts_its_calls_is_caught) {
    struct Counting {
        int calls = 0;
    };
    is_caught(gradient_of(squares)
                  .on(2)
                  .with_fresh([] { return Counting(); })
                  .by([](Counting& counting, In x, double u, Out dx) {
                      const double off = ++counting.calls > 5 ? 1 : 0;
                      for (std::size_t i = 0; i < 2; ++i) dx[i] = 2 * u * x[i] + off;
                  }),
              gradproof::laws::kRepeatedSweepsAgree);
}

}  // namespace
