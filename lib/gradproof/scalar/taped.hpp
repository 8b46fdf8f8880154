// Reverse and forward mode for a function of scalars whose numbers know their rounding errors: the budget
// of a derivative that is written by hand.
//
// An evaluation in `Taped<T>` leaves one node an operation on its tape, with a slope for each operand;
// the sweeps over the nodes are loops. Values, slopes, cotangents and tangents are `Regrouped<T>`.
#pragma once

#include <gradproof/scalar/budget.hpp>
#include <gradproof/scalar/regrouped.hpp>
#include <gradproof/scalar/slopes.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace gradproof::scalar {

template <class T>
class Taped;

/// The record of one evaluation. Must outlive its numbers; stays where it is.
template <class T>
class Tape {
public:
    using Number = Regrouped<T>;

    /// How a node's cotangent reaches an operand: times the slope, or divided by it.
    struct Edge {
        std::size_t operand = 0;
        Number slope{};
        bool divides = false;
    };

    /// Comparisons go to `ledger`, which must outlive the tape.
    explicit Tape(Ledger& ledger) : ledger_(ledger) {}
    Tape(const Tape&) = delete;
    Tape& operator=(const Tape&) = delete;

    /// The next input of the function, exact.
    [[nodiscard]] Taped<T> input(T value) {
        ++inputs_;
        return Taped<T>(Running<T>(value, 0, &ledger_), this, append({}, value));
    }

    std::size_t append(std::span<const Edge> edges, T value) {
        edges_.insert(edges_.end(), edges.begin(), edges.end());
        ends_.push_back(edges_.size());
        values_.push_back(value);
        return ends_.size() - 1;
    }

    /// Edges by their numbers: `from` and those up to, but not, `to`.
    struct Edges {
        std::size_t from = 0, to = 0;
    };
    /// The operations on record, in their order: what came out, and the edges to their operands.
    struct Operation {
        T value;
        Edges edges;
    };
    [[nodiscard]] std::vector<Operation> operations() const {
        std::vector<Operation> all;
        for (std::size_t node = inputs_; node < ends_.size(); ++node)
            all.push_back({values_[node], {ends_[node - 1], ends_[node]}});
        return all;
    }

    /// What rounding may cost the outputs, and the gradient over the inputs (the nodes that came
    /// first) that `cotangent` has. Sizes of both arguments must be equal. Nothing passes the edges in `cut`.
    [[nodiscard]] Branch swept(std::span<const Taped<T>> outputs, std::span<const T> cotangent,
                               const Edges& cut = {}) const {
        std::vector<Number> cotangents(ends_.size());
        for (std::size_t k = 0; k < outputs.size(); ++k) {
            if (!outputs[k].constant()) {
                Number& at = cotangents[outputs[k].node()];
                at = at + Number(cotangent[k]);
            }
        }
        for (std::size_t node = ends_.size(); node-- > inputs_;) {
            const Number g = as_accurate_as_promised(cotangents[node]);
            if (plain_zero(g)) continue;  // by selection: 0 * inf never arises
            for (std::size_t e = ends_[node - 1]; e < ends_[node]; ++e) {
                if (cut.from <= e && e < cut.to) continue;
                Number& at = cotangents[edges_[e].operand];
                at = at + (edges_[e].divides ? g / edges_[e].slope : g * edges_[e].slope);
            }
        }
        Branch result;
        for (const Taped<T>& y : outputs) result.primal.push_back(allowance(y.number()));
        for (std::size_t i = 0; i < inputs_; ++i)
            result.gradient.push_back(allowance(as_accurate_as_promised(cotangents[i])));
        return result;
    }

    /// What rounding may cost the outputs, and (in the place of a gradient) their tangents for that of the
    /// inputs.
    [[nodiscard]] Branch pushed(std::span<const Taped<T>> outputs,
                                std::span<const T> tangent) const {
        std::vector<Number> tangents(tangent.begin(), tangent.end());
        for (std::size_t node = inputs_; node < ends_.size(); ++node) {
            Number sum;
            for (std::size_t e = ends_[node - 1]; e < ends_[node]; ++e) {
                const Number& t = tangents[edges_[e].operand];
                if (plain_zero(t)) continue;
                sum = sum + (edges_[e].divides ? t / edges_[e].slope : t * edges_[e].slope);
            }
            tangents.push_back(as_accurate_as_promised(sum));
        }
        Branch result;
        for (const Taped<T>& y : outputs) {
            result.primal.push_back(allowance(y.number()));
            result.gradient.push_back(allowance(y.constant() ? Number() : tangents[y.node()]));
        }
        return result;
    }

private:
    std::vector<Edge> edges_;
    std::vector<std::size_t> ends_;  // of each node's edges
    std::vector<T> values_;          // of each node
    std::size_t inputs_ = 0;
    Ledger& ledger_;

