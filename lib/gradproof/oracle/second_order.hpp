// Second derivatives on one rung: mixed differences of the primal, symmetric and one-sided.
#pragma once

#include <gradproof/oracle/quotient.hpp>
#include <gradproof/oracle/sample.hpp>
#include <gradproof/oracle/trace_agreement.hpp>

#include <map>
#include <utility>
#include <vector>

namespace gradproof::oracle {

/// The k of a rung's step, which costs 2k bits.
template <unsigned Digits>
inline constexpr int kMixedStepBits = static_cast<int>(scalar::kWideBits<Digits> / 4);

template <unsigned Digits>
class SecondOrder {
    using Number = scalar::Witness<Digits>;
    using Value = scalar::Wide<Digits>;
    using Quotients = std::vector<Quotient<Digits>>;

public:
    /// Steps are 2^-step_bits of each direction's own.
    explicit SecondOrder(const Point& point, int step_bits)
        : sampler_(point), step_bits_(step_bits) {}

    /// Second derivative along two directions by mixed differences; `same` where they are one entry.
    [[nodiscard]] Attempt along(const Direction& first, const Direction& second, bool same,
                                double budget) {
        const Quotients coarse = quotients_at(first, second, same, step_bits_);
        if (at_kink_) return Derivative(Unresolved{refusal_, {}, true});
        if (coarse.empty()) return Climb{refusal_, 0, {}};
        const Quotients fine = quotients_at(first, second, same, step_bits_ + 1);
        if (fine.empty()) return Climb{refusal_, 0, {}};
        const auto result = Quotient<Digits>::refined(coarse[0], fine[0]);
        // A kink of the slope averages out in the symmetric stencil, not in the one-sided ones.
        for (std::size_t i = 1; i < fine.size(); ++i) {
            const auto one_sided = Quotient<Digits>::refined(coarse[i], fine[i]);
            if (Number::size(Value(one_sided.value - result.value)) >
                one_sided.bound + result.bound)
                return Climb{};
        }
        if (!result.sharp_enough_for(budget)) return result.climb_for_budget(budget);
        return Derivative(Smooth{result.estimate(), Sides::both, false, Digits});
    }

private:
    Sampler<Digits> sampler_;
    int step_bits_;
    bool at_kink_ = false;
    Unresolved::Reason refusal_ = Unresolved::Reason::bound;

    /// A corner of a second difference: its weight, and how many steps it is off in both directions.
    struct Corner {
        int weight, along_first, along_second;
    };
    using SecondDifference = std::vector<Corner>;

    /// The symmetric second difference, then the one-sided ones.
    [[nodiscard]] static std::vector<SecondDifference> second_differences(bool same) {
        if (same) {
            return {{{1, 1, 0}, {-2, 0, 0}, {1, -1, 0}},
                    {{1, 2, 0}, {-2, 1, 0}, {1, 0, 0}},
                    {{1, -2, 0}, {-2, -1, 0}, {1, 0, 0}}};
        }
        std::vector<SecondDifference> all{{{1, 1, 1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, -1}}};
        for (const int s : {1, -1}) {
            for (const int t : {1, -1})
                all.push_back({{s * t, s, t}, {-s * t, s, 0}, {-s * t, 0, t}, {s * t, 0, 0}});
        }
        return all;
    }

    /// All second differences with steps 2^-k in each direction; none, and why, where a sample fails.
    [[nodiscard]] Quotients quotients_at(const Direction& first, const Direction& second, bool same,
                                         int k) {
        std::vector<double> weights = first.weights;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (second.weights[i] != 0) weights[i] = 1;
        }
        const auto sampled = [&](int a, int b) {
            return sampler_.at(weights, [&](std::size_t entry, Value& x) {
                bool exact = true;
                const double along_first = a * first.weights[entry];
                const double along_second = b * second.weights[entry];
                if (along_first != 0)
                    exact = Sampler<Digits>::move(x, along_first, first.step_exponent - k);
                if (along_second != 0) {
                    exact =
                        Sampler<Digits>::move(x, along_second, second.step_exponent - k) && exact;
                }
                return exact;
            });
        };
        std::map<std::pair<int, int>, Sample<Digits>> samples;
        const Sample<Digits>& centre = samples.try_emplace({0, 0}, sampled(0, 0)).first->second;
        if (centre.failure) return refuse(reason_of(*centre.failure));
        at_kink_ = centre.trace.tied || !centre.trace.edges.empty();
        if (at_kink_) {
            return refuse(centre.trace.tied ? Unresolved::Reason::comparison
                                            : Unresolved::Reason::domain);
        }
        Quotients quotients;
        for (const SecondDifference& corners : second_differences(same)) {
            Number sum;
            for (const auto& [weight, a, b] : corners) {
                const auto place = std::pair(a, b);
                if (!samples.contains(place)) samples.emplace(place, sampled(a, b));
                const Sample<Digits>& sample = samples.at(place);
                if (sample.failure) return refuse(reason_of(*sample.failure));
                const TraceAgreement with_centre = agreement<Digits>(centre.trace, sample.trace);
                if (with_centre.moved_too_far) return refuse(Unresolved::Reason::moving);
                if (!with_centre.same_comparisons) return refuse(Unresolved::Reason::comparison);
                // The weights add up to 0, so each corner may count from the centre.
                sum += Number(weight) * sampler_.difference(centre, sample);
            }
            // Between the corners of the symmetric mixed difference lie two steps in each direction.
            const int halvings = !same && quotients.empty() ? 2 : 0;
            quotients.push_back(Quotient<Digits>::scaled(
                sum, 2 * std::int64_t{k} - first.step_exponent - second.step_exponent - halvings));
        }
        return quotients;
    }
    [[nodiscard]] Quotients refuse(Unresolved::Reason reason) {
        refusal_ = reason;
        return {};
    }
};

}  // namespace gradproof::oracle
