// Errors in what is done with a call, whatever its numbers: its buffers, its inputs, what is kept of others.
#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/derivative_trials.hpp>
#include <gradproof/testing/form_laws.hpp>
#include <gradproof/testing/planted_code.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace gradproof::testing {

namespace {

template <class T>
using Views = std::span<const std::span<T>>;

/// What is done to a call whose answer is known; false where there was nothing to do it to.
template <class T>
struct Misused {
    const Arguments<T>& given;
    const UserTrial& trial;
    const std::vector<double>& derivative;
    Contract contract;
    std::uint64_t seed;

    void hand_out(Contract as) const { testing::hand_out(derivative, given, trial, as); }
    /// Makes another one of the first number; false where there is none.
    [[nodiscard]] bool change_first() const {
        const std::span<T> buffer = some(given.derivative);
        if (!buffer.empty()) buffer[0] = buffer[0] == T(0) ? T(1) : 2 * buffer[0];
        return !buffer.empty();
    }
    /// A buffer with numbers in it.
    template <class Number>
    [[nodiscard]] static std::span<Number> some(Views<Number> buffers) {
        for (const std::span<Number>& buffer : buffers) {
            if (!buffer.empty()) return buffer;
        }
        return {};
    }
};

/// Has the sound derivative, and calls `misuse` in place of handing it out: a copy of it for each planting,
/// for what it remembers.
template <class Misuse>
[[nodiscard]] GradientError of_calls(std::string_view name, std::string_view does,
                                     std::vector<std::string_view> claimed_by, Misuse misuse) {
    const auto plant = [misuse](const HandWritten& claim, std::uint64_t seed) {
        const auto sound = std::make_shared<const Sound>(Sound{claim});
        const auto remembering = std::make_shared<Misuse>(misuse);
        return planted(sound, [sound, seed, remembering]<class T>(Code<T>& code) {
            code.derivative = [=](const Arguments<T>& given) {
                const auto trial = trial_of(sound->claim, given);
                const cases::Answer answer = trial->answer(trial->cotangent());
                hand_out_value(answer.primal, given);
                const Misused<T> call{given, *trial, answer.gradient, sound->claim.contract, seed};
                if (!(*remembering)(call)) return;
                *sound->damage |= {true, std::numeric_limits<double>::infinity()};
            };
        });
    };
    return {name, does, std::move(claimed_by), plant};
}

[[nodiscard]] std::vector<GradientError> errors_of_buffers(const HandWritten& claim) {
    const bool overwrites = claim.contract == Contract::overwrites;
    const auto other_contract = []<class T>(const Misused<T>& call) {
        const bool declared = call.contract == Contract::overwrites;
        call.hand_out(declared ? Contract::accumulates : Contract::overwrites);
        return !call.some(call.given.derivative).empty();
    };
    const auto one_not_written = []<class T>(const Misused<T>& call) {
        const std::span<T> buffer = call.some(call.given.derivative);
        if (buffer.empty()) return false;
        T& skipped = buffer[call.seed % buffer.size()];
        const T before = skipped;
        call.hand_out(call.contract);
        skipped = before;
        return true;
    };
    const auto input_written = []<class T>(const Misused<T>& call) {
        call.hand_out(call.contract);
        const std::span<const T> input = call.some(call.given.inputs);
        if (input.empty()) return false;
        // The caller's numbers are not const, as a caller's seldom are.
        T& number = const_cast<T&>(input[call.seed % input.size()]);
        number = number == T(0) ? T(1) : T(0);
        return true;
    };
    const auto written_beside = []<class T>(const Misused<T>& call) {
        call.hand_out(call.contract);
        const std::span<T> buffer = call.some(call.given.derivative);
        if (buffer.empty()) return false;
        *(buffer.data() + buffer.size()) = T(0);
        return true;
    };
    std::vector<std::string_view> sees_skipped{laws::kVjpAgrees};
    if (overwrites) sees_skipped.push_back(kUsedAsDeclared);
    return {
        of_calls("the other buffer contract",
                 overwrites ? "the gradient is added to what the buffer held"
                            : "the gradient overwrites what the buffer held",
                 {kUsedAsDeclared}, other_contract),
        of_calls("one entry not written", "one entry is left as the buffer held it",
                 std::move(sees_skipped), one_not_written),
        of_calls("an input written to", "one number of an input is changed",
                 {kWritesOnlyItsGradient}, input_written),
        of_calls("written beside the buffer", "the number behind a gradient's last is changed",
                 {kWritesOnlyItsGradient}, written_beside),
    };
}

[[nodiscard]] std::vector<GradientError> errors_of_memory_and_form() {
    const auto changed_by_other_points =
        [last = std::vector<double>()]<class T>(const Misused<T>& call) mutable {
            call.hand_out(call.contract);
            const std::span<const double> inputs = call.trial.inputs();
            const bool elsewhere = !last.empty() && !std::ranges::equal(last, inputs);
            last.assign(inputs.begin(), inputs.end());
            return elsewhere && call.change_first();
        };
    const auto changed_where_alone = []<class T>(const Misused<T>& call) {
        call.hand_out(call.contract);
        const auto left_out = [](std::span<T> block) { return block.data() == nullptr; };
        return std::ranges::any_of(call.given.derivative, left_out) && call.change_first();
    };
    const auto without_signs = []<class T>(const Misused<T>& call) {
        std::vector<double> tangent = call.trial.point().tangent;
        for (double& t : tangent) t = std::abs(t);
        const auto& jvp = dynamic_cast<const JvpTrial&>(call.trial);
        const std::vector<double> other = jvp.along(std::move(tangent));
        testing::hand_out(other, call.given, call.trial, call.contract);
        return other != call.derivative;
    };
    const auto something_for_nothing = []<class T>(const Misused<T>& call) {
        call.hand_out(call.contract);
        const auto zero = [](double t) { return t == 0; };
        return std::ranges::all_of(call.trial.point().tangent, zero) && call.change_first();
    };
    return {
        of_calls("changed by a call elsewhere",
                 "the first number is another one after a call with other inputs", {kKeepsNothing},
                 changed_by_other_points),
        of_calls("another block alone",
                 "the first number of a block is another one where one block is not wanted",
                 {kBlocksAlone}, changed_where_alone),
        of_calls("tangent without signs", "the magnitudes of the tangent are taken for it",
                 {laws::kJvpAgrees, kJvpIsLinear}, without_signs),
        of_calls("not zero for a zero tangent", "one number is not 0 where the tangent is",
                 {kJvpIsLinear}, something_for_nothing),
    };
}

}  // namespace

std::vector<GradientError> errors_of_calls(const HandWritten& claim) {
    std::vector<GradientError> errors = errors_of_buffers(claim);
    for (GradientError& error : errors_of_memory_and_form()) errors.push_back(std::move(error));
    return errors;
}

}  // namespace gradproof::testing
