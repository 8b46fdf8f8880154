// Calling the sound code with buffers of its own, and spoiling what it wrote.
#include <gradproof/testing/planted_gradient.hpp>

#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/vjp_agrees.hpp>
#include <gradproof/testing/user_laws.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace gradproof::testing {

namespace {

using laws::Damage;

template <class T>
using Views = std::span<const std::span<T>>;

/// What the wrapped code has of the sound one.
struct Sound {
    HandWritten claim;
    std::shared_ptr<Damage> damage = std::make_shared<Damage>();
};

template <class T>
[[nodiscard]] std::vector<double> flat(Views<const T> inputs) {
    std::vector<double> numbers;
    for (const auto& input : inputs) numbers.insert(numbers.end(), input.begin(), input.end());
    return numbers;
}

/// The sound gradient alone, flat, whatever the contract.
template <class T>
[[nodiscard]] std::vector<double> gradient_of_sound(const Sound& sound, Views<const T> inputs,
                                                    std::span<const T> u) {
    const T before =
        sound.claim.contract == Contract::accumulates ? T(0) : std::numeric_limits<T>::quiet_NaN();
    std::vector<std::vector<T>> buffers;
    for (const auto& input : inputs) buffers.emplace_back(input.size(), before);
    const std::vector<std::span<T>> views(buffers.begin(), buffers.end());
    std::get<Code<T>>(sound.claim.code).vjp(inputs, u, views);
    std::vector<double> numbers;
    for (const auto& buffer : buffers) numbers.insert(numbers.end(), buffer.begin(), buffer.end());
    return numbers;
}

/// Puts numbers where the contract wants them.
template <class T>
void hand_out(const std::vector<double>& gradient, Views<T> buffers, Contract contract) {
    std::size_t next = 0;
    for (const auto& buffer : buffers) {
        for (T& number : buffer) {
            const T value = static_cast<T>(gradient[next++]);
            number = contract == Contract::accumulates ? number + value : value;
        }
    }
}

/// One call that is to be spoiled; keeps references.
template <class T>
class Spoiling {
public:
    Spoiling(const Sound& sound, Views<const T> inputs, std::span<const T> u)
        : sound_(sound), inputs_(inputs), flat_(flat<T>(inputs)), u_(u.begin(), u.end()) {}

