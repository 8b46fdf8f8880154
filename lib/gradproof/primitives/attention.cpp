// Scaled dot-product attention: each query's softmax over the keys that it sees weighs their values.
//
// The weights are taken relative to the largest score, as in softmax.cpp. The pullback through them needs
// only differences from that pivot, of values and of keys: all weights sum to one, so what is common to
// all keys cancels, and is never computed.
#include <gradproof/primitives/attention.hpp>

#include <gradproof/primitives/drawn_size.hpp>
#include <gradproof/primitives/elementwise.hpp>
#include <gradproof/primitives/windows.hpp>

#include <algorithm>
#include <string>

namespace gradproof::primitives {

namespace {

using namespace gradproof::scalar;  // exp, sqrt of built-in types; others by argument

struct AttentionSizes {
    std::size_t queries, keys, features, values;

    explicit AttentionSizes(const Application& a)
        : queries(a.operands[0][0]),
          keys(a.operands[1][0]),
          features(a.operands[0][1]),
          values(a.operands[2][1]) {}
};

/// The keys that a query sees: all but those that it is listed with.
[[nodiscard]] std::vector<std::size_t> seen_by(std::size_t query, std::size_t keys,
                                               const Attributes& hidden) {
    std::vector<std::size_t> seen;
    for (std::size_t key = 0; key < keys; ++key) {
        bool sees = true;
        for (std::size_t k = 0; k + 1 < hidden.size(); k += 2) {
            sees = sees && !(hidden[k] == static_cast<double>(query) &&
                             hidden[k + 1] == static_cast<double>(key));
        }
        if (sees) seen.push_back(key);
    }
    return seen;
}

/// sqrt(d).
template <class S>
S temperature(const AttentionSizes& sizes) {
    return sqrt(number_of<S>(sizes.features));
}

/// What one query weighs the keys by that it sees.
template <class S>
struct Weights {
    std::vector<std::size_t> seen;
    std::vector<S> weights{};  ///< one a key that is seen; their sum is 1
    std::size_t pivot = 0;     ///< which of those has the largest score

    Weights(const Application& a, std::size_t query, Inputs<S> inputs)
        : seen(seen_by(query, a.operands[1][0], a.attributes)) {
        const AttentionSizes sizes(a);
        const S root = temperature<S>(sizes);
        std::vector<S> scores;
        for (const std::size_t key : seen) {
            S sum(0);
            for (std::size_t f = 0; f < sizes.features; ++f) {
                sum += inputs[0][query * sizes.features + f] * inputs[1][key * sizes.features + f];
            }
            scores.push_back(sum / root);
            if (precedes(scores[pivot], scores.back())) pivot = scores.size() - 1;
        }
        const S shift = unrecorded(detached(scores[pivot]));
        S others(0);
        for (std::size_t k = 0; k < scores.size(); ++k) {
            weights.push_back(exp(unrecorded(scores[k]) - shift));
            if (k != pivot) others += weights[k];
        }
        const S total = weights[pivot] + others;
        const S& record = recorded_one(std::span<const S>(scores));
        for (S& weight : weights) weight = on_record(weight / total, record);
    }
};

struct Attention {
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const AttentionSizes sizes(a);
        for (std::size_t query = 0; query < sizes.queries; ++query) {
            const Weights<S> w(a, query, inputs);
            for (std::size_t v = 0; v < sizes.values; ++v) {
                S sum(0);
                for (std::size_t k = 0; k < w.seen.size(); ++k)
                    sum += w.weights[k] * inputs[2][w.seen[k] * sizes.values + v];
                result[query * sizes.values + v] = sum;
            }
        }
    }

