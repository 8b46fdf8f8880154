// One evaluation of phi at a point of a stencil, with its trace, or why there is none.
#pragma once

#include <gradproof/oracle/oracle.hpp>
#include <gradproof/scalar/witness.hpp>

#include <optional>
#include <span>
#include <vector>

namespace gradproof::oracle {

/// Why an evaluation gave no value.
enum class Failure { left_domain, undecided, left_range, inexact };

[[nodiscard]] inline Unresolved::Reason reason_of(Failure failure) {
    switch (failure) {
        case Failure::left_domain: return Unresolved::Reason::domain;
        case Failure::undecided: return Unresolved::Reason::comparison;
        case Failure::left_range: return Unresolved::Reason::range;
        case Failure::inexact: return Unresolved::Reason::inexact;
    }
    return Unresolved::Reason::bound;
}

/// The outputs at one point of the stencil. phi is never formed: what does not depend on the input
/// would only drown what does.
template <unsigned Digits>
struct Sample {
    std::vector<scalar::Witness<Digits>> outputs{};
    bool dependent = false;
    scalar::Trace<Digits> trace{};
    std::optional<Failure> failure{};
};

/// Takes the samples of one point, along perturbations that it is given.
template <unsigned Digits>
class Sampler {
public:
    using Number = scalar::Witness<Digits>;
    using Value = scalar::Wide<Digits>;

    explicit Sampler(const Point& point) : point_(point) { scalar::open_exponent_range(); }

    [[nodiscard]] const Point& point() const { return point_; }

    /// Adds 2^exponent weight to x; false where the sum does not fit the type.
    [[nodiscard]] static bool move(Value& x, double weight, std::int64_t exponent) {
        Value step(weight);
        mpfr_mul_2si(step.backend().data(), step.backend().data(), exponent, MPFR_RNDN);
        return mpfr_add(x.backend().data(), x.backend().data(), step.backend().data(), MPFR_RNDN) ==
               0;
    }

    /// phi's outputs where `perturb(entry, x)` has moved each input; it returns false where the moved
    /// input does not fit the type. Inputs of a nonzero weight count as dependent. Where `followed` is
    /// given, ties come out as they did there.
    template <class Perturb>
    [[nodiscard]] Sample<Digits> at(const std::vector<double>& weights, Perturb perturb,
                                    const scalar::Trace<Digits>* followed = nullptr) const {
        Sample<Digits> sample;
        sample.trace.followed = followed;
        std::vector<Number> inputs;
        inputs.reserve(point_.inputs.size());
        for (std::size_t entry = 0; entry < point_.inputs.size(); ++entry) {
            Value x(point_.inputs[entry]);
            if (!perturb(entry, x)) {
                sample.failure = Failure::inexact;
                return sample;
            }
            inputs.emplace_back(x, &sample.trace, weights[entry] != 0);
        }
        try {
            sample.outputs = point_.function.evaluate(std::span<const Number>(inputs));
            for (std::size_t k = 0; k < sample.outputs.size(); ++k) {
                Number& output = sample.outputs[k];
                sample.dependent =
                    sample.dependent || (point_.cotangent[k] != 0 && output.dependent());
                output = as_output(output);  // the trace lives and moves with the sample
            }
        } catch (const scalar::LeftDomain&) {
            sample.failure = Failure::left_domain;
        } catch (const scalar::UndecidedComparison&) {
            sample.failure = Failure::undecided;
        } catch (const scalar::LeftRange&) {
            sample.failure = Failure::left_range;
        }
        return sample;
    }

    /// Output k's share of phi; output entries with a zero cotangent do not belong to it.
    [[nodiscard]] Number term(std::size_t k, const Number& output) const {
        return point_.cotangent[k] == 0 ? Number(0) : Number(point_.cotangent[k]) * output;
    }
    /// phi(b) - phi(a), output by output, with its proven bound. What does not depend on the input
    /// does not move, unless a tie lets the two points take different branches.
    [[nodiscard]] Number difference(const Sample<Digits>& a, const Sample<Digits>& b) const {
        Number sum;
        const bool branches = a.trace.tied || b.trace.tied;
        for (std::size_t k = 0; k < b.outputs.size(); ++k) {
            const bool moves = branches || a.outputs[k].dependent() || b.outputs[k].dependent();
            if (moves) sum += term(k, b.outputs[k] - a.outputs[k]);
        }
        return sum;
    }

private:
    const Point& point_;
};

}  // namespace gradproof::oracle
