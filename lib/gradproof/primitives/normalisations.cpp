// Normalisations: layer norm, RMS norm, batch norm in training. What is normalised is divided by
// s = sqrt(mean square + epsilon), of its differences from the mean, or, for RMS norm, of itself.
//
// Nothing here is a difference of large numbers. The variance is (1/n^2) sum_(j<k) (x_j - x_k)^2, never
// E[x^2] - E[x]^2, and its Jacobian is written out: with q_ij = (x_i - x_j)/s,
//     J_ii = (1/s) ((n-1)/n epsilon/s^2 + (1/n^2) sum_(j<k; j,k != i) q_jk^2),
//     J_il = (-1/s) (epsilon/(n s^2) + (1/n^2) sum_(k != i,l) q_ik q_lk).
// (Of (1/s)(delta_il - 1/n - c_i c_l/(n s^2)) with c_i = x_i - mean: put s^2 = epsilon + variance in, and
// Lagrange's identity takes the rest together.) The usual g - mean(g) - y mean(g y) has lost all digits
// where two entries are far from each other and n = 2, or where one is far from all others: truth is
// epsilon/s^2 of it there. What it costs is n^3 instead of n.
#include <gradproof/primitives/normalisations.hpp>

#include <gradproof/primitives/elementwise.hpp>

#include <string>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // sqrt, hypot of built-in types; others by argument

/// sqrt((1/count) sum of squares + epsilon) of `parts`, relative to the largest of all: squares overflow
/// from 1e154 on. Any constant scale leaves it as it is: the steps stay off the record.
template <class S>
S root_mean_square(const std::vector<S>& parts, std::size_t count, const S& epsilon,
                   const S& record) {
    S scale = detached(sqrt(epsilon));
    for (const S& part : parts) {
        const S size = unrecorded(detached(precedes(part, S(0)) ? -part : part));
        if (precedes(scale, size)) scale = size;
    }
    S sum(0);
    for (const S& part : parts) {
        const S ratio = unrecorded(part) / scale;
        sum += ratio * ratio;
    }
    return on_record(scale * sqrt(sum / number_of<S>(count) + epsilon / scale / scale), record);
}

/// Numbers relative to their mean, in units of their standard deviation.
template <class S>
class Standardised {
public:
    Standardised(const std::vector<S>& x, const S& epsilon)
        : size_(x.size()), epsilon_(epsilon), differences_(size_ * size_) {
        std::vector<S> pairs;
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t j = 0; j < size_; ++j) {
                if (i != j) differences_[i * size_ + j] = x[i] - x[j];
                if (i < j) pairs.push_back(differences_[i * size_ + j]);
            }
        }
        deviation_ =
            root_mean_square(pairs, size_ * size_, epsilon, recorded_one(std::span<const S>(x)));
    }
    /// (x_i - mean)/s.
    [[nodiscard]] S at(std::size_t i) const {
        S sum(0);
        for (std::size_t j = 0; j < size_; ++j) {
            if (j != i) sum += differences_[i * size_ + j];
        }
        return sum / number_of<S>(size_) / deviation_;
    }
    /// The derivative of entry i by number l.
    [[nodiscard]] S slope(std::size_t i, std::size_t l) const {
        const S n = number_of<S>(size_), by_epsilon = epsilon_ / deviation_ / deviation_ / n;
        S sum(0);
        for (std::size_t k = 0; k < size_; ++k) {
            if (k == i || k == l) continue;
            if (i != l) sum += relative(i, k) * relative(l, k);
            for (std::size_t j = 0; i == l && j < k; ++j) {
                if (j != i) sum += relative(j, k) * relative(j, k);
            }
        }
        const S by_others = sum / n / n;
        if (i == l) return (number_of<S>(size_ - 1) * by_epsilon + by_others) / deviation_;
        return -((by_epsilon + by_others) / deviation_);
    }

private:
    std::size_t size_;
    S epsilon_;
    std::vector<S> differences_;  // x_i - x_j at i n + j
    S deviation_{};

    [[nodiscard]] S relative(std::size_t i, std::size_t j) const {
        return differences_[i * size_ + j] / deviation_;
    }
};

