// Layers with many gradient entries, and a subject whose gradient is sound but for what is altered.
#pragma once

#include "some_cases.hpp"

#include <gradproof/generate/dice.hpp>

#include <rapidcheck/Random.h>

#include <cmath>
#include <set>

namespace gradproof::check {

using generate::Dice;
using Alter = std::function<void(Numbers& gradient)>;

/// Our own backprop, its gradient altered.
class Altered final : public subject::ProgramSubject {
public:
    explicit Altered(Alter alter) : alter_(std::move(alter)) {}
    [[nodiscard]] std::string name() const override { return "altered"; }
    [[nodiscard]] subject::Answer answer(const cases::Case& drawn,
                                         std::span<const double> cotangent) const override {
        subject::Answer answer = backprop_.answer(drawn, cotangent);
        alter_(answer.gradient);
        return answer;
    }

private:
    subject::Backprop backprop_;
    Alter alter_;
};

/// sum(act(W x)) with normal numbers, W of deviation 1/sqrt(columns): rows * columns + columns entries.
[[nodiscard]] inline cases::Case layer(Dice& dice, std::size_t rows, std::size_t columns,
                                       backprop::Variable (*act)(backprop::Variable)) {
    cases::Case drawn;
    const auto W = backprop::input(drawn.graph, "W", {rows, columns});
    const auto x = backprop::input(drawn.graph, "x", {columns});
    static_cast<void>(primitives::sum(act(primitives::matvec(W, x))));
    const double deviation = 1 / std::sqrt(static_cast<double>(columns));
    auto& weights = drawn.inputs.emplace_back();
    for (std::size_t i = 0; i < rows * columns; ++i) weights.push_back(deviation * dice.normal());
    auto& point = drawn.inputs.emplace_back();
    for (std::size_t i = 0; i < columns; ++i) point.push_back(dice.normal());
    drawn.cotangent = {1};
    return drawn;
}

[[nodiscard]] inline cases::Case sigmoid_layer(std::size_t rows, std::size_t columns,
                                               std::uint64_t seed = 1) {
    Dice dice{rc::Random(seed)};
    return layer(dice, rows, columns, primitives::sigmoid);
}

[[nodiscard]] inline std::size_t entries_of(const cases::Case& drawn) {
    return cases::flat_inputs(drawn).size();
}

[[nodiscard]] inline Report searched(const cases::Case& drawn, Alter alter,
                                     std::uint64_t seed = 1) {
    return direction(subject::ProgramTrial(Altered(std::move(alter)), drawn), seed);
}

[[nodiscard]] inline std::set<std::string> names(const Report& report) {
    std::set<std::string> names;
    for (const Entry& entry : report.entries) names.insert(entry.name);
    return names;
}
[[nodiscard]] inline std::set<std::string> names(const cases::Case& drawn,
                                                 const std::set<std::size_t>& entries) {
    std::set<std::string> names;
    for (const std::size_t i : entries) names.insert(cases::entry_name(drawn.graph, i));
    return names;
}

/// Each of the entries off by this share of itself.
[[nodiscard]] inline Alter off_by(std::set<std::size_t> entries, double share) {
    return [entries = std::move(entries), share](Numbers& gradient) {
        for (const std::size_t i : entries) gradient[i] *= 1 + share;
    };
}

[[nodiscard]] inline std::set<std::size_t> drawn_entries(Dice& dice, std::size_t count,
                                                         std::size_t entries) {
    std::set<std::size_t> drawn;
    while (drawn.size() < count) drawn.insert(dice.below(entries));
    return drawn;
}

/// How many the oracle was asked for; those counted as undecided without it are none.
[[nodiscard]] inline std::size_t derivatives(const Report& report) {
    return report.counts.group_tests + report.counts.entries - report.counts.undecided;
}

/// The block of the first rows * rows entries transposed.
[[nodiscard]] inline Alter transposed(std::size_t rows, std::size_t columns) {
    return [rows, columns](Numbers& gradient) {
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t k = 0; k < i; ++k)
                std::swap(gradient[i * columns + k], gradient[k * columns + i]);
        }
    };
}

/// sum(relu(W x)) where row `tied` of W is zero: W x ties there exactly.
[[nodiscard]] inline cases::Case tied_layer(std::size_t rows, std::size_t columns,
                                            std::size_t tied) {
    Dice dice{rc::Random(1)};
    cases::Case drawn = layer(dice, rows, columns, primitives::relu);
    for (std::size_t k = 0; k < columns; ++k) drawn.inputs[0][tied * columns + k] = 0;
    return drawn;
}

}  // namespace gradproof::check
