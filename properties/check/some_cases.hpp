// Small cases written by hand, and subjects that answer what they are told to.
#pragma once

#include <gradproof/check/check.hpp>
#include <gradproof/primitives/builders.hpp>
#include <gradproof/primitives/catalogue.hpp>
#include <gradproof/subject/program_subject.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace gradproof::check {

using Numbers = std::vector<double>;

/// A program of vector inputs x0, x1, ..., with the cotangent (1, 1, ...).
[[nodiscard]] inline cases::Case program(
    const std::function<void(const std::vector<backprop::Variable>&)>& built,
    std::vector<Numbers> inputs) {
    cases::Case drawn;
    std::vector<backprop::Variable> variables;
    for (const Numbers& values : inputs) {
        variables.push_back(
            backprop::input(drawn.graph, "x" + std::to_string(variables.size()), {values.size()}));
    }
    built(variables);
    drawn.inputs = std::move(inputs);
    drawn.cotangent.assign(scalar::element_count(drawn.graph.output_shape()), 1.0);
    return drawn;
}

/// One primitive of one vector.
[[nodiscard]] inline cases::Case single(backprop::Variable (*primitive)(backprop::Variable),
                                        Numbers x) {
    return program([primitive](const auto& in) { static_cast<void>(primitive(in[0])); },
                   {std::move(x)});
}

/// Answers the same whatever it is asked.
class Says final : public subject::ProgramSubject {
public:
    explicit Says(Numbers gradient, Numbers primal = {})
        : answer_{std::move(primal), std::move(gradient)} {}
    [[nodiscard]] std::string name() const override { return "my gradient"; }
    [[nodiscard]] subject::Answer answer(const cases::Case&,
                                         std::span<const double>) const override {
        return answer_;
    }

private:
    subject::Answer answer_;
};

/// What the check of the gradient reports of that answer.
[[nodiscard]] inline Report judged(const cases::Case& drawn,
                                   const subject::ProgramSubject& subject) {
    return gradient(subject::ProgramTrial(subject, drawn), Keep::everything);
}
[[nodiscard]] inline Report judged(const cases::Case& drawn, Numbers answer) {
    return judged(drawn, Says(std::move(answer)));
}
/// And of our own backprop.
[[nodiscard]] inline Report judged(const cases::Case& drawn) {
    return judged(drawn, subject::Backprop());
}

}  // namespace gradproof::check
