// A trial: one subject asked about one case, as the checks see it.
#pragma once

#include <gradproof/callable/callable.hpp>
#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/budget.hpp>
#include <gradproof/case/slips.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gradproof::subject {

/// What a subject says: its primal and the gradient over all inputs, both flat.
using cases::Answer;

/// A number of the program that is no input, such as an attribute.
struct NamedNumber {
    std::string name;
    double value = 0;
};

/// One subject on one case. Whatever the checks need to know of either comes through here.
class Trial {
public:
    virtual ~Trial() = default;

    [[nodiscard]] virtual std::string subject_name() const = 0;
    /// The function whose gradient is claimed, in every number type of the closed list.
    [[nodiscard]] virtual const callable::Callable& function() const = 0;
    [[nodiscard]] virtual std::span<const double> inputs() const = 0;
    [[nodiscard]] virtual std::span<const double> cotangent() const = 0;
    [[nodiscard]] virtual scalar::Precision precision() const = 0;

    /// Asks the subject, with a cotangent of its own.
    [[nodiscard]] virtual Answer answer(std::span<const double> cotangent) const = 0;
    /// What rounding may cost the reference computation with this cotangent.
    [[nodiscard]] virtual cases::Budget budget(std::span<const double> cotangent) const = 0;

    /// "W[2,0]" for a flat index over all inputs.
    [[nodiscard]] virtual std::string entry_name(std::size_t entry) const = 0;
    /// The program (or the function's name) a line a step.
    [[nodiscard]] virtual std::vector<std::string> program_lines() const = 0;

    /// Whether the function is one primitive: then one-sided derivatives that agree make a point
    /// smooth. In a program several ties may cancel, and a sound sweep does not see that.
    [[nodiscard]] virtual bool single_primitive() const = 0;
    /// Whether the subject promises anything where something ties.
    [[nodiscard]] virtual scalar::Ties ties() const { return scalar::Ties::declared; }
    /// The gradient entry that the subject's declared conventions promise where something ties.
    [[nodiscard]] virtual std::optional<cases::WideEntry> declared(std::size_t entry) const = 0;
    /// The subject's own formula in wide numbers: what it would answer without rounding. Empty for a
    /// black box, whose formula nobody can evaluate.
    [[nodiscard]] virtual std::vector<cases::WideEntry> formula() const = 0;

    /// Whether the subject is given a cotangent at all; else its answer is the gradient for the
    /// trial's own.
    [[nodiscard]] virtual bool takes_cotangent() const { return true; }

    /// What the gradient would be if one known thing went wrong in the program; none where the function
    /// is not known step by step.
    [[nodiscard]] virtual std::vector<cases::Slip> slips(
        std::span<const double> /*cotangent*/) const {
        return {};
    }
    /// What the gradient would be if something on the way were taken for a constant; none where the
    /// function's operations are not known, or too many.
    [[nodiscard]] virtual std::vector<cases::Slip> taken_for_constants(
        std::span<const double> /*cotangent*/) const {
        return {};
    }
    /// The attributes of the program's nodes.
    [[nodiscard]] virtual std::vector<NamedNumber> attributes() const { return {}; }

    /// The same subject and function elsewhere; nothing where the function is not defined there. Sizes
    /// are those of this trial; numbers must be finite and representable in the precision.
    [[nodiscard]] virtual std::unique_ptr<Trial> at(std::vector<double> inputs,
                                                    std::vector<double> cotangent) const = 0;
};

}  // namespace gradproof::subject
