// Calls that do not compile, each with words that say what to write; see refused/CMakeLists.txt.
#include <gradproof/testing/gradient_of.hpp>

#include <cmath>

using namespace gradproof::testing;

using In = std::span<const double>;
using Out = std::span<double>;

double black_box(In x) { return std::exp(x[0]); }
constexpr auto square = [](const auto& x) { return x[0] * x[0]; };
constexpr auto scaled = [](const auto& x, double a) { return a * x[0]; };

void misuses() {
    (void)gradient_of(black_box).on(1).by([](In, double, Out) {});
    (void)gradient_of(scaled).on(1).by([](In, double, Out) {});
    (void)gradient_of(square).on(1).by([](In, In, In, Out) {});
    (void)gradient_of(square).on(2, 3).by_jvp([](In, In) { return 0.0; });
    (void)gradient_of(square).on(1).by_jacobian([](In, double) {});
    (void)gradient_of(square).on(1).with_primal([](double) { return 0.0; }).by([](In, Out) {});
    (void)gradient_of(scaled).on(1).attribute("a", positive()).with_fresh([] { return 1; });
}
