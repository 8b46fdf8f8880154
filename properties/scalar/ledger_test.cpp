// Which comparisons are open, and that every way through them is taken once.
#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/running.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gradproof::scalar {
namespace {

using Number = Running<double>;

/// The outcomes of comparing each pair of values with zero, "-" where less and "+" where not.
[[nodiscard]] std::string signs_of(const std::vector<Number>& values) {
    std::string signs;
    for (const Number& value : values) signs += value < Number(0) ? '-' : '+';
    return signs;
}

/// All ways to the signs of these values, each off by at most its bound.
[[nodiscard]] std::multiset<std::string> ways(const std::vector<std::pair<double, double>>& values,
                                              Ties ties) {
    std::multiset<std::string> found;
    const bool all = for_every_branch(ties, [&](Ledger& ledger) {
        std::vector<Number> numbers;
        for (const auto& [value, bound] : values) numbers.emplace_back(value, bound, &ledger);
        found.insert(signs_of(numbers));
    });
    EXPECT_TRUE(all);
    return found;
}

using Ways = std::multiset<std::string>;

TEST(TheBranches, of_decided_comparisons_are_one) {
    EXPECT_EQ(ways({{1, 0.5}, {-1, 0.5}}, Ties::open), (Ways{"+-"}));
}

TEST(TheBranches, of_each_comparison_within_rounding_are_two) {
    EXPECT_EQ(ways({{1, 2}, {-1, 0.5}}, Ties::declared), (Ways{"+-", "--"}));
    EXPECT_EQ(ways({{1, 2}, {-1, 3}}, Ties::declared), (Ways{"++", "+-", "-+", "--"}));
}

TEST(TheBranches, of_an_exact_tie_are_two_where_ties_are_open) {
    EXPECT_EQ(ways({{0, 0}}, Ties::declared), (Ways{"+"}));
    EXPECT_EQ(ways({{0, 0}}, Ties::open), (Ways{"+", "-"}));
}

TEST(TheBranches, decide_a_pair_of_values_once) {
    Ways found;
    const bool all = for_every_branch(Ties::open, [&](Ledger& ledger) {
        const Number x(0, 0, &ledger);
        const Number copy = x;
        found.insert(std::string(x < Number(0) ? "-" : "+") + (copy > Number(0) ? "+" : "-") +
                     (Number(0) > copy ? "-" : "+"));
    });
    EXPECT_TRUE(all);
    EXPECT_EQ(found, (Ways{"+++", "---"}));
}

TEST(TheBranches, that_open_further_comparisons_are_followed_into_them) {
    Ways found;
    const bool all = for_every_branch(Ties::open, [&](Ledger& ledger) {
        const Number x(0, 0, &ledger), y(0, 0, &ledger);
        if (x < Number(0)) {
            found.insert(y < Number(0) ? "--" : "-+");
        } else {
            found.insert("+");
        }
    });
    EXPECT_TRUE(all);
    EXPECT_EQ(found, (Ways{"+", "-+", "--"}));
}

TEST(TheBranches, are_refused_where_they_are_too_many) {
    const auto zeros = [](std::size_t count) {
        return for_every_branch(Ties::open, [count](Ledger& ledger) {
            for (std::size_t i = 0; i < count; ++i) {
                static_cast<void>(Number(0, 0, &ledger) < Number(0));
            }
        });
    };
    EXPECT_TRUE(zeros(8));
    EXPECT_FALSE(zeros(9));
    EXPECT_FALSE(zeros(100));
}

TEST(TheBranches, leave_values_in_an_order_so_that_they_can_be_sorted) {
    for (const double bound : {0.0, 1.0}) {
        std::set<std::vector<int>> orders;
        std::size_t branches = 0;
        const bool all = for_every_branch(Ties::open, [&](Ledger& ledger) {
            std::vector<std::pair<Number, int>> numbers;
            for (int i = 0; i < 5; ++i) numbers.emplace_back(Number(7, bound, &ledger), i);
            std::sort(numbers.begin(), numbers.end(),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
            std::vector<int> order;
            for (const auto& [number, place] : numbers) order.push_back(place);
            orders.insert(order);
            ++branches;
        });
        EXPECT_TRUE(all);
        EXPECT_EQ(orders.size(), 120U);
        EXPECT_EQ(branches, 120U) << "each order once";
    }
}

TEST(TheBranches, keep_what_lies_apart_in_order_with_what_does_not) {
    // 0 and 3 lie apart, 1.5 +- 2 from neither.
    std::multiset<std::string> found;
    const bool all = for_every_branch(Ties::open, [&](Ledger& ledger) {
        const Number low(0, 0.5, &ledger), high(3, 0.5, &ledger), between(1.5, 2, &ledger);
        std::string order = low < between ? "l<b" : "b<l";
        order += between < high ? " b<h" : " h<b";
        found.insert(order);
    });
    EXPECT_TRUE(all);
    EXPECT_EQ(found, (Ways{"l<b b<h", "l<b h<b", "b<l b<h"}));
}

TEST(TheBranches, of_many_ties_are_refused_before_a_sort_can_go_astray) {
    EXPECT_FALSE(for_every_branch(Ties::open, [&](Ledger& ledger) {
        std::vector<Number> numbers;
        for (int i = 0; i < 40; ++i) numbers.emplace_back(7, i % 2, &ledger);
        std::sort(numbers.begin(), numbers.end());
    }));
}

TEST(ABudget, has_the_branch_of_its_own_values_and_all_others) {
    const Budget budget = budget_of(Ties::open, [](Ledger& ledger) {
        const Number x(0, 0, &ledger);
        Branch branch;
        branch.gradient.push_back({x > Number(0) ? 1.0 : (x < Number(0) ? -1.0 : 0.0), 0});
        return branch;
    });
    EXPECT_EQ(budget.gradient[0].reference, 0);
    EXPECT_EQ(budget.ties, 1U);
    std::set<double> slopes;
    for (const Branch& branch : budget.branches) slopes.insert(branch.gradient[0].reference);
    EXPECT_EQ(slopes, (std::set<double>{-1, 0, 1}));
    EXPECT_TRUE(budget.open());
}

TEST(ABudget, knows_nothing_of_what_an_overflowed_comparison_decides) {
    // -inf where the truth may be positive: relu makes 0 of it, and passes no cotangent.
    const auto budget = [](double value, double bound) {
        return budget_of(Ties::declared, [&](Ledger& ledger) {
            const Number x(value, bound, &ledger);
            const bool passes = x > Number(0);
            Branch branch;
            branch.gradient.push_back({passes ? value : 0.0, passes ? bound : 0.0});
            branch.gradient.push_back({1, 0});
            return branch;
        });
    };
    constexpr double inf = std::numeric_limits<double>::infinity();
    for (const double value : {-inf, std::numeric_limits<double>::quiet_NaN()}) {
        const Budget overflowed = budget(value, inf);
        EXPECT_EQ(overflowed.gradient[0].bound, inf);
        EXPECT_EQ(overflowed.gradient[1].bound, 0) << "the same on every branch";
    }
    EXPECT_EQ(budget(-1, 2).gradient[0].bound, 0) << "within rounding: a branch of its own";
}

TEST(AComparison, of_nan_is_false) {
    Ledger ledger(Ties::open);
    const Number nan(std::numeric_limits<double>::quiet_NaN(), 1, &ledger), x(0, 0, &ledger);
    EXPECT_FALSE(nan < x);
    EXPECT_FALSE(nan >= x);
    EXPECT_TRUE(nan != x);
}

}  // namespace
}  // namespace gradproof::scalar
