// Evaluating both forms in wide types.
#include <gradproof/laws/second_form_agrees.hpp>

#include <gradproof/laws/comparison.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace gradproof::laws {

namespace {

using Number = backprop::SecondFormNumber;

/// `form` of the case's only primitive in numbers of type N, handed on as wide ones; nothing where it is
/// not defined or not decided.
template <class N>
[[nodiscard]] std::optional<std::vector<Number>> evaluated(
    const cases::Case& drawn,
    void (*form)(const backprop::Application&, backprop::Inputs<N>, std::span<N>)) {
    const backprop::Node& node = drawn.graph.nodes[drawn.graph.output];
    std::vector<std::vector<N>> inputs;
    for (const auto& input : drawn.inputs) inputs.emplace_back(input.begin(), input.end());
    std::vector<std::span<const N>> operands;
    for (const backprop::NodeId operand : node.operands)
        operands.emplace_back(inputs[drawn.graph.input_index(operand)]);
    std::vector<N> result(scalar::element_count(node.shape()));
    try {
        form(node.application, operands, result);
    } catch (const scalar::LeftDomain&) {
        return std::nullopt;
    } catch (const scalar::LeftRange&) {
        return std::nullopt;
    } catch (const scalar::UndecidedComparison&) {
        return std::nullopt;
    }
    std::vector<Number> wide;
    for (const N& value : result) wide.emplace_back(value);
    return wide;
}

/// Bounds that are small against the value make an agreement one.
[[nodiscard]] bool sharp(const scalar::Magnitude& bounds, const Number& value) {
    return !(bounds > Number::size(value.value()) * scalar::Magnitude::power_of_two(-60));
}

/// The primal in 100 digits, or where these are not sharp in 1000: erfc(60) takes MPFR 0.15 s there.
[[nodiscard]] std::optional<std::vector<Number>> primal(const cases::Case& drawn) {
    const backprop::Primitive& of = *drawn.graph.nodes[drawn.graph.output].primitive;
    const auto narrow = evaluated(drawn, of.rule<scalar::Witness<100>>().primal);
    const auto is_sharp = [](const Number& value) { return sharp(value.bound(), value); };
    if (narrow && std::all_of(narrow->begin(), narrow->end(), is_sharp)) return narrow;
    return evaluated(drawn, of.rule<Number>().primal);
}

}  // namespace

check::Report second_form_agrees(const subject::ProgramSubject& subject, const cases::Case& drawn) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kSecondFormAgrees, trial);
    if (!trial.single_primitive()) return report;
    scalar::open_exponent_range();
    const auto first = primal(drawn);
    const auto second =
        evaluated(drawn, drawn.graph.nodes[drawn.graph.output].primitive->second_form);
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
            // So small a value that no format has it need not have sharp bounds.
            const auto other = Number::size((*second)[k].value());
            const bool below_all_formats =
                !(size + other + bounds > scalar::Magnitude::power_of_two(-1080));
            if (sharp(bounds, (*first)[k])) {
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
