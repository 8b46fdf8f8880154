// The questions of a diagnosis: the repeated ones first, before anything else can blur them.
#include <gradproof/check/facts.hpp>

#include <gradproof/check/check.hpp>
#include <gradproof/check/judgement.hpp>
#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <cmath>

namespace gradproof::check {

namespace {

constexpr std::size_t kMostRows = 32;

[[nodiscard]] Numbers copy(std::span<const double> numbers) {
    return {numbers.begin(), numbers.end()};
}

/// A cotangent of the precision that differs from `u` in every entry.
[[nodiscard]] Numbers other_than(const Numbers& u, scalar::Precision precision) {
    Numbers other;
    for (const double g : u) {
        const double far = g == 0.5 ? 2 : 1 - g;
        other.push_back(precision == scalar::Precision::binary32 ? double{static_cast<float>(far)}
                                                                 : far);
    }
    return other;
}

}  // namespace

bool Observation::fails() const {
    return std::find(failing.begin(), failing.end(), true) != failing.end();
}

Facts::Facts(const subject::Trial& trial)
    : inputs(copy(trial.inputs())),
      unit_roundoff(check::unit_roundoff(trial.precision())),
      outputs(trial.function().output_size()),
      output_shape(trial.function().output_shape()),
      attributes(trial.attributes()),
      program(trial.program_lines()),
      trial_(trial) {
    const Numbers u = copy(trial.cotangent()), other = other_than(u, trial.precision());
    for (int turn = 0; turn < 4; ++turn) {
        subject::Answer answer = asked(turn % 2 == 0 ? u : other);
        primal = std::move(answer.primal);
        sequence.push_back(std::move(answer.gradient));
        if (sequence.back().size() != inputs.size()) return;
    }
    right[0] = reference(u);
    right[1] = reference(other);
    Numbers twice;
    for (const double g : u) twice.push_back(-2 * g);
    scaled = asked(twice).gradient;
    of_scaled = reference(twice);

    std::size_t at = 0;
    for (const scalar::Shape& shape : trial.function().input_shapes()) {
        const std::size_t count = scalar::element_count(shape);
        if (count > 0) {
            const std::string name = trial.entry_name(at);
            operands.push_back({name.substr(0, name.find('[')), shape, at, count});
        }
        at += count;
    }
    drawn.cotangent = u;
    zero.cotangent.assign(u.size(), 0.0);
    judge_drawn();
    judge_zero();
    complete_ = drawn.answer.size() == inputs.size() && zero.answer.size() == inputs.size() &&
                scaled.size() == inputs.size();
}

subject::Answer Facts::asked(const Numbers& cotangent) const {
    subject::Answer answer = trial_.answer(cotangent);
    if (trial_.takes_cotangent()) return answer;
    const double times = cotangent[0] / trial_.cotangent()[0];
    for (double& g : answer.gradient) g = times == 0 ? 0 : times * g;
    return answer;
}

Reference Facts::reference(std::span<const double> cotangent) const {
    Reference reference;
    for (const scalar::Allowance& entry : trial_.budget(cotangent).gradient) {
        reference.value.push_back(entry.reference);
        reference.bound.push_back(entry.bound);
    }
    return reference;
}

void Facts::judge_drawn() {
    const Report report = gradient(trial_, Keep::everything);
    for (std::size_t i = 0; i < report.entries.size(); ++i) {
        const Entry& entry = report.entries[i];
        const bool sided = entry.verdict == Verdict::nonsmooth || !entry.truth;
        drawn.answer.push_back(entry.subject);
        drawn.truth.push_back(sided ? right[0].value[i] : entry.truth->value.convert_to<double>());
        const bool agrees = entry.verdict == Verdict::agrees || entry.verdict == Verdict::nonsmooth;
        const bool judged = entry.verdict != Verdict::undecided;
        const double allowed = entry.budget + (sided ? 0 : entry.truth->bound.convert_to<double>());
        const bool failing = judged && !agrees;
        drawn.failing.push_back(failing);
        drawn.allowed.push_back(failing && !std::isfinite(allowed) ? 0 : allowed);
        drawn.comparable.push_back(
            failing || (judged && std::isfinite(allowed) && std::isfinite(entry.subject)));
    }
}

void Facts::judge_zero() {
    zero.answer = asked(zero.cotangent).gradient;
    zero.truth.assign(inputs.size(), 0.0);
    zero.allowed.assign(inputs.size(), 0.0);
    zero.comparable.assign(inputs.size(), true);
    for (const double g : zero.answer) zero.failing.push_back(g != 0);
}

bool Facts::nonlinear() const {
    // Beyond this, doubling overflows.
    const double largest = scalar::largest(trial_.precision());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const double once = drawn.answer[i], bound = drawn.allowed[i];
        if (!drawn.comparable[i] || !std::isfinite(of_scaled.bound[i]) ||
            !(std::abs(once) < largest / 4))
            continue;
        // Doubling is exact: both answers are off by no more than rounding costs them.
        if (!(std::abs(scaled[i] + 2 * once) <= 2 * bound + of_scaled.bound[i])) return true;
    }
    return zero.fails();
}

bool Facts::changes() const {
    const auto same = [](const Numbers& a, const Numbers& b) {
        return std::ranges::equal(a, b, subject::equal_or_nan<double>);
    };
    return !same(sequence[0], sequence[2]) || !same(sequence[1], sequence[3]);
}

const Operand& Facts::operand_of(std::size_t entry) const {
    for (const Operand& operand : operands) {
        if (entry < operand.begin + operand.count) return operand;
    }
    return operands.back();
}

const Operand* Facts::operand(const std::string& name) const {
    for (const Operand& operand : operands) {
        if (operand.name == name) return &operand;
    }
    return nullptr;
}

const std::vector<Reference>& Facts::rows() const {
    if (rows_) return *rows_;
    rows_.emplace();
    for (std::size_t k = 0; k < outputs && outputs <= kMostRows; ++k) {
        Numbers unit(outputs, 0.0);
        unit[k] = 1;
        rows_->push_back(reference(unit));
    }
    return *rows_;
}

const std::vector<cases::Slip>& Facts::slips() const {
    if (!slips_) slips_ = trial_.slips(drawn.cotangent);
    return *slips_;
}

const std::vector<cases::Slip>& Facts::taken_for_constants() const {
    if (!taken_for_constants_) taken_for_constants_ = trial_.taken_for_constants(drawn.cotangent);
    return *taken_for_constants_;
}

std::string Scope::gradient() const {
    if (whole) return "the gradient";
    std::string list;
    std::size_t left = names.size();
    for (const std::string& name : names) {
        list += (list.empty() ? "" : left == 1 ? " and " : ", ") + name;
        --left;
    }
    return (names.size() == 1 ? "the gradient of " : "the gradients of ") + list;
}

std::string Scope::is(const std::string& predicate) const {
    if (whole) return predicate;
    return gradient() + (names.size() == 1 ? " is " : " are ") + predicate;
}

Scope failing_scope(std::span<const Facts> facts) {
    Scope scope;
    std::set<std::string> all;
    for (const Facts& known : facts) {
        for (const Operand& operand : known.operands) {
            all.insert(operand.name);
            for (std::size_t i = operand.begin; i < operand.begin + operand.count; ++i) {
                if (known.drawn.failing[i] || known.zero.failing[i])
                    scope.names.insert(operand.name);
            }
        }
    }
    scope.whole = scope.names == all;
    return scope;
}

}  // namespace gradproof::check
