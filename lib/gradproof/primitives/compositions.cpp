// The compositions, out of builders.
#include <gradproof/primitives/compositions.hpp>

#include <gradproof/primitives/builders.hpp>

namespace gradproof::primitives {

Variable relu6(Variable x) { return clamp(x, 0, 6); }
Variable hardswish(Variable x) { return hadamard(x, hardsigmoid(x)); }
Variable smooth_l1(double beta, Variable x) { return scale(1 / beta, huber(beta, x)); }

}  // namespace gradproof::primitives