/// Numbers relative to their root mean square.
template <class S>
class Normalised {
public:
    Normalised(std::vector<S> x, const S& epsilon)
        : x_(std::move(x)),
          epsilon_(epsilon),
          length_(root_mean_square(x_, x_.size(), epsilon, recorded_one(std::span<const S>(x_)))) {}
    [[nodiscard]] S at(std::size_t i) const { return x_[i] / length_; }
    /// J_ii = (1/s)(epsilon/s^2 + (1/n) sum_(j != i) y_j^2), J_il = (-1/s) y_i y_l/n.
    [[nodiscard]] S slope(std::size_t i, std::size_t l) const {
        const S n = number_of<S>(x_.size());
        if (i != l) return -(at(i) * at(l) / n / length_);
        S sum(0);
        for (std::size_t j = 0; j < x_.size(); ++j) {
            if (j != i) sum += at(j) * at(j);
        }
        return (epsilon_ / length_ / length_ + sum / n) / length_;
    }

private:
    std::vector<S> x_;
    S epsilon_;
    S length_;
};

/// Entries that are normalised together: entry i of group k stands at `place(k, i)`, and has the scale and
/// the shift number `parameter(k, i)`.
struct LastAxis {
    std::size_t count, size;
    explicit LastAxis(const Shape& x)
        : count(x.back() == 0 ? 0 : element_count(x) / x.back()), size(x.back()) {}
    [[nodiscard]] std::size_t place(std::size_t k, std::size_t i) const { return k * size + i; }
    [[nodiscard]] std::size_t parameter(std::size_t, std::size_t i) const { return i; }
};
struct FirstAxis {
    std::size_t count, size;
    explicit FirstAxis(const Shape& x)
        : count(x.front() == 0 ? 0 : element_count(x) / x.front()), size(x.front()) {}
    [[nodiscard]] std::size_t place(std::size_t k, std::size_t i) const { return i * count + k; }
    [[nodiscard]] std::size_t parameter(std::size_t k, std::size_t) const { return k; }
};

template <class S>
S epsilon_of(const Application& a) {
    return static_cast<S>(a.attributes[0]);
}

/// Group by group: normalised, scaled and, where there is a third operand, shifted.
template <class Groups, template <class> class Numbers>
struct Normalisation {
    template <class S>
    [[nodiscard]] static std::vector<S> group(const Groups& groups, std::size_t k,
                                              std::span<const S> x) {
        std::vector<S> numbers;
        for (std::size_t i = 0; i < groups.size; ++i) numbers.push_back(x[groups.place(k, i)]);
        return numbers;
    }
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Groups groups(a.operands[0]);
        for (std::size_t k = 0; k < groups.count; ++k) {
            const Numbers<S> numbers(group(groups, k, inputs[0]), epsilon_of<S>(a));
            for (std::size_t i = 0; i < groups.size; ++i) {
                const std::size_t at = groups.place(k, i), parameter = groups.parameter(k, i);
                result[at] = inputs[1][parameter] * numbers.at(i);
                if (inputs.size() == 3) result[at] += inputs[2][parameter];
            }
        }
    }
    /// J^T (g scale) for x, g y for the scale, g for the shift.
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        const Groups groups(a.operands[0]);
        for (std::size_t k = 0; k < groups.count; ++k) {
            const Numbers<S> numbers(group(groups, k, inputs[0]), epsilon_of<S>(a));
            for (std::size_t l = 0; l < groups.size; ++l) {
                const S& g = cotangent[groups.place(k, l)];
                if (exactly_zero(g)) continue;
                const std::size_t parameter = groups.parameter(k, l);
                const S scaled = g * inputs[1][parameter];
                for (std::size_t i = 0; i < groups.size; ++i)
                    accumulators[0][groups.place(k, i)] += scaled * numbers.slope(l, i);
                accumulators[1][parameter] += g * numbers.at(l);
                if (inputs.size() == 3) accumulators[2][parameter] += g;
            }
        }
    }
    /// By E[x] and E[x^2], which wide numbers can afford: (x - E[x])/sqrt(E[x^2] - E[x]^2 + epsilon).
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const Groups groups(a.operands[0]);
        constexpr bool centred = std::is_same_v<Numbers<S>, Standardised<S>>;
        for (std::size_t k = 0; k < groups.count; ++k) {
            S sum(0), squares(0);
            for (std::size_t i = groups.size; i-- > 0;) {
                const S& x = inputs[0][groups.place(k, i)];
                sum += x;
                squares += x * x;
            }
            const S n = number_of<S>(groups.size), mean = centred ? S(sum / n) : S(0);
            const S root = sqrt(squares / n - mean * mean + epsilon_of<S>(a));
            for (std::size_t i = 0; i < groups.size; ++i) {
                const std::size_t at = groups.place(k, i), parameter = groups.parameter(k, i);
                const S shift = inputs.size() == 3 ? inputs[2][parameter] : S(0);
                result[at] = shift + (inputs[0][at] - mean) * inputs[1][parameter] / root;
            }
        }
    }
};

