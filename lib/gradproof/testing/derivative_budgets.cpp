// Sweeps over the tape of one evaluation.
#include <gradproof/testing/derivative_budgets.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace gradproof::testing {

namespace {

using scalar::Allowance;
using scalar::Branch;

/// One evaluation of the function on a tape.
template <class T>
class Evaluation {
public:
    Evaluation(const ReferenceAt& at, scalar::Ledger& ledger) : ledger_(ledger), tape_(ledger) {
        std::vector<scalar::Taped<T>> inputs;
        for (const double x : at.inputs) inputs.push_back(tape_.input(static_cast<T>(x)));
        outputs_ = at.function.record(std::span(std::as_const(inputs)));
    }

    [[nodiscard]] Branch vjp(std::span<const double> cotangent) const {
        const std::vector<T> u(cotangent.begin(), cotangent.end());
        return tape_.swept(outputs_, u);
    }
    [[nodiscard]] Branch jvp(std::span<const double> tangent) const {
        const std::vector<T> t(tangent.begin(), tangent.end());
        Branch pushed = tape_.pushed(outputs_, t);
        for (std::size_t k = 0; k < outputs_.size(); ++k) {
            double& bound = pushed.gradient[k].bound;
            bound = std::max(bound, along(row(k, 1).gradient, t));
        }
        return pushed;
    }
    [[nodiscard]] Branch jacobian(std::span<const double> weights,
                                  std::span<const std::size_t> widths) const {
        std::vector<std::vector<Allowance>> rows;
        for (std::size_t k = 0; k < outputs_.size(); ++k)
            rows.push_back(row(k, weights[k]).gradient);
        Branch all = vjp(weights);
        all.gradient.clear();
        std::ptrdiff_t column = 0;
        for (const std::size_t width : widths) {
            const auto next = column + static_cast<std::ptrdiff_t>(width);
            for (const auto& entries : rows) {
                all.gradient.insert(all.gradient.end(), entries.begin() + column,
                                    entries.begin() + next);
            }
            column = next;
        }
        return all;
    }

private:
    scalar::Ledger& ledger_;
    scalar::Tape<T> tape_;
    std::vector<scalar::Taped<T>> outputs_;

    [[nodiscard]] Branch row(std::size_t k, double weight) const {
        std::vector<double> unit(outputs_.size(), 0.0);
        unit[k] = weight;
        return vjp(unit);
    }
    /// What rounding may cost the sum of a row's entries times the tangent's.
    [[nodiscard]] double along(const std::vector<Allowance>& row, const std::vector<T>& t) const {
        using Number = scalar::Regrouped<T>;
        Number sum;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (t[i] == 0 || (row[i].reference == 0 && row[i].bound == 0)) continue;
            const scalar::Running<T> entry(static_cast<T>(row[i].reference), row[i].bound,
                                           &ledger_);
            sum = sum + Number(entry) * Number(t[i]);
        }
        return sum.bound();
    }
};

/// The budget of what `asked` reads from an evaluation.
template <class Asked>
[[nodiscard]] scalar::Budget budgeted(const ReferenceAt& at, Asked asked) {
    return scalar::budget_of(at.ties, [&](scalar::Ledger& ledger) {
        return at.precision == scalar::Precision::binary32 ? asked(Evaluation<float>(at, ledger))
                                                           : asked(Evaluation<double>(at, ledger));
    });
}

}  // namespace

scalar::Budget vjp_budget(const ReferenceAt& at, std::span<const double> cotangent) {
    return budgeted(at, [&](const auto& evaluation) { return evaluation.vjp(cotangent); });
}

scalar::Budget jvp_budget(const ReferenceAt& at, std::span<const double> tangent) {
    return budgeted(at, [&](const auto& evaluation) { return evaluation.jvp(tangent); });
}

scalar::Budget jacobian_budget(const ReferenceAt& at, std::span<const double> weights,
                               std::span<const std::size_t> widths) {
    return budgeted(at,
                    [&](const auto& evaluation) { return evaluation.jacobian(weights, widths); });
}

}  // namespace gradproof::testing
