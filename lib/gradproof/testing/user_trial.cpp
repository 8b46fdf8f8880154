// Calling the user's code with buffers of our own, guarded on both sides.
#include <gradproof/testing/user_trial.hpp>

#include <gradproof/generate/domain.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <exception>
#include <limits>
#include <utility>

namespace gradproof::testing {

namespace {

/// Numbers beside a buffer that nobody is to write to, and what they hold.
constexpr std::size_t kGuard = 4;
constexpr double kGuardNumber = 0x1.badp+3;

template <class T>
[[nodiscard]] bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](T x, T y) {
        using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
        return std::bit_cast<Bits>(x) == std::bit_cast<Bits>(y);
    });
}

template <class Ask>
void guarded(Ask ask) {
    try {
        ask();
    } catch (const BadUse&) {
        throw;
    } catch (const std::exception& thrown) {
        throw SubjectThrew(std::string("it threw \"") + thrown.what() + "\"");
    } catch (...) {
        throw SubjectThrew("it threw something that is no std::exception");
    }
}

template <class T>
struct Arguments {
    std::vector<std::vector<T>> inputs;
    std::vector<std::span<const T>> views;

    explicit Arguments(const Point& point) {
        for (const auto& input : point.inputs) inputs.emplace_back(input.begin(), input.end());
        for (const auto& input : inputs) views.emplace_back(input);
    }
};

template <class T>
[[nodiscard]] Call called(const Code<T>& code, const HandWritten& claim, const Point& point,
                          std::span<const double> cotangent, double before) {
    const Arguments<T> given(point);
    const Arguments<T> kept(point);
    const std::vector<T> u(cotangent.begin(), cotangent.end()), kept_u = u;
    std::vector<std::vector<T>> buffers;
    for (const auto& input : point.inputs) {
        auto& buffer =
            buffers.emplace_back(input.size() + 2 * kGuard, static_cast<T>(kGuardNumber));
        std::fill_n(buffer.begin() + kGuard, input.size(), static_cast<T>(before));
    }
    std::vector<std::span<T>> gradients;
    for (auto& buffer : buffers) {
        gradients.push_back(std::span(buffer).subspan(kGuard, buffer.size() - 2 * kGuard));
    }
    guarded([&] { code.vjp(given.views, u, gradients); });

    Call result;
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        const auto& buffer = buffers[i];
        result.gradient.insert(result.gradient.end(), gradients[i].begin(), gradients[i].end());
        const auto untouched = [](T number) { return number == static_cast<T>(kGuardNumber); };
        if (!std::all_of(buffer.begin(), buffer.begin() + kGuard, untouched) ||
            !std::all_of(buffer.end() - kGuard, buffer.end(), untouched)) {
            result.changed = "memory beside the gradient of " + claim.names[i];
        }
        if (!same_bits(given.inputs[i], kept.inputs[i])) result.changed = "input " + claim.names[i];
    }
    if (!same_bits(u, kept_u)) result.changed = "the cotangent";
    return result;
}

template <class T>
[[nodiscard]] std::vector<double> primal_of(const Code<T>& code, const HandWritten& claim,
                                            const Point& point) {
    std::vector<T> outputs(claim.function->output_size(), std::numeric_limits<T>::quiet_NaN());
    if (code.primal) {
        const Arguments<T> given(point);
        guarded([&] { code.primal(given.views, outputs); });
    } else {
        const std::vector<double> flat = point.flat();
        const std::vector<T> inputs(flat.begin(), flat.end());
        outputs = claim.function->evaluate(std::span(inputs));
    }
    return {outputs.begin(), outputs.end()};
}

}  // namespace

UserTrial::UserTrial(const HandWritten& claim, std::string name, const Point& point)
    : claim_(claim), name_(std::move(name)), point_(point), inputs_(point.flat()) {}

UserTrial::UserTrial(const HandWritten& claim, std::string name, std::shared_ptr<const Point> point)
    : UserTrial(claim, std::move(name), *point) {
    owned_ = std::move(point);
}

std::unique_ptr<subject::Trial> UserTrial::at(std::vector<double> inputs,
                                              std::vector<double> cotangent) const {
    auto moved = std::make_shared<Point>(point_);
    std::size_t next = 0;
    for (std::size_t i = 0; i < moved->inputs.size(); ++i) {
        for (double& x : moved->inputs[i]) {
            x = inputs[next++];
            if (!generate::contains(claim_.domains[i], x)) return nullptr;
        }
    }
    moved->cotangent = std::move(cotangent);
    if (use_of(*moved, claim_) != Use::tests) return nullptr;
    return std::make_unique<UserTrial>(claim_, name_, std::move(moved));
}

Call UserTrial::call(std::span<const double> cotangent, double before) const {
    return std::visit(
        [&](const auto& code) { return called(code, claim_, point_, cotangent, before); },
        claim_.code);
}

subject::Answer UserTrial::answer(std::span<const double> cotangent) const {
    const double before =
        claim_.contract == Contract::accumulates ? 0.0 : std::numeric_limits<double>::quiet_NaN();
    subject::Answer answer;
    answer.primal =
        std::visit([&](const auto& code) { return primal_of(code, claim_, point_); }, claim_.code);
    answer.gradient = call(cotangent, before).gradient;
    return answer;
}

scalar::Budget UserTrial::budget(std::span<const double> cotangent) const {
    return claim_.budget(inputs_, cotangent);
}

std::optional<scalar::WideEntry> UserTrial::declared(std::size_t entry) const {
    if (!claim_.kinks_as_written) return std::nullopt;
    const scalar::Allowance promised = budget(point_.cotangent).gradient[entry];
    if (!std::isfinite(promised.reference + promised.bound)) return std::nullopt;
    return scalar::WideEntry{true, scalar::Wide<50>(promised.reference),
                             scalar::Wide<50>(promised.bound)};
}

std::vector<scalar::WideEntry> UserTrial::formula() const {
    if (!claim_.formula) return {};
    return claim_.formula(inputs_, point_.cotangent);
}

std::string UserTrial::entry_name(std::size_t entry) const {
    std::size_t input = 0;
    while (entry >= point_.inputs[input].size()) entry -= point_.inputs[input++].size();
    return scalar::element_name(claim_.names[input], claim_.shapes[input], entry);
}

}  // namespace gradproof::testing