    /// Spoils the answer and notes by how much.
    void operator()(const laws::Spoil& spoil, cases::Answer& answer) {
        const cases::Answer right = answer;
        const std::function<const cases::Budget&()> budget = [this]() -> const cases::Budget& {
            if (!budget_) budget_ = sound_.claim.budget(flat_, u_);
            return *budget_;
        };
        spoil({sound_.claim.shapes, flat_, u_, sound_.claim.precision(),
               [this](std::span<const double> other) {
                   const std::vector<T> rounded(other.begin(), other.end());
                   return cases::Answer{
                       {}, gradient_of_sound<T>(sound_, inputs_, std::span<const T>(rounded))};
               },
               budget},
              answer);
        for (auto* numbers : {&answer.primal, &answer.gradient}) {
            for (double& number : *numbers) number = static_cast<double>(static_cast<T>(number));
        }
        *sound_.damage |= laws::damage(right, answer, budget);
    }

private:
    const Sound& sound_;
    Views<const T> inputs_;
    std::vector<double> flat_, u_;
    std::optional<cases::Budget> budget_;
};

template <class T>
void spoil_vjp(Code<T>& code, const std::shared_ptr<const Sound>& sound,
               const std::shared_ptr<laws::Spoil>& spoil) {
    code.vjp = [sound, spoil](Views<const T> x, std::span<const T> u, Views<T> dx) {
        cases::Answer answer{{}, gradient_of_sound<T>(*sound, x, u)};
        Spoiling<T>(*sound, x, u)(*spoil, answer);
        hand_out<T>(answer.gradient, dx, sound->claim.contract);
    };
}

template <class T>
void spoil_primal(Code<T>& code, const std::shared_ptr<const Sound>& sound,
                  const std::shared_ptr<laws::Spoil>& spoil) {
    code.primal = [sound, spoil](Views<const T> x, std::span<T> y) {
        std::get<Code<T>>(sound->claim.code).primal(x, y);
        cases::Answer answer{{y.begin(), y.end()}, {}};
        const std::vector<T> u(y.size(), T(1));
        Spoiling<T>(*sound, x, u)(*spoil, answer);
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<T>(answer.primal[i]);
    };
}

[[nodiscard]] bool is_of_primal(const laws::PlantedError& error) {
    return std::ranges::find(error.claimed_by, laws::kPrimalAgrees) != error.claimed_by.end();
}

[[nodiscard]] GradientError in_gradients(const laws::PlantedError& error) {
    return {error.name, error.does, error.claimed_by,
            [error](const HandWritten& claim, std::uint64_t seed) {
                const auto sound = std::make_shared<const Sound>(Sound{claim});
                // Shared, so that copies of the claim keep one memory.
                const auto spoil = std::make_shared<laws::Spoil>(error.spoil(seed));
                PlantedGradient planted{claim, sound->damage};
                std::visit(
                    [&](auto& code) {
                        is_of_primal(error) ? spoil_primal(code, sound, spoil)
                                            : spoil_vjp(code, sound, spoil);
                    },
                    planted.claim.code);
                return planted;
            },
            error.anywhere};
}

/// Has the sound gradient, and calls `misuse` in place of handing it out.
template <class Misused>
[[nodiscard]] GradientError of_buffers(std::string_view name, std::string_view does,
                                       std::vector<std::string_view> claimed_by, Misused misuse) {
    return {name, does, std::move(claimed_by),
            [misuse](const HandWritten& claim, std::uint64_t seed) {
                const auto sound = std::make_shared<const Sound>(Sound{claim});
                PlantedGradient planted{claim, sound->damage};
                std::visit(
                    [&]<class T>(Code<T>& code) {
                        code.vjp = [sound, seed, misuse](Views<const T> x, std::span<const T> u,
                                                         Views<T> dx) {
                            misuse(gradient_of_sound<T>(*sound, x, u), sound->claim.contract, seed,
                                   x, dx);
                            *sound->damage |= {true, std::numeric_limits<double>::infinity()};
                        };
                    },
                    planted.claim.code);
                return planted;
            }};
}

[[nodiscard]] std::vector<GradientError> errors_of_buffers(const HandWritten& claim) {
    const bool overwrites = claim.contract == Contract::overwrites;
    const auto other_contract = []<class T>(const std::vector<double>& gradient, Contract contract,
                                            std::uint64_t, Views<const T>, Views<T> dx) {
        const bool declared = contract == Contract::overwrites;
        hand_out<T>(gradient, dx, declared ? Contract::accumulates : Contract::overwrites);
    };
    const auto one_not_written = []<class T>(const std::vector<double>& gradient, Contract contract,
                                             std::uint64_t seed, Views<const T>, Views<T> dx) {
        T& skipped = dx.front()[seed % dx.front().size()];
        const T before = skipped;
        hand_out<T>(gradient, dx, contract);
        skipped = before;
    };
    const auto input_written = []<class T>(const std::vector<double>& gradient, Contract contract,
                                           std::uint64_t seed, Views<const T> x, Views<T> dx) {
        hand_out<T>(gradient, dx, contract);
        // The caller's numbers are not const, as a caller's seldom are.
        T& number = const_cast<T&>(x.front()[seed % x.front().size()]);
        number = number == T(0) ? T(1) : T(0);
    };
    const auto written_beside = []<class T>(const std::vector<double>& gradient, Contract contract,
                                            std::uint64_t, Views<const T>, Views<T> dx) {
        hand_out<T>(gradient, dx, contract);
        *(dx.back().data() + dx.back().size()) = T(0);
    };
    std::vector<std::string_view> sees_skipped{laws::kVjpAgrees};
    if (overwrites) sees_skipped.push_back(kUsedAsDeclared);
    return {
        of_buffers("the other buffer contract",
                   overwrites ? "the gradient is added to what the buffer held"
                              : "the gradient overwrites what the buffer held",
                   {kUsedAsDeclared}, other_contract),
        of_buffers("one entry not written", "one entry is left as the buffer held it",
                   std::move(sees_skipped), one_not_written),
        of_buffers("an input written to", "one number of an input is changed",
                   {kWritesOnlyItsGradient}, input_written),
        of_buffers("written beside the buffer", "the number behind a gradient's last is changed",
                   {kWritesOnlyItsGradient}, written_beside),
    };
}

}  // namespace

std::vector<GradientError> gradient_errors(const HandWritten& claim) {
    const bool own_primal =
        std::visit([](const auto& code) { return static_cast<bool>(code.primal); }, claim.code);
    std::vector<GradientError> errors;
    for (const auto& group :
         {laws::errors_in_numbers(), laws::errors_at_hard_inputs(), laws::errors_of_memory()}) {
        for (const laws::PlantedError& error : group) {
            if (is_of_primal(error) && !own_primal) continue;
            errors.push_back(in_gradients(error));
        }
    }
    for (GradientError& error : errors_of_buffers(claim)) errors.push_back(std::move(error));
    for (GradientError& error : errors) {
        std::erase_if(error.claimed_by, [&](std::string_view name) {
            const auto law = std::ranges::find(user_laws(), name, &UserLaw::name);
            return law == user_laws().end() || !applies(*law, claim);
        });
    }
    std::erase_if(errors, [](const GradientError& error) { return error.claimed_by.empty(); });
    return errors;
}

}  // namespace gradproof::testing