/// Throws unless all operands but the first have the shape `parameters`, and `size`, that of a group, is
/// not 0.
void require_parameters(std::string_view name, std::span<const Shape> operands,
                        const Shape& parameters, std::size_t size) {
    for (const Shape& shape : operands.subspan(1)) {
        if (shape != parameters) {
            refuse_shape(name, to_string(operands[0]) + " and " + to_string(shape),
                         "scale and shift of shape " + to_string(parameters));
        }
    }
    if (size == 0)
        refuse_shape(name, to_string(operands[0]), "entries to normalise: nothing has no mean");
}

Shape shape_of_last_axis(std::span<const Shape> operands, const Attributes& attributes) {
    const std::string_view name = operands.size() == 3 ? "layer_norm" : "rms_norm";
    require_positive(name, "epsilon", attributes[0]);
    if (operands[0].empty()) refuse_shape(name, to_string(operands[0]), "an axis to normalise");
    require_parameters(name, operands, {operands[0].back()}, operands[0].back());
    return operands[0];
}
Shape shape_of_batch(std::span<const Shape> operands, const Attributes& attributes) {
    require_positive("batch_norm", "epsilon", attributes[0]);
    if (operands[0].empty())
        refuse_shape("batch_norm", to_string(operands[0]), "a batch, along the first axis");
    require_parameters("batch_norm", operands, Shape(operands[0].begin() + 1, operands[0].end()),
                       operands[0].front());
    return operands[0];
}

}  // namespace

std::vector<Primitive> normalisations() {
    using backprop::with_rules;
    const scalar::Domain line, at_zero{.hard_points = {0}};
    // From 1e-12 on, the least in use, to what outweighs the variance.
    const scalar::Domain small{.lower = 1e-12, .upper = 1};
    // clang-format off
    return {
        with_rules<Normalisation<LastAxis, Standardised>>({.name = "layer_norm", .operands = {"x", "scale", "shift"}, .attributes = {"epsilon"},
            .formula = "scale (x - mean)/sqrt(variance + epsilon) + shift, along the last axis", .shape = shape_of_last_axis,
            .operand_shapes = {"... n", "n", "n"}, .domains = {at_zero, line, line}, .attribute_domains = {small},
            .source = "Ba, Kiros, Hinton, \"Layer normalization\" (2016), eq. 4; its Jacobian by differences, above"}),
        with_rules<Normalisation<LastAxis, Normalised>>({.name = "rms_norm", .operands = {"x", "scale"}, .attributes = {"epsilon"},
            .formula = "scale x/sqrt(mean(x^2) + epsilon), along the last axis", .shape = shape_of_last_axis,
            .operand_shapes = {"... n", "n"}, .domains = {at_zero, line}, .attribute_domains = {small},
            .source = "Zhang, Sennrich, \"Root mean square layer normalization\" (2019), eq. 4; its Jacobian without differences",
            .sharpness = {.share = 0.3, .why = "the products summed over a row have both signs, and cancel by chance"}}),
        with_rules<Normalisation<FirstAxis, Standardised>>({.name = "batch_norm", .operands = {"x", "scale", "shift"}, .attributes = {"epsilon"},
            .formula = "layer_norm along the first axis, scale and shift of each place; the variance is biased", .shape = shape_of_batch,
            .operand_shapes = {"b ...", "...", "..."}, .domains = {at_zero, line, line}, .attribute_domains = {small},
            .source = "Ioffe, Szegedy, \"Batch normalization\" (2015), algorithm 1; the Jacobian as layer_norm's",
            .sharpness = {.share = 0.4, .why = "columns are short and often nearly equal, where deviations from the mean cancel"}}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
