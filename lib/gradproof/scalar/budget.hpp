// An error budget: what rounding alone may cost a sound implementation, number by number.
#pragma once

#include <gradproof/scalar/ledger.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace gradproof::scalar {

/// One number of the reference computation: its value in the subject's type, and the running error
/// bound on |value - truth|; infinite where the computation overflows or an operand's error leaves
/// the domain of a function.
struct Allowance {
    double reference = 0;
    double bound = 0;
};

/// What the reference computes along one way through its comparisons: the primal, and the gradient
/// over all inputs, flat.
struct Branch {
    std::vector<Allowance> primal;
    std::vector<Allowance> gradient;
};

/// The allowances of the reference along the branches that its own values take, and, where comparisons
/// are open, along all others: a sound subject may be anywhere in their hull.
struct Budget : Branch {
    std::size_t undetermined = 0;  ///< comparisons within rounding
    std::size_t ties = 0;          ///< exact ties
    std::vector<Branch> branches;  ///< empty where no comparison is open
    bool every_branch = true;      ///< false where there are too many, and `branches` is empty

    /// Whether a sound subject may be on another branch than the reference.
    [[nodiscard]] bool open() const { return !branches.empty() || !every_branch; }
    /// What rounding may cost gradient entry i along whichever branch a subject takes.
    [[nodiscard]] double largest_bound(std::size_t i) const {
        double largest = gradient[i].bound;
        for (const Branch& branch : branches) largest = std::max(largest, branch.gradient[i].bound);
        return largest;
    }
};

namespace detail {

/// Takes the bound off each number that is not finite on every branch: where a comparison has overflowed,
/// the branch that the reference took says nothing of it.
inline void unbound(Budget& budget) {
    const auto over = [&](std::vector<Allowance> Branch::*numbers) {
        for (std::size_t i = 0; i < (budget.*numbers).size(); ++i) {
            const auto finite = [&](const Branch& branch) {
                const Allowance& number = (branch.*numbers)[i];
                return std::isfinite(number.reference + number.bound);
            };
            if (budget.every_branch &&
                std::all_of(budget.branches.begin(), budget.branches.end(), finite))
                continue;
            (budget.*numbers)[i].bound = std::numeric_limits<double>::infinity();
        }
    };
    over(&Branch::primal);
    over(&Branch::gradient);
}

}  // namespace detail

/// The budget of a reference computation: `evaluate(ledger)` gives the branch that it takes.
template <class Evaluate>
[[nodiscard]] Budget budget_of(Ties ties, Evaluate evaluate) {
    Ledger ledger(ties);
    Budget budget;
    static_cast<Branch&>(budget) = evaluate(ledger);
    budget.undetermined = ledger.undetermined();
    budget.ties = ledger.ties();
    if (ledger.decisions() == 0) return budget;
    bool unbounded = ledger.unbounded();
    budget.branches.push_back(static_cast<const Branch&>(budget));
    budget.every_branch = for_every_branch(ties, [&](Ledger& scripted) {
        budget.branches.push_back(evaluate(scripted));
        unbounded = unbounded || scripted.unbounded();
    });
    if (unbounded) detail::unbound(budget);
    if (!budget.every_branch) budget.branches.clear();
    return budget;
}

}  // namespace gradproof::scalar
