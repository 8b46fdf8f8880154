// Subjects that differentiate programs of the catalogue, and the first of them: our own backprop.
#pragma once

#include <gradproof/case/program.hpp>
#include <gradproof/subject/node_rules.hpp>
#include <gradproof/subject/trial.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gradproof::subject {

/// An implementation that takes any program of the catalogue.
class ProgramSubject {
public:
    virtual ~ProgramSubject() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual Answer answer(const cases::Case& drawn,
                                        std::span<const double> cotangent) const = 0;
    /// Whether it promises the catalogue's conventions at ties; then no other value is right there.
    [[nodiscard]] virtual scalar::Ties ties() const { return scalar::Ties::declared; }
    /// Its formula in wide numbers, the gradient over all inputs; empty for a black box.
    [[nodiscard]] virtual std::vector<cases::WideEntry> formula(
        const cases::Case& /*drawn*/, std::span<const double> /*cotangent*/) const {
        return {};
    }
    /// Its rules, to be asked node by node; nullptr for a subject that has none to be asked apart.
    [[nodiscard]] virtual const NodeRules* rules() const { return nullptr; }
    /// J t for a tangent over all inputs, flat; nothing from a subject without forward mode.
    [[nodiscard]] virtual std::optional<std::vector<double>> jvp(
        const cases::Case& /*drawn*/, std::span<const double> /*tangent*/) const {
        return std::nullopt;
    }
    /// H s, how the gradient for `cotangent` changes along a direction over all inputs, flat; nothing
    /// from a subject without second order.
    [[nodiscard]] virtual std::optional<std::vector<double>> hvp(
        const cases::Case& /*drawn*/, std::span<const double> /*cotangent*/,
        std::span<const double> /*direction*/) const {
        return std::nullopt;
    }
};

/// The library under lib/gradproof/backprop, in the case's precision; `replacements` stand in for the
/// primitives of their names (a wrong rule, say) and must outlive it.
class Backprop : public ProgramSubject {
public:
    explicit Backprop(std::string name = "gradproof backprop",
                      std::vector<const backprop::Primitive*> replacements = {});
    [[nodiscard]] std::string name() const override { return name_; }
    [[nodiscard]] Answer answer(const cases::Case& drawn,
                                std::span<const double> cotangent) const override;
    /// A black box where a replacement has other pullbacks in double than in wide numbers.
    [[nodiscard]] std::vector<cases::WideEntry> formula(
        const cases::Case& drawn, std::span<const double> cotangent) const override;
    [[nodiscard]] const NodeRules* rules() const override { return &rules_; }
    [[nodiscard]] std::optional<std::vector<double>> jvp(
        const cases::Case& drawn, std::span<const double> tangent) const override;
    [[nodiscard]] std::optional<std::vector<double>> hvp(
        const cases::Case& drawn, std::span<const double> cotangent,
        std::span<const double> direction) const override;

private:
    std::string name_;
    std::vector<const backprop::Primitive*> replacements_;
    PrimitiveRules rules_;
};

/// A program subject on a case; keeps references to both.
class ProgramTrial final : public Trial {
public:
    /// Throws `std::invalid_argument` for a case that `cases::require_checkable` refuses.
    ProgramTrial(const ProgramSubject& subject, const cases::Case& drawn);
    /// The same on a case that the trial keeps alive.
    ProgramTrial(const ProgramSubject& subject, std::shared_ptr<const cases::Case> drawn);

    [[nodiscard]] std::string subject_name() const override { return subject_.name(); }
    [[nodiscard]] const callable::Callable& function() const override { return program_; }
    [[nodiscard]] std::span<const double> inputs() const override { return inputs_; }
    [[nodiscard]] std::span<const double> cotangent() const override { return drawn_.cotangent; }
    [[nodiscard]] scalar::Precision precision() const override { return drawn_.precision; }
    [[nodiscard]] Answer answer(std::span<const double> cotangent) const override;
    [[nodiscard]] cases::Budget budget(std::span<const double> cotangent) const override;
    [[nodiscard]] std::string entry_name(std::size_t entry) const override;
    [[nodiscard]] std::vector<std::string> program_lines() const override;
    [[nodiscard]] bool single_primitive() const override;
    [[nodiscard]] scalar::Ties ties() const override { return subject_.ties(); }
    [[nodiscard]] std::optional<cases::WideEntry> declared(std::size_t entry) const override;
    [[nodiscard]] std::vector<cases::WideEntry> formula() const override;
    [[nodiscard]] std::vector<cases::Slip> slips(std::span<const double> cotangent) const override;
    [[nodiscard]] std::vector<NamedNumber> attributes() const override;
    [[nodiscard]] std::unique_ptr<Trial> at(std::vector<double> inputs,
                                            std::vector<double> cotangent) const override;

private:
    const ProgramSubject& subject_;
    const cases::Case& drawn_;
    cases::Program program_;
    std::vector<double> inputs_;
    std::shared_ptr<const cases::Case> owned_;
    mutable std::vector<cases::WideEntry> conventions_;  // found when first asked for

    [[nodiscard]] std::vector<cases::WideEntry> declared_by_primitive() const;
};

}  // namespace gradproof::subject
