// The trials of each form: what a gradient, a Jacobian or a jvp is the gradient of.
#pragma once

#include <gradproof/testing/copied_function.hpp>
#include <gradproof/testing/user_trial.hpp>

namespace gradproof::testing {

/// Of a vjp, or of a gradient.
class GradientTrial final : public UserTrial {
public:
    GradientTrial(const HandWritten& claim, std::string name, Point point)
        : UserTrial(claim, std::move(name), std::move(point)) {}

    [[nodiscard]] const callable::Callable& function() const override {
        return *user_function().callable;
    }
    [[nodiscard]] std::span<const double> inputs() const override { return flat(); }
    [[nodiscard]] std::span<const double> cotangent() const override { return point().cotangent; }
    [[nodiscard]] subject::Answer answer(std::span<const double> cotangent) const override;
    [[nodiscard]] scalar::Budget budget(std::span<const double> cotangent) const override;
    [[nodiscard]] std::string entry_name(std::size_t entry) const override;
    [[nodiscard]] std::vector<scalar::WideEntry> formula() const override;
    [[nodiscard]] std::vector<cases::Slip> taken_for_constants(
        std::span<const double> cotangent) const override;
    [[nodiscard]] std::unique_ptr<subject::Trial> at(std::vector<double> inputs,
                                                     std::vector<double> cotangent) const override;
};

/// Of a Jacobian, or of a jvp that is asked for its columns: a gradient over as many copies of the inputs
/// as there are outputs, entry (k, j) of a block that of output k by number j.
class JacobianTrial final : public UserTrial {
public:
    JacobianTrial(const HandWritten& claim, std::string name, Point point);

    [[nodiscard]] const callable::Callable& function() const override { return *copies_; }
    [[nodiscard]] std::span<const double> inputs() const override { return inputs_; }
    [[nodiscard]] std::span<const double> cotangent() const override { return ones_; }
    [[nodiscard]] bool takes_cotangent() const override { return false; }
    [[nodiscard]] subject::Answer answer(std::span<const double> cotangent) const override;
    [[nodiscard]] scalar::Budget budget(std::span<const double> cotangent) const override;
    [[nodiscard]] std::string entry_name(std::size_t entry) const override;
    /// "x[1]" for "J(x)[0,1]".
    [[nodiscard]] std::string input_name(std::size_t entry) const;
    /// At the first copy that is elsewhere.
    [[nodiscard]] std::unique_ptr<subject::Trial> at(std::vector<double> inputs,
                                                     std::vector<double> cotangent) const override;

private:
    InBlocks blocks_;
    std::shared_ptr<const CopiedFunction<InBlocks>> copies_;
    std::vector<double> inputs_, ones_;

    /// All blocks, each column the answer to a unit tangent.
    [[nodiscard]] Reply columns() const;
};

/// Of a jvp along the point's tangent: a gradient over as many numbers, all of them 0, as there are outputs.
class JvpTrial final : public UserTrial {
public:
    JvpTrial(const HandWritten& claim, std::string name, Point point);

    [[nodiscard]] const callable::Callable& function() const override { return *copies_; }
    [[nodiscard]] std::span<const double> inputs() const override { return zeros_; }
    [[nodiscard]] std::span<const double> cotangent() const override { return ones_; }
    [[nodiscard]] bool takes_cotangent() const override { return false; }
    /// A direction crosses several kinks at once, as a program does.
    [[nodiscard]] bool single_primitive() const override { return false; }
    [[nodiscard]] subject::Answer answer(std::span<const double> cotangent) const override;
    [[nodiscard]] scalar::Budget budget(std::span<const double> cotangent) const override;
    [[nodiscard]] std::string entry_name(std::size_t entry) const override;
    [[nodiscard]] std::unique_ptr<subject::Trial> at(std::vector<double>,
                                                     std::vector<double>) const override {
        return nullptr;
    }

    /// The answer along another tangent, and what rounding may cost it.
    [[nodiscard]] std::vector<double> along(std::vector<double> tangent) const;
    [[nodiscard]] scalar::Budget budget_along(std::span<const double> tangent) const;

private:
    std::shared_ptr<const CopiedFunction<AlongLine>> copies_;
    std::vector<double> zeros_, ones_;
};

}  // namespace gradproof::testing
