// Facts: all that a diagnosis knows of one trial, asked once.
#pragma once

#include <gradproof/subject/trial.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace gradproof::check {

using Numbers = std::vector<double>;

/// One input of the function: its share of the flat gradient.
struct Operand {
    std::string name;
    scalar::Shape shape;
    std::size_t begin = 0;
    std::size_t count = 0;
};

/// An answer of the subject with what is right there, entry by entry.
struct Observation {
    Numbers cotangent;
    Numbers answer;
    Numbers truth;    ///< the oracle's, or the reference's where the oracle has no number
    Numbers allowed;  ///< how far from it a sound subject may be
    std::vector<bool> comparable;  ///< false where the oracle was not able to judge
    std::vector<bool> failing;

    [[nodiscard]] bool fails() const;
};

/// A row of the Jacobian, or a gradient, from the reference computation.
struct Reference {
    Numbers value;
    Numbers bound;
};

class Facts {
public:
    /// Asks the subject; what it throws is passed on.
    explicit Facts(const subject::Trial& trial);

    /// False where the answer has the wrong size: then there is nothing else.
    [[nodiscard]] bool complete() const { return complete_; }
    /// Whether a gradient is wrong.
    [[nodiscard]] bool fails() const { return drawn.fails() || zero.fails(); }
    /// Whether the answers to u and -2 u do not fit together, or that to 0 is not 0.
    [[nodiscard]] bool nonlinear() const;
    /// Whether the same question got different answers.
    [[nodiscard]] bool changes() const;

    std::vector<Operand> operands;  ///< those that have entries
    Numbers inputs;
    Numbers primal;
    Observation drawn;  ///< with the trial's cotangent
    Observation zero;   ///< with a cotangent of zeros
    Numbers scaled;     ///< the answer to -2 times the trial's cotangent
    Reference of_scaled;

    /// Four answers in a row, the first thing that was asked: to the trial's cotangent and to another
    /// one by turns; and what is right for the two.
    std::vector<Numbers> sequence;
    Reference right[2];

    double unit_roundoff = 0;
    std::size_t outputs = 0;
    scalar::Shape output_shape;
    std::vector<subject::NamedNumber> attributes;
    std::vector<std::string> program;

    [[nodiscard]] const subject::Trial& trial() const { return trial_; }
    [[nodiscard]] const Operand& operand_of(std::size_t entry) const;
    [[nodiscard]] const Operand* operand(const std::string& name) const;
    /// The rows of the Jacobian, row k the gradient of output k; none for more than 32 outputs.
    [[nodiscard]] const std::vector<Reference>& rows() const;
    /// What the trial's slips give for its cotangent.
    [[nodiscard]] const std::vector<cases::Slip>& slips() const;
    /// What the trial's function would have for a gradient with something taken for a constant.
    [[nodiscard]] const std::vector<cases::Slip>& taken_for_constants() const;
    /// The drawn observation and that of zeros.
    [[nodiscard]] std::vector<const Observation*> observations() const { return {&drawn, &zero}; }

private:
    const subject::Trial& trial_;
    bool complete_ = false;
    mutable std::optional<std::vector<Reference>> rows_;
    mutable std::optional<std::vector<cases::Slip>> slips_, taken_for_constants_;

    /// The subject's answer; of one that takes no cotangent, its gradient times this one.
    [[nodiscard]] subject::Answer asked(const Numbers& cotangent) const;
    [[nodiscard]] Reference reference(std::span<const double> cotangent) const;
    void judge_drawn();
    void judge_zero();
};

/// Which operands go wrong somewhere, by name.
struct Scope {
    std::set<std::string> names;
    bool whole = false;  ///< no operand is right all over

    /// "the gradient of b", "the gradients of a and b"; of the whole, "the gradient".
    [[nodiscard]] std::string gradient() const;
    /// `predicate` alone for the whole, else "the gradient of b is PREDICATE".
    [[nodiscard]] std::string is(const std::string& predicate) const;
};
[[nodiscard]] Scope failing_scope(std::span<const Facts> facts);

}  // namespace gradproof::check
