// Evaluating both forms in the widest type.
#include <gradproof/laws/second_form_agrees.hpp>

#include <gradproof/laws/comparison.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace gradproof::laws {

namespace {

using Number = backprop::SecondFormNumber;

[[nodiscard]] std::optional<std::vector<Number>> evaluated(const cases::Case& drawn, bool second) {
    const backprop::Node& node = drawn.graph.nodes[drawn.graph.output];
    std::vector<std::vector<Number>> inputs;
    for (const auto& input : drawn.inputs) inputs.emplace_back(input.begin(), input.end());
    std::vector<std::span<const Number>> operands;
    for (const backprop::NodeId operand : node.operands)
        operands.emplace_back(inputs[drawn.graph.input_index(operand)]);
    std::vector<Number> result(scalar::element_count(node.shape()));
    const auto primal =
        second ? node.primitive->second_form : node.primitive->rule<Number>().primal;
    try {
        primal(node.application, operands, result);
    } catch (const scalar::LeftDomain&) {
        return std::nullopt;
    } catch (const scalar::LeftRange&) {
        return std::nullopt;
    } catch (const scalar::UndecidedComparison&) {
        return std::nullopt;
    }
    return result;
}

}  // namespace

check::Report second_form_agrees(const subject::ProgramSubject& subject, const cases::Case& drawn) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kSecondFormAgrees, trial);
    if (!trial.single_primitive()) return report;
    scalar::open_exponent_range();
    const auto first = evaluated(drawn, false), second = evaluated(drawn, true);
    for (std::size_t k = 0; k < trial.function().output_size(); ++k) {
        report.counts.entries += 1;
        const bool known = first && second;
        const scalar::Magnitude bounds =
            known ? (*first)[k].bound() + (*second)[k].bound() : scalar::Magnitude();
        const auto gap =
            known ? Number::size(Number::Value((*first)[k].value() - (*second)[k].value()))
                  : scalar::Magnitude();
        const auto size = known ? Number::size((*first)[k].value()) : scalar::Magnitude();
        if (!known) {
            report.counts.out_of_range += 1;
        } else if (!(gap > bounds)) {
            // Bounds that are small against the value make it an agreement; so small a value that no
            // format has it need not have such bounds.
            const auto other = Number::size((*second)[k].value());
            const bool sharp = !(bounds > size * scalar::Magnitude::power_of_two(-60));
            const bool below_all_formats =
                !(size + other + bounds > scalar::Magnitude::power_of_two(-1080));
            if (sharp) {
                report.counts.agrees += 1;
            } else if (below_all_formats) {
                report.counts.out_of_range += 1;
            } else {
                report.counts.undecided += 1;
                report.verdict = std::max(report.verdict, check::Verdict::undecided);
            }
        } else {
            check::Entry entry;
            entry.name = "result[" + std::to_string(k) + "]";
            entry.verdict = check::Verdict::wrong;
            entry.subject = (*first)[k].value().convert_to<double>();
            entry.truth = oracle::Estimate{oracle::Real((*second)[k].value()), 0};
            entry.remark = "\"oracle\" is the second form";
            report.verdict = check::Verdict::wrong;
            report.counts.wrong += 1;
            report.entries.push_back(std::move(entry));
        }
    }
    return report;
}

}  // namespace gradproof::laws