    [[nodiscard]] static Allowance allowance(const Number& number) {
        return {static_cast<double>(number.value()), number.bound()};
    }
};

/// A number of the evaluation; one without a tape is a constant.
template <class T>
class Taped {
public:
    using Value = T;
    using Number = Regrouped<T>;

    Taped() = default;
    template <Literal Plain>
    Taped(Plain value) : number_(value) {}
    Taped(const Number& number, Tape<T>* tape, std::size_t node)
        : number_(number), tape_(tape), node_(node) {}

    [[nodiscard]] const Number& number() const { return number_; }
    [[nodiscard]] bool constant() const { return tape_ == nullptr; }
    [[nodiscard]] std::size_t node() const { return node_; }

    friend Taped operator-(const Taped& a) { return a.then(-a.number_, Number(-1)); }
    friend Taped operator+(const Taped& a) { return a; }
    friend Taped operator+(const Taped& a, const Taped& b) {
        // Doubling is no sum: it rounds nothing and has no order.
        if (!a.constant() && a.same_as(b)) return Taped(2) * a;
        return joined(a.number_ + b.number_, a, {0, Number(1)}, b, {0, Number(1)});
    }
    friend Taped operator-(const Taped& a, const Taped& b) {
        return joined(a.number_ - b.number_, a, {0, Number(1)}, b, {0, Number(-1)});
    }
    friend Taped operator*(const Taped& a, const Taped& b) {
        return joined(a.number_ * b.number_, a, {0, b.number_}, b, {0, a.number_});
    }
    friend Taped operator/(const Taped& a, const Taped& b) {
        const Number quotient = a.number_ / b.number_;
        const Number by_divisor = b.constant() ? Number() : -(quotient / b.number_);
        return joined(quotient, a, {0, b.number_, true}, b, {0, by_divisor});
    }
    Taped& operator+=(const Taped& b) { return *this = *this + b; }
    Taped& operator-=(const Taped& b) { return *this = *this - b; }
    Taped& operator*=(const Taped& b) { return *this = *this * b; }
    Taped& operator/=(const Taped& b) { return *this = *this / b; }

    friend bool operator<(const Taped& a, const Taped& b) { return a.number_ < b.number_; }
    friend bool operator>(const Taped& a, const Taped& b) { return a.number_ > b.number_; }
    friend bool operator<=(const Taped& a, const Taped& b) { return a.number_ <= b.number_; }
    friend bool operator>=(const Taped& a, const Taped& b) { return a.number_ >= b.number_; }
    friend bool operator==(const Taped& a, const Taped& b) { return a.number_ == b.number_; }
    friend bool operator!=(const Taped& a, const Taped& b) { return a.number_ != b.number_; }

    friend bool exactly_zero(const Taped& a) { return exactly_zero(a.number_); }
    friend Taped detached(const Taped& a) { return a.alone(); }
    friend Taped unrecorded(const Taped& a) { return a; }
    friend Taped on_record(const Taped& result, const Taped&) { return result; }
    friend bool precedes(const Taped& a, const Taped& b) {
        return precedes(a.number_.running(), b.number_.running());
    }