    /// The cotangents of one query's scores: w_k (D_k - sum_j w_j D_j) with D_k = <g, V_k - V_pivot>.
    template <class S>
    [[nodiscard]] static std::vector<S> of_scores(const Weights<S>& w, std::span<const S> g,
                                                  std::span<const S> values) {
        const auto value = [&](std::size_t k, std::size_t v) -> const S& {
            return values[w.seen[k] * g.size() + v];
        };
        std::vector<S> shares(w.seen.size(), S(0));
        S mean(0);
        for (std::size_t k = 0; k < shares.size(); ++k) {
            if (k == w.pivot) continue;
            for (std::size_t v = 0; v < g.size(); ++v) {
                if (!exactly_zero(g[v])) shares[k] += g[v] * (value(k, v) - value(w.pivot, v));
            }
            mean += w.weights[k] * shares[k];
        }
        for (std::size_t k = 0; k < shares.size(); ++k)
            shares[k] = k == w.pivot ? -(w.weights[k] * mean) : w.weights[k] * (shares[k] - mean);
        return shares;
    }
    /// dV_k = w_k g. With s_k the cotangent of a score over sqrt(d): dK_k = s_k q, and
    /// dq = sum_k s_k (K_k - K_pivot), since the s_k sum to 0.
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        const AttentionSizes sizes(a);
        const S root = temperature<S>(sizes);
        for (std::size_t query = 0; query < sizes.queries; ++query) {
            const auto g = cotangent.subspan(query * sizes.values, sizes.values);
            if (std::all_of(g.begin(), g.end(), [](const S& x) { return exactly_zero(x); }))
                continue;
            const Weights<S> w(a, query, inputs);
            const std::vector<S> shares = of_scores(w, g, inputs[2]);
            const std::size_t pivot = w.seen[w.pivot] * sizes.features;
            for (std::size_t k = 0; k < w.seen.size(); ++k) {
                for (std::size_t v = 0; v < sizes.values; ++v) {
                    if (exactly_zero(g[v])) continue;
                    accumulators[2][w.seen[k] * sizes.values + v] += w.weights[k] * g[v];
                }
                const S share = shares[k] / root;
                for (std::size_t f = 0; f < sizes.features; ++f) {
                    const std::size_t q = query * sizes.features + f;
                    const std::size_t key = w.seen[k] * sizes.features + f;
                    accumulators[1][key] += share * inputs[0][q];
                    if (k != w.pivot)
                        accumulators[0][q] += share * (inputs[1][key] - inputs[1][pivot + f]);
                }
            }
        }
    }
    /// sum_k V_k / sum_j exp(<q, K_j - K_k>/sqrt(d)).
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const AttentionSizes sizes(a);
        const std::size_t d = sizes.features;
        std::fill(result.begin(), result.end(), S(0));
        for (std::size_t query = 0; query < sizes.queries; ++query) {
            const auto seen = seen_by(query, sizes.keys, a.attributes);
            for (const std::size_t k : seen) {
                S sum(0);
                for (const std::size_t j : seen) {
                    S difference(0);
                    for (std::size_t f = d; f-- > 0;)
                        difference += inputs[0][query * d + f] *
                                      (inputs[1][j * d + f] - inputs[1][k * d + f]);
                    sum += exp(difference / temperature<S>(sizes));
                }
                for (std::size_t v = 0; v < sizes.values; ++v)
                    result[query * sizes.values + v] += inputs[2][k * sizes.values + v] / sum;
            }
        }
    }
};

Shape attention_shape(std::span<const Shape> operands, const Attributes& hidden) {
    const Shape &q = operands[0], &k = operands[1], &v = operands[2];
    if (q.size() != 2 || k.size() != 2 || v.size() != 2 || q[1] != k[1] || k[0] != v[0]) {
        refuse_shape("attention", to_string(q) + ", " + to_string(k) + " and " + to_string(v),
                     "[n, d], [m, d] and [m, e]");
    }
    if (q[1] == 0) refuse_shape("attention", to_string(q), "features: scores are over sqrt(d)");
    if (hidden.size() % 2 != 0) {
        refuse_shape("attention", std::to_string(hidden.size()) + " numbers as hidden",
                     "pairs of a query and a key");
    }
    for (std::size_t i = 0; i < hidden.size(); i += 2) {
        if (whole("attention", "hidden query", hidden[i], 0) >= q[0] ||
            whole("attention", "hidden key", hidden[i + 1], 0) >= k[0]) {
            refuse_shape("attention", "a hidden pair beyond the last",
                         "queries below " + std::to_string(q[0]) + " and keys below " +
                             std::to_string(k[0]));
        }
    }
    for (std::size_t query = 0; query < q[0]; ++query) {
        if (seen_by(query, k[0], hidden).empty()) {
            refuse_shape("attention", "no key that query " + std::to_string(query) + " sees",
                         "one at least: of nothing there is no softmax");
        }
    }
    return {q[0], v[1]};
}

/// No mask, a causal one (a query sees the keys up to its own place), or some pairs; never a whole row.
std::optional<Attributes> mask(std::span<const Shape> operands, const backprop::Below& below) {
    const std::size_t queries = operands[0][0], keys = operands[1][0];
    if (!small_enough(operands) || operands[0][1] == 0) return std::nullopt;
    if (keys == 0) return queries == 0 ? std::optional<Attributes>(Attributes{}) : std::nullopt;
    Attributes hidden;
    const std::size_t kind = below(3);
    for (std::size_t query = 0; query < queries; ++query) {
        const std::size_t kept = below(keys);
        for (std::size_t key = 0; key < keys; ++key) {
            const bool hide = kind == 1 ? key > query : kind == 2 && key != kept && below(2) == 0;
            if (!hide) continue;
            hidden.push_back(static_cast<double>(query));
            hidden.push_back(static_cast<double>(key));
        }
    }
    return hidden;
}

}  // namespace

std::vector<Primitive> attention_family() {
    using backprop::with_rules;
    const scalar::Domain line, logits{.hard_points = {0, 1, 37, -37, 745, -745}};
    const scalar::Domain place{.lower = 0, .upper = 8, .integers_only = true};
    // clang-format off
    return {
        with_rules<Attention>({.name = "attention", .operands = {"Q", "K", "V"}, .attributes = {"hidden..."},
            .formula = "softmax(Q K^T/sqrt(d)) V, the softmax over the keys that are not hidden from a query",
            .shape = attention_shape, .operand_shapes = {"n d", "m d", "m e"}, .domains = {logits, logits, line},
            .attribute_domains = {place}, .fitting = mask,
            .source = "Vaswani et al., \"Attention is all you need\" (2017), eq. 1; softmax's pullback relative to the largest score",
            .sharpness = {.share = 0.2, .why = "the products summed over queries or keys have both signs, and cancel by chance"}}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
