// Asking each form for what stands as its gradient.
#include <gradproof/testing/derivative_trials.hpp>

#include <gradproof/generate/domain.hpp>
#include <gradproof/testing/constant_operations.hpp>
#include <gradproof/testing/derivative_budgets.hpp>

#include <algorithm>
#include <utility>

namespace gradproof::testing {

namespace {

[[nodiscard]] ReferenceAt reference(const UserTrial& trial, const FramedFunction& function,
                                    std::span<const double> inputs) {
    const auto ties = trial.claim().kinks_as_written ? scalar::Ties::declared : scalar::Ties::open;
    return {*function.recorded, trial.precision(), ties, inputs};
}

/// The point at other inputs, flat; nothing where the function is of no use there.
[[nodiscard]] std::optional<Point> moved(const UserTrial& trial, std::span<const double> inputs) {
    Point point = trial.point();
    for (std::size_t i = 0; i < point.inputs.size(); ++i) {
        for (double& x : point.inputs[i]) {
            x = inputs.front();
            inputs = inputs.subspan(1);
            if (!generate::contains(trial.claim().domains[i], x)) return std::nullopt;
        }
    }
    if (use_of(point, trial.claim()) != Use::tests) return std::nullopt;
    return point;
}

[[nodiscard]] std::vector<std::size_t> widths_of(const UserTrial& trial) {
    std::vector<std::size_t> widths;
    for (const auto& input : trial.point().inputs) widths.push_back(input.size());
    return widths;
}

}  // namespace

subject::Answer GradientTrial::answer(std::span<const double> cotangent) const {
    Call asked = blank();
    asked.cotangent.assign(cotangent.begin(), cotangent.end());
    Reply reply = call(std::move(asked));
    subject::Answer answer;
    answer.primal = primal(reply);
    answer.gradient = std::move(reply.derivative);
    return answer;
}

scalar::Budget GradientTrial::budget(std::span<const double> cotangent) const {
    return vjp_budget(reference(*this, user_function(), flat()), cotangent);
}

std::string GradientTrial::entry_name(std::size_t entry) const {
    std::size_t input = 0;
    while (entry >= point().inputs[input].size()) entry -= point().inputs[input++].size();
    return scalar::element_name(claim().names[input], shapes()[input], entry);
}

std::vector<scalar::WideEntry> GradientTrial::formula() const {
    if (!claim().formula) return {};
    return claim().formula(shapes(), point().frame.attributes, flat(), point().cotangent);
}

std::vector<cases::Slip> GradientTrial::taken_for_constants(
    std::span<const double> cotangent) const {
    return testing::taken_for_constants(reference(*this, user_function(), flat()), cotangent);
}

std::unique_ptr<subject::Trial> GradientTrial::at(std::vector<double> inputs,
                                                  std::vector<double> cotangent) const {
    auto there = moved(*this, inputs);
    if (!there) return nullptr;
    there->cotangent = std::move(cotangent);
    return std::make_unique<GradientTrial>(claim(), subject_name(), std::move(*there));
}

JacobianTrial::JacobianTrial(const HandWritten& claim, std::string name, Point point)
    : UserTrial(claim, std::move(name), std::move(point)) {
    const std::size_t rows = outputs();
    blocks_ = {widths_of(*this), rows};
    ones_.assign(rows, 1);
    std::vector<scalar::Shape> shapes;
    for (const auto& input : this->point().inputs) {
        shapes.push_back({rows, input.size()});
        for (std::size_t k = 0; k < rows; ++k)
            inputs_.insert(inputs_.end(), input.begin(), input.end());
    }
    copies_ = std::make_shared<const CopiedFunction<InBlocks>>(user_function().callable,
                                                               std::move(shapes), blocks_);
}

subject::Answer JacobianTrial::answer(std::span<const double> /*cotangent*/) const {
    Reply reply = claim().form == Form::jvp ? columns() : call(untouched());
    subject::Answer answer;
    answer.primal = primal(reply);
    answer.gradient = std::move(reply.derivative);
    return answer;
}

Reply JacobianTrial::columns() const {
    Reply reply;
    reply.derivative.resize(inputs_.size());
    std::size_t block = 0, before = 0;
    for (const std::size_t width : blocks_.widths) {
        for (std::size_t j = 0; j < width; ++j) {
            Call asked = blank();
            asked.tangent.assign(flat().size(), 0.0);
            asked.tangent[before + j] = 1;
            const std::vector<double> column = call(std::move(asked)).derivative;
            for (std::size_t k = 0; k < column.size(); ++k)
                reply.derivative[block + k * width + j] = column[k];
        }
        block += outputs() * width;
        before += width;
    }
    return reply;
}

scalar::Budget JacobianTrial::budget(std::span<const double> cotangent) const {
    return jacobian_budget(reference(*this, user_function(), flat()), cotangent, blocks_.widths);
}

std::string JacobianTrial::entry_name(std::size_t entry) const {
    std::size_t input = 0;
    const auto size = [&] { return outputs() * blocks_.widths[input]; };
    for (; entry >= size(); ++input) entry -= size();
    return scalar::element_name("J(" + claim().names[input] + ")",
                                {outputs(), blocks_.widths[input]}, entry);
}

std::string JacobianTrial::input_name(std::size_t entry) const {
    std::size_t input = 0;
    const auto size = [&] { return outputs() * blocks_.widths[input]; };
    for (; entry >= size(); ++input) entry -= size();
    return scalar::element_name(claim().names[input], this->shapes()[input],
                                entry % blocks_.widths[input]);
}

std::unique_ptr<subject::Trial> JacobianTrial::at(std::vector<double> inputs,
                                                  std::vector<double> /*cotangent*/) const {
    std::vector<double> elsewhere = flat();
    for (std::size_t k = 0; k < outputs() && elsewhere == flat(); ++k) {
        elsewhere = blocks_.inputs(std::span<const double>(inputs), k);
    }
    auto there = moved(*this, elsewhere);
    if (!there) return nullptr;
    return std::make_unique<JacobianTrial>(claim(), subject_name(), std::move(*there));
}

JvpTrial::JvpTrial(const HandWritten& claim, std::string name, Point point)
    : UserTrial(claim, std::move(name), std::move(point)) {
    zeros_.assign(outputs(), 0);
    ones_.assign(outputs(), 1);
    copies_ = std::make_shared<const CopiedFunction<AlongLine>>(
        user_function().callable, std::vector<scalar::Shape>{{outputs()}},
        AlongLine{flat(), this->point().tangent});
}

subject::Answer JvpTrial::answer(std::span<const double> /*cotangent*/) const {
    Reply reply = call(untouched());
    subject::Answer answer;
    answer.primal = primal(reply);
    answer.gradient = std::move(reply.derivative);
    return answer;
}

scalar::Budget JvpTrial::budget(std::span<const double> /*cotangent*/) const {
    return budget_along(point().tangent);
}

std::string JvpTrial::entry_name(std::size_t entry) const {
    return scalar::element_name("tangent of result", {outputs()}, entry);
}

std::vector<double> JvpTrial::along(std::vector<double> tangent) const {
    Call asked = blank();
    asked.tangent = std::move(tangent);
    return call(std::move(asked)).derivative;
}

scalar::Budget JvpTrial::budget_along(std::span<const double> tangent) const {
    return jvp_budget(reference(*this, user_function(), flat()), tangent);
}

}  // namespace gradproof::testing
