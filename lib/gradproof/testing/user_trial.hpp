// A derivative written by hand at one point, as the checks and the laws see it.
#pragma once

#include <gradproof/subject/trial.hpp>
#include <gradproof/testing/call.hpp>
#include <gradproof/testing/point.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gradproof::testing {

/// Keeps a reference to the claim. Whatever asks the code throws `subject::Fault` where it does not answer.
class UserTrial : public subject::Trial {
public:
    [[nodiscard]] std::string subject_name() const override { return name_; }
    [[nodiscard]] scalar::Precision precision() const override { return claim_.precision(); }
    [[nodiscard]] std::vector<std::string> program_lines() const override { return {}; }
    /// A gradient written by hand is one of the function, not of the steps that it is written in.
    [[nodiscard]] bool single_primitive() const override { return true; }
    [[nodiscard]] std::optional<scalar::WideEntry> declared(std::size_t entry) const override;
    [[nodiscard]] std::vector<scalar::WideEntry> formula() const override { return {}; }
    [[nodiscard]] bool takes_cotangent() const override { return claim_.takes_cotangent(); }
    [[nodiscard]] std::vector<subject::NamedNumber> attributes() const override;

    [[nodiscard]] const HandWritten& claim() const { return claim_; }
    [[nodiscard]] const Point& point() const { return point_; }
    [[nodiscard]] const std::vector<scalar::Shape>& shapes() const {
        return function_.callable->input_shapes();
    }
    [[nodiscard]] std::size_t outputs() const { return function_.callable->output_size(); }

    /// The code's derivative, as the point has it, with every number of its buffers set to `before`.
    [[nodiscard]] Reply call(double before) const;
    /// Any call at this point.
    [[nodiscard]] Reply call(Call call) const;
    /// A call to fill in: of this point's inputs, its cotangent and its tangent.
    [[nodiscard]] Call blank() const;
    /// What is in a buffer before a call whose answer is to be the derivative: 0 where it is added to.
    [[nodiscard]] double untouched() const;

protected:
    UserTrial(const HandWritten& claim, std::string name, Point point);

    [[nodiscard]] const FramedFunction& user_function() const { return function_; }
    [[nodiscard]] const std::vector<double>& flat() const { return flat_; }
    /// The function's value: the code's own where it gives one, `of_derivative` where that call did.
    [[nodiscard]] std::vector<double> primal(const Reply& of_derivative) const;

private:
    const HandWritten& claim_;
    std::string name_;
    Point point_;
    FramedFunction function_;
    std::vector<double> flat_;
    std::uint64_t session_;
    mutable std::optional<AnyCode> code_;  // made when it is first called
};

/// The trial that a point is for. Throws `BadUse` where the function and the claim do not fit.
[[nodiscard]] std::unique_ptr<UserTrial> trial_at(const HandWritten& claim, const std::string& name,
                                                  Point point);

/// A trial whose gradient tells all that the code says at the point: of a jvp its columns, as a Jacobian.
[[nodiscard]] std::unique_ptr<UserTrial> whole_trial_at(const HandWritten& claim,
                                                        const std::string& name, Point point);

}  // namespace gradproof::testing
