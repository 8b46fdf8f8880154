// A subject that differentiates programs with an error planted in it.
#pragma once

#include <gradproof/laws/planted_error.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace gradproof::laws {

/// How far a spoiled answer is from the sound one.
struct Damage {
    bool changed = false;  ///< in some bit
    double budgets = 0;    ///< the largest change of a number, in budgets of that number

    Damage& operator|=(const Damage& other);
};

/// `budget` is asked only where something changed.
[[nodiscard]] Damage damage(const cases::Answer& sound, const cases::Answer& spoiled,
                            const std::function<const cases::Budget&()>& budget);

/// Answers as the sound subject, which must outlive it, then spoils the answer and notes the damage. Has
/// neither forward mode nor second order, unless the error is in these.
class PlantedSubject : public subject::ProgramSubject {
public:
    PlantedSubject(const subject::ProgramSubject& sound, std::string_view error);

    [[nodiscard]] std::string name() const override;
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override;
    [[nodiscard]] scalar::Ties ties() const override { return sound_.ties(); }

    /// The case that the laws are to be asked about: where the error is in a program's primitives, one
    /// with such primitives, which live as long as this subject.
    [[nodiscard]] virtual cases::Case shown(const cases::Case& drawn);
    /// What the answers so far have suffered.
    [[nodiscard]] const Damage& damage_done() const { return damage_; }

protected:
    [[nodiscard]] const subject::ProgramSubject& sound() const { return sound_; }
    void note(const Damage& more) const { damage_ |= more; }

private:
    const subject::ProgramSubject& sound_;
    std::string_view error_;
    mutable Damage damage_;

    virtual void spoil(const cases::Case& drawn, const Asked& asked,
                       subject::Answer& answer) const = 0;
};

/// A planted error of program subjects.
struct ProgramError {
    std::string_view name;
    std::string_view does;
    std::vector<std::string_view> claimed_by;
    std::function<std::unique_ptr<PlantedSubject>(const subject::ProgramSubject& sound,
                                                  std::uint64_t seed)>
        plant;
    bool anywhere = false;  ///< see PlantedError
};

/// Every error that is planted in subjects that differentiate programs of the catalogue, which must
/// outlive them.
[[nodiscard]] std::vector<ProgramError> all_program_errors(
    const std::vector<backprop::Primitive>& catalogue);

/// Those that are of a program's sweep and primitives: what is assigned instead of accumulated, and a
/// primal that is another function's.
[[nodiscard]] std::vector<ProgramError> errors_of_programs(
    const std::vector<backprop::Primitive>& catalogue);

/// Those of single rules and their buffers, which a subject with rules can have.
[[nodiscard]] std::vector<ProgramError> errors_in_rules();
/// Those of forward mode and of second order.
[[nodiscard]] std::vector<ProgramError> errors_along_directions();

}  // namespace gradproof::laws
