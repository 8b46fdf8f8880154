// Products of matrices and vectors.
#include <gradproof/primitives/linear.hpp>

#include <gradproof/primitives/elementwise.hpp>

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

/// C = A B with A m x k, B k x n. A vector is a matrix with n = 1, its inner product one with m = 1,
/// so that this one rule serves matmul, matvec and dot.
struct Product {
    struct Sizes {
        std::size_t rows, inner, columns;
    };
    [[nodiscard]] static Sizes sizes(const Application& a) {
        const Shape &left = a.operands[0], &right = a.operands[1];
        return {left.size() == 2 ? left[0] : 1, right[0], right.size() == 2 ? right[1] : 1};
    }

    template <class S>
    static void multiply(const Application& a, Inputs<S> inputs, std::span<S> result,
                         bool backwards) {
        const auto [rows, size, columns] = sizes(a);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                result[i * columns + j] = inner<S>(
                    size,
                    [&inputs, i, n = size](std::size_t k) -> const S& {
                        return inputs[0][i * n + k];
                    },
                    [&inputs, j, n = columns](std::size_t k) -> const S& {
                        return inputs[1][k * n + j];
                    },
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
        const auto [rows, size, columns] = sizes(a);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                const S& g = cotangent[i * columns + j];
                if (exactly_zero(g)) continue;
                for (std::size_t k = 0; k < size; ++k) {
                    accumulators[0][i * size + k] += g * inputs[1][k * columns + j];
                    accumulators[1][k * columns + j] += g * inputs[0][i * size + k];
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
    template <class S>
    static void primal(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const std::size_t rows = a.operands[0][0], columns = a.operands[0][1];
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j)
                result[j * rows + i] = inputs[0][i * columns + j];
        }
    }
    template <class S>
    static void pullback(const Application& a, std::span<const S> cotangent, std::span<const S>,
                         Inputs<S>, Accumulators<S> accumulators) {
        const std::size_t rows = a.operands[0][0], columns = a.operands[0][1];
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j)
                accumulators[0][i * columns + j] += cotangent[j * rows + i];
        }
    }
    template <class S>
    static void second_form(const Application& a, Inputs<S> inputs, std::span<S> result) {
        const std::size_t rows = a.operands[0][0], columns = a.operands[0][1];
        for (std::size_t at = 0; at < result.size(); ++at)
            result[at] = inputs[0][(at % rows) * columns + at / rows];
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
        with_rules<Product>({.name = "matvec", .operands = {"W", "x"}, .formula = "W x",
            .shape = matvec_shape, .operand_shapes = {"m n", "n"}, .domains = {line}, .source = "dW = g x^T, dx = W^T g"}),
        with_rules<Product>({.name = "matmul", .operands = {"A", "B"}, .formula = "A B",
            .shape = matmul_shape, .operand_shapes = {"m k", "k n"}, .domains = {line}, .source = "dA = G B^T, dB = A^T G"}),
        with_rules<Product>({.name = "dot", .operands = {"a", "b"}, .formula = "sum_i a_i b_i",
            .shape = dot_shape, .operand_shapes = {"n"}, .domains = {line}, .source = "product rule"}),
        with_rules<Transpose>({.name = "transpose", .operands = {"A"}, .formula = "A^T",
            .shape = transpose_shape, .operand_shapes = {"m n"}, .domains = {line}, .source = "linear"}),
    };
    // clang-format on
}

}  // namespace gradproof::primitives
