// A subject of this process as an outsider: its exceptions are faults, and when it was called is known.
#pragma once

#include <gradproof/campaign/shared_page.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <memory>

namespace gradproof::campaign {

/// Throws `subject::Fault` where the subject throws anything but a fault or a refusal of its own, or
/// answers with another number of numbers than the shapes have.
class WatchedSubject final : public subject::ProgramSubject {
public:
    WatchedSubject(std::unique_ptr<subject::ProgramSubject> subject, SharedPage& page);
    ~WatchedSubject() override;

    [[nodiscard]] std::string name() const override { return subject_->name(); }
    [[nodiscard]] scalar::Ties ties() const override { return subject_->ties(); }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override;
    [[nodiscard]] std::vector<cases::WideEntry> formula(
        const cases::Case& drawn, std::span<const double> cotangent) const override;
    [[nodiscard]] const subject::NodeRules* rules() const override;
    [[nodiscard]] std::optional<std::vector<double>> jvp(
        const cases::Case& drawn, std::span<const double> tangent) const override;
    [[nodiscard]] std::optional<std::vector<double>> hvp(
        const cases::Case& drawn, std::span<const double> cotangent,
        std::span<const double> direction) const override;

private:
    class WatchedRules;

    std::unique_ptr<subject::ProgramSubject> subject_;
    SharedPage& page_;
    std::unique_ptr<WatchedRules> rules_;
};

}  // namespace gradproof::campaign
