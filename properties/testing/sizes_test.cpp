// Sizes that are drawn, 0 and 1 among them: one name is one size, small ones are shown, and what a fixed size
// would never meet is caught.
#include "kernels.hpp"
#include "proven.hpp"
#include "refusal_of.hpp"

#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/saved_points.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace gradproof::testing;
using namespace gradproof::testing::kernels;
using gradproof::laws::kVjpAgrees;

void product_vjp(In w, In v, In u, Out dw, Out dv) {
    std::ranges::fill(dv, 0.0);
    for (std::size_t i = 0; i < u.size(); ++i) {
        for (std::size_t k = 0; k < v.size(); ++k) {
            dw[i * v.size() + k] = u[i] * v[k];
            dv[k] += u[i] * w[i * v.size() + k];
        }
    }
}

TEST(ASize, of_a_name_is_the_same_wherever_it_stands) {
    const HandWritten claim = gradient_of(product).on({"m", "n"}, "n").by(product_vjp);
    gradproof::generate::Dice dice{rc::Random(1)};
    std::set<std::size_t> rows, columns;
    for (int draw = 0; draw < 300; ++draw) {
        const Point point = draw_point(dice, claim);
        const std::size_t m = point.frame.sizes.at(0), n = point.frame.sizes.at(1);
        EXPECT_EQ(point.inputs[0].size(), m * n);
        EXPECT_EQ(point.inputs[1].size(), n);
        EXPECT_EQ(point.cotangent.size(), m);
        rows.insert(m);
        columns.insert(n);
    }
    const std::set<std::size_t> all{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    EXPECT_EQ(rows, all);
    EXPECT_EQ(columns, all);
}

TEST(ASize, is_drawn_from_its_range) {
    const HandWritten claim =
        gradient_of(squares).on(any_size("n", 3, 5)).by([](In x, double u, Out dx) {
            for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
        });
    gradproof::generate::Dice dice{rc::Random(1)};
    std::set<std::size_t> sizes;
    for (int draw = 0; draw < 100; ++draw) sizes.insert(draw_point(dice, claim).inputs[0].size());
    EXPECT_EQ(sizes, (std::set<std::size_t>{3, 4, 5}));
}

TEST(ASoundGradient, of_any_sizes_holds) {
    holds(gradient_of(product).on({"m", "n"}, "n").named("W", "v").by(product_vjp));
    holds(gradient_of(squares).on({"n", "n"}).by([](In x, double u, Out dx) {
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
    }));
}

TEST(AWrongGradient, that_reads_an_entry_where_there_is_none_is_caught_and_shown_there) {
    const HandWritten claim = gradient_of(squares).on("n").by([](In x, double u, Out dx) {
        if (x.empty()) throw std::out_of_range("no first entry");
        for (std::size_t i = 0; i < x.size(); ++i) dx[i] = 2 * u * x[i];
    });
    is_caught(claim, kReturns);
    const std::string text = text_of(proven(claim), claim);
    EXPECT_NE(text.find("\n  x = []\n"), std::string::npos) << text;
}

TEST(AWrongGradient, of_one_row_only_is_shown_at_two) {
    const HandWritten claim = gradient_of(product)
                                  .on({"m", "n"}, "n")
                                  .named("W", "v")
                                  .by([](In w, In v, In u, Out dw, Out dv) {
                                      product_vjp(w, v, u, dw, dv);
                                      for (std::size_t k = 0; u.size() > 1 && k < v.size(); ++k)
                                          dv[k] = u[0] * w[k];
                                  });
    is_caught(claim, kVjpAgrees);
    const Proof proof = proven(claim);
    EXPECT_EQ(proof.broken->point.frame.sizes, (std::vector<std::size_t>{2, 1}))
        << text_of(proof, claim);
}

TEST(AWrongGradient, of_the_last_row_only_is_shown_at_two) {
    const HandWritten claim = gradient_of(product)
                                  .on({"m", "n"}, "n")
                                  .named("W", "v")
                                  .by([](In w, In v, In u, Out dw, Out dv) {
                                      product_vjp(w, v, u, dw, dv);
                                      const std::size_t m = u.size(), n = v.size();
                                      for (std::size_t k = 0; m > 1 && k < n; ++k)
                                          dv[k] = u[m - 1] * w[(m - 1) * n + k];
                                  });
    is_caught(claim, kVjpAgrees);
    const Proof proof = proven(claim);
    EXPECT_EQ(proof.broken->point.frame.sizes, (std::vector<std::size_t>{2, 1}))
        << text_of(proof, claim);
}

TEST(AWrongGradient, that_leaves_over_what_does_not_fill_four_is_caught) {
    const HandWritten claim = gradient_of(squares).on("n").by([](In x, double u, Out dx) {
        std::ranges::fill(dx, 0.0);
        for (std::size_t i = 0; i + 4 <= x.size(); i += 4) {
            for (std::size_t k = i; k < i + 4; ++k) dx[k] = 2 * u * x[k];
        }
    });
    is_caught(claim, kVjpAgrees);
    EXPECT_EQ(proven(claim).broken->point.inputs, (std::vector<std::vector<double>>{{1}}));
}

TEST(ASize, that_is_too_small_for_the_function_is_to_be_declared) {
    const auto first = [](const auto& x) { return x[0] * x[0]; };
    const auto vjp = [](In x, double u, Out dx) {
        std::ranges::fill(dx, 0.0);
        dx[0] = 2 * u * x[0];
    };
    EXPECT_NE(refusal_of([&] {
                  (void)proven(gradient_of(first).on("n").by(vjp));
              }).find("the function reads entry 0 of an input of shape [0]"),
              std::string::npos);
    holds(gradient_of(first).on(any_size("n", 1)).by(vjp));
}

TEST(ARange, that_is_none_or_stands_twice_is_refused) {
    const auto on = [](const Axis& a, const Axis& b) {
        return refusal_of([&] { (void)gradient_of(product).on({a, b}, "n"); });
    };
    EXPECT_EQ(on("m", any_size("n", 3, 2)),
              "size n is from 3 to 2, wanted is the smaller one first; write any_size(\"n\", "
              "smallest, largest)");
    EXPECT_EQ(on(any_size("n", 1), any_size("n", 2)),
              "size n is from 1 to 9 and elsewhere from 2 to 9; declare its range once");
    EXPECT_EQ(on(any_size("n", 1), any_size("n", 1)), "");
    EXPECT_NE(on("m", any_size("n", 0, 1'000'000)), "");
}

TEST(APoint, of_drawn_sizes_is_saved_with_its_shapes_and_refused_where_they_do_not_fit) {
    const HandWritten claim = gradient_of(product).on({"m", "n"}, "n").by(product_vjp);
    const Point point{{{1, 2}, {}}, {{1, 2}, {3, 4}}, {5}, {}, 7};
    const std::string text = write_points({{point, "a law"}}, "Suite.test", claim);
    const auto read = [&](const std::string& from) {
        return read_points(from, "points.json", "Suite.test", claim);
    };
    ASSERT_EQ(read(text).size(), 1U);
    EXPECT_EQ(read(text)[0].point, point);
    const auto with = [&](const std::string& what, const std::string& into) {
        std::string changed = text;
        return changed.replace(changed.find(what), what.size(), into);
    };
    EXPECT_EQ(refusal_of([&] {
                  (void)read(with("[1, 2], \"values\"", "[1, 3], \"values\""));
              }).find("points.json:"),
              0U);
    EXPECT_NE(refusal_of([&] {
                  (void)read(with("\"shape\": [2]", "\"shape\": [3]"));
              }).find("wanted [n]; delete the file"),
              std::string::npos);
}

}  // namespace
