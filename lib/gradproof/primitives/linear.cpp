// Products of matrices and vectors.
#include <gradproof/primitives/linear.hpp>

#include <gradproof/primitives/index_map.hpp>

namespace gradproof::primitives {

namespace {

/// sum_k a_k b_k; the order may be turned, since the second form must not share the first's.
template <class S, class First, class Second>
S inner(std::size_t n, First first, Second second, bool backwards = false) {
    S sum(0);
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t at = backwards ? n - 1 - k : k;
        sum += first(at) * second(at);
    }
    return sum;
}

/// C = A B with A m x k, B k x n, batch by batch. A vector is a matrix with n = 1, its inner product one
/// with m = 1, its outer product one with k = 1, so that this one rule serves them all.
struct MatrixProduct {
    struct Sizes {
        std::size_t batches, rows, inner, columns;
    };
    [[nodiscard]] static Sizes sizes(const Application& a) {
        const Shape &left = a.operands[0], &right = a.operands[1];
        if (left.size() == 3) return {left[0], left[1], left[2], right[2]};
        const bool outer = left.size() == 1 && a.result.size() == 2;
        if (outer) return {1, left[0], 1, right[0]};
        return {1, left.size() == 2 ? left[0] : 1, right[0], right.size() == 2 ? right[1] : 1};
    }

    template <class S>
    static void multiply(const Application& a, Inputs<S> inputs, std::span<S> result,
                         bool backwards) {
        const auto [batches, rows, size, columns] = sizes(a);
        for (std::size_t row = 0; row < batches * rows; ++row) {
            for (std::size_t j = 0; j < columns; ++j) {
                result[row * columns + j] = inner<S>(
                    size,
                    [&inputs, row, n = size](std::size_t k) -> const S& {
                        return inputs[0][row * n + k];
                    },
                    [&inputs, j, n = columns, first = row / rows * size](
                        std::size_t k) -> const S& { return inputs[1][(first + k) * n + j]; },
                    backwards);
            }
        }
    }
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        multiply(a, inputs, result, false);
    }
    /// dA = G B^T, dB = A^T G.
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S> inputs, Accumulators<S> accumulators) {
        const auto [batches, rows, size, columns] = sizes(a);
        for (std::size_t row = 0; row < batches * rows; ++row) {
            const std::size_t first = row / rows * size;
            for (std::size_t j = 0; j < columns; ++j) {
                const S& g = cotangent[row * columns + j];
                if (exactly_zero(g)) continue;
                for (std::size_t k = 0; k < size; ++k) {
                    accumulators[0][row * size + k] += g * inputs[1][(first + k) * columns + j];
                    accumulators[1][(first + k) * columns + j] += g * inputs[0][row * size + k];
                }
            }
        }
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        multiply(a, inputs, result, true);
    }
};

struct Transpose {
    static std::optional<Source> from(const Application& a, std::size_t, const Index& index) {
        return Source{0, index[1] * a.operands[0][1] + index[0]};
    }
    static bool belongs(const Application&, std::size_t, const Index& from, const Index& to) {
        return from[0] == to[1] && from[1] == to[0];
    }
};

std::string given(std::span<const Shape> operands) {
    std::string text = to_string(operands[0]);
    for (const Shape& shape : operands.subspan(1)) text += " and " + to_string(shape);
    return text;
}

Shape matvec_shape(std::span<const Shape> operands, const Attributes&) {
    if (operands[0].size() != 2 || operands[1].size() != 1 || operands[0][1] != operands[1][0]) {
        refuse_shape("matvec", given(operands), "[m, n] and [n]");
    }
    return {operands[0][0]};
}
Shape matmul_shape(std::span<const Shape> operands, const Attributes&) {
    if (operands[0].size() != 2 || operands[1].size() != 2 || operands[0][1] != operands[1][0]) {
        refuse_shape("matmul", given(operands), "[m, k] and [k, n]");
    }
    return {operands[0][0], operands[1][1]};
}
Shape dot_shape(std::span<const Shape> operands, const Attributes&) {
    if (operands[0].size() != 1 || operands[0] != operands[1]) {
        refuse_shape("dot", given(operands), "two vectors of the same size");
    }
    return {};
}
Shape outer_shape(std::span<const Shape> operands, const Attributes&) {
    if (operands[0].size() != 1 || operands[1].size() != 1)
        refuse_shape("outer", given(operands), "two vectors");
    return {operands[0][0], operands[1][0]};
}
Shape batched_matmul_shape(std::span<const Shape> operands, const Attributes&) {
    const Shape &left = operands[0], &right = operands[1];
    if (left.size() != 3 || right.size() != 3 || left[0] != right[0] || left[2] != right[1])
        refuse_shape("batched_matmul", given(operands), "[b, m, k] and [b, k, n]");
    return {left[0], left[1], right[2]};
}
Shape transpose_shape(std::span<const Shape> operands, const Attributes&) {
    if (operands[0].size() != 2) refuse_shape("transpose", given(operands), "a matrix [m, n]");
    return {operands[0][1], operands[0][0]};
}

}  // namespace

std::vector<Primitive> linear() {
    using backprop::with_rules;
    const scalar::Domain line;
    // clang-format off
    return {
        with_rules<MatrixProduct>({.name = "matvec", .operands = {"W", "x"}, .formula = "W x",
            .shape = matvec_shape, .operand_shapes = {"m n", "n"}, .domains = {line}, .source = "dW = g x^T, dx = W^T g"}),
        with_rules<MatrixProduct>({.name = "matmul", .operands = {"A", "B"}, .formula = "A B",
            .shape = matmul_shape, .operand_shapes = {"m k", "k n"}, .domains = {line}, .source = "dA = G B^T, dB = A^T G"}),
        with_rules<MatrixProduct>({.name = "dot", .operands = {"a", "b"}, .formula = "sum_i a_i b_i",
            .shape = dot_shape, .operand_shapes = {"n"}, .domains = {line}, .source = "product rule"}),
        with_rules<MatrixProduct>({.name = "outer", .operands = {"a", "b"}, .formula = "a_i b_j",
            .shape = outer_shape, .operand_shapes = {"m", "n"}, .domains = {line}, .source = "da = G b, db = G^T a"}),
        with_rules<MatrixProduct>({.name = "batched_matmul", .operands = {"A", "B"}, .formula = "A_b B_b",
            .shape = batched_matmul_shape, .operand_shapes = {"b m k", "b k n"}, .domains = {line},
            .source = "dA = G B^T, dB = A^T G, batch by batch"}),
        with_rules<IndexMap<Transpose>>({.name = "transpose", .operands = {"A"}, .formula = "A^T",
            .shape = transpose_shape, .operand_shapes = {"m n"}, .domains = {line}, .source = "linear"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
