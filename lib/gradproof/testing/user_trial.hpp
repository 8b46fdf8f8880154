// A gradient written by hand at one point, as the checks and the laws see it.
#pragma once

#include <gradproof/subject/trial.hpp>
#include <gradproof/testing/point.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradproof::testing {

/// The user's vjp or primal threw; the message is the exception's.
class SubjectThrew : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One call of a vjp, and what it wrote besides its gradient.
struct Call {
    std::vector<double> gradient;  ///< the buffers after the call, flat
    std::optional<std::string>
        changed;  ///< "input x", "the cotangent", "memory beside the gradient of x"
};

/// Keeps references to both.
class UserTrial final : public subject::Trial {
public:
    UserTrial(const HandWritten& claim, std::string name, const Point& point);
    /// The same at a point that the trial keeps alive.
    UserTrial(const HandWritten& claim, std::string name, std::shared_ptr<const Point> point);

    [[nodiscard]] std::string subject_name() const override { return name_; }
    [[nodiscard]] const callable::Callable& function() const override { return *claim_.function; }
    [[nodiscard]] std::span<const double> inputs() const override { return inputs_; }
    [[nodiscard]] std::span<const double> cotangent() const override { return point_.cotangent; }
    [[nodiscard]] scalar::Precision precision() const override { return claim_.precision(); }
    /// The gradient buffers held NaN before, or 0 where they are accumulated into. Throws `SubjectThrew`.
    [[nodiscard]] subject::Answer answer(std::span<const double> cotangent) const override;
    [[nodiscard]] scalar::Budget budget(std::span<const double> cotangent) const override;
    [[nodiscard]] std::string entry_name(std::size_t entry) const override;
    [[nodiscard]] std::vector<std::string> program_lines() const override { return {}; }
    /// A gradient written by hand is one of the function, not of the steps that it is written in.
    [[nodiscard]] bool single_primitive() const override { return true; }
    [[nodiscard]] std::optional<scalar::WideEntry> declared(std::size_t entry) const override;
    [[nodiscard]] std::vector<scalar::WideEntry> formula() const override;
    [[nodiscard]] std::unique_ptr<subject::Trial> at(std::vector<double> inputs,
                                                     std::vector<double> cotangent) const override;

    [[nodiscard]] bool takes_cotangent() const override { return claim_.takes_cotangent; }

    [[nodiscard]] const HandWritten& claim() const { return claim_; }
    /// Calls the vjp with every number of its gradient buffers set to `before`. Throws `SubjectThrew`.
    [[nodiscard]] Call call(std::span<const double> cotangent, double before) const;

private:
    const HandWritten& claim_;
    std::string name_;
    const Point& point_;
    std::vector<double> inputs_;
    std::shared_ptr<const Point> owned_;
};

}  // namespace gradproof::testing
