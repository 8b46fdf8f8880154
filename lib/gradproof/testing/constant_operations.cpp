// Sweeps over a tape on which some edges let nothing through.
#include <gradproof/testing/constant_operations.hpp>

#include <gradproof/case/case.hpp>

#include <fmt/format.h>

#include <utility>

namespace gradproof::testing {

namespace {

constexpr std::size_t kMostOperations = 200;

template <class T>
[[nodiscard]] std::vector<cases::Slip> in(const ReferenceAt& at,
                                          std::span<const double> cotangent) {
    scalar::Ledger ledger(at.ties);
    scalar::Tape<T> tape(ledger);
    std::vector<scalar::Taped<T>> inputs;
    for (const double x : at.inputs) inputs.push_back(tape.input(static_cast<T>(x)));
    const auto outputs = at.function.record(std::span(std::as_const(inputs)));
    const std::vector<T> u(cotangent.begin(), cotangent.end());

    const auto operations = tape.operations();
    std::vector<cases::Slip> slips;
    if (operations.size() > kMostOperations) return slips;
    const auto add = [&](const auto& cut, std::string sentence, std::string name) {
        cases::Slip slip{cases::Slip::Kind::constant, std::move(sentence), {}, std::move(name)};
        for (const scalar::Allowance& g : tape.swept(outputs, u, cut).gradient)
            slip.gradient.push_back(g.reference);
        slips.push_back(std::move(slip));
    };
    const auto place = [&](std::size_t k) {
        return fmt::format("operation {} of {}", k + 1, operations.size());
    };
    const auto what = [&](std::size_t k) {
        return fmt::format("what is {} here, {} of the function,",
                           cases::shortest(static_cast<double>(operations[k].value)), place(k));
    };
    for (std::size_t k = operations.size(); k-- > 0;)
        add(operations[k].edges, what(k) + " is taken for a constant", place(k));
    for (std::size_t k = operations.size(); k-- > 0;) {
        const auto [from, to] = operations[k].edges;
        for (std::size_t e = from; to - from > 1 && e < to; ++e) {
            const std::string which = e == from ? "first" : "second";
            add(typename scalar::Tape<T>::Edges{e, e + 1},
                "of " + what(k) + " the " + which + " operand is taken for a constant",
                place(k) + which);
        }
    }
    return slips;
}

}  // namespace

std::vector<cases::Slip> taken_for_constants(const ReferenceAt& at,
                                             std::span<const double> cotangent) {
    return at.precision == scalar::Precision::binary32 ? in<float>(at, cotangent)
                                                       : in<double>(at, cotangent);
}

}  // namespace gradproof::testing