    // clang-format off
    friend Taped exp(const Taped& x) { return x.through(exp(x.running()), slopes::Exp()); }
    friend Taped expm1(const Taped& x) { return x.through(expm1(x.running()), slopes::Expm1()); }
    friend Taped log(const Taped& x) { return x.through(log(x.running()), slopes::Log()); }
    friend Taped log1p(const Taped& x) { return x.through(log1p(x.running()), slopes::Log1p()); }
    friend Taped sqrt(const Taped& x) { return x.through(sqrt(x.running()), slopes::Sqrt()); }
    friend Taped cbrt(const Taped& x) { return x.through(cbrt(x.running()), slopes::Cbrt()); }
    friend Taped sin(const Taped& x) { return x.through(sin(x.running()), slopes::Sin()); }
    friend Taped cos(const Taped& x) { return x.through(cos(x.running()), slopes::Cos()); }
    friend Taped tan(const Taped& x) { return x.through(tan(x.running()), slopes::Tan()); }
    friend Taped asin(const Taped& x) { return x.through(asin(x.running()), slopes::Asin()); }
    friend Taped acos(const Taped& x) { return x.through(acos(x.running()), slopes::Acos()); }
    friend Taped atan(const Taped& x) { return x.through(atan(x.running()), slopes::Atan()); }
    friend Taped sinh(const Taped& x) { return x.through(sinh(x.running()), slopes::Sinh()); }
    friend Taped cosh(const Taped& x) { return x.through(cosh(x.running()), slopes::Cosh()); }
    friend Taped tanh(const Taped& x) { return x.through(tanh(x.running()), slopes::Tanh()); }
    friend Taped asinh(const Taped& x) { return x.through(asinh(x.running()), slopes::Asinh()); }
    friend Taped acosh(const Taped& x) { return x.through(acosh(x.running()), slopes::Acosh()); }
    friend Taped atanh(const Taped& x) { return x.through(atanh(x.running()), slopes::Atanh()); }
    friend Taped erf(const Taped& x) { return x.through(erf(x.running()), slopes::Erf()); }
    friend Taped erfc(const Taped& x) { return x.through(erfc(x.running()), slopes::Erfc()); }
    friend Taped gaussian(const Taped& x) { return x.through(gaussian(x.running()), slopes::Gaussian()); }
    friend Taped lgamma(const Taped& x) { return x.through(lgamma(x.running()), slopes::Lgamma()); }
    friend Taped sigmoid(const Taped& x) { return x.through(sigmoid(x.running()), slopes::Sigmoid()); }
    friend Taped softplus(const Taped& x) { return x.through(softplus(x.running()), slopes::Softplus()); }
    // clang-format on
    friend Taped pow(const Taped& x, const Taped& y) {
        const Inner power = pow(x.running(), y.running());
        Number by_base, by_exponent;
        if (!x.constant()) {
            by_base = slope_by_any_formula(
                x.running(), [&](const Inner& v) { return slopes::PowByBase()(v, y.running()); });
        }
        if (!y.constant()) {
            by_exponent = slope_by_any_formula(y.running(), [&](const Inner& v) {
                return slopes::PowByExponent()(x.running(), v);
            });
        }
        return joined(power, x, {0, by_base}, y, {0, by_exponent});
    }
    friend Taped hypot(const Taped& x, const Taped& y) {
        const Inner length = hypot(x.running(), y.running());
        return joined(length, x, {0, x.number_ / length}, y, {0, y.number_ / length});
    }
    friend Taped atan2(const Taped& y, const Taped& x) {
        const Inner angle = atan2(y.running(), x.running());
        const Number r = hypot(x.running(), y.running());
        return joined(angle, y, {0, x.number_ / r / r}, x, {0, -(y.number_ / r / r)});
    }
    friend Taped abs(const Taped& x) { return x < Taped(0) ? -x : x; }
    friend Taped fabs(const Taped& x) { return abs(x); }
    friend Taped max(const Taped& a, const Taped& b) { return a < b ? b : a; }
    /// Constant between its jumps.
    friend Taped floor(const Taped& x) { return Taped(Number(floor(x.running())), nullptr, 0); }
    friend Taped min(const Taped& a, const Taped& b) { return b < a ? b : a; }

private:
    using Inner = Running<T>;
    using Edge = typename Tape<T>::Edge;

    Number number_{};
    Tape<T>* tape_ = nullptr;
    std::size_t node_ = 0;

    [[nodiscard]] const Inner& running() const { return number_.running(); }
    [[nodiscard]] Taped alone() const { return Taped(number_, nullptr, 0); }
    [[nodiscard]] bool same_as(const Taped& b) const {
        return tape_ == b.tape_ && node_ == b.node_;
    }

    /// The result of an operation on `a` and `b`, with an edge to each that is no constant.
    [[nodiscard]] static Taped joined(const Number& result, const Taped& a, Edge to_a,
                                      const Taped& b, Edge to_b) {
        std::array<Edge, 2> edges{};
        std::size_t count = 0;
        const auto add = [&](const Taped& operand, Edge& edge) {
            if (operand.constant()) return;
            edge.operand = operand.node_;
            edges[count++] = edge;
        };
        add(a, to_a);
        add(b, to_b);
        Tape<T>* tape = a.constant() ? b.tape_ : a.tape_;
        if (tape == nullptr) return Taped(result, nullptr, 0);
        return Taped(result, tape, tape->append(std::span(edges).first(count), result.value()));
    }
    [[nodiscard]] Taped then(const Number& result, const Number& slope) const {
        if (constant()) return Taped(result, nullptr, 0);
        const Edge edge{node_, slope};
        return Taped(result, tape_, tape_->append({&edge, 1}, result.value()));
    }
    template <class Slope>
    [[nodiscard]] Taped through(const Inner& result, Slope slope) const {
        if (constant()) return Taped(result, nullptr, 0);
        return then(result, slope_by_any_formula(running(), slope));
    }
};

}  // namespace gradproof::scalar
