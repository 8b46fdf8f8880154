// Planted errors in forward mode and in second order; the gradient stays sound.
#include <gradproof/laws/planted_subject.hpp>

#include <gradproof/case/along_direction.hpp>
#include <gradproof/laws/adjoint_identity.hpp>
#include <gradproof/laws/hessian_symmetric.hpp>
#include <gradproof/laws/hvp_agrees.hpp>
#include <gradproof/laws/jvp_agrees.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace gradproof::laws {

namespace {

using cases::Case;
using Numbers = std::vector<double>;

constexpr std::string_view kTangentLost = "one entry of the tangent lost";
constexpr std::string_view kMovedOn = "second order moved on by one";

/// Has what the sound subject has, one of it spoiled.
class PlantedAlongDirection : public PlantedSubject {
public:
    using PlantedSubject::PlantedSubject;

    [[nodiscard]] std::optional<Numbers> jvp(const Case& drawn,
                                             std::span<const double> tangent) const override {
        const auto right = sound().jvp(drawn, tangent);
        if (!right) return right;
        return noted(*right, spoiled_jvp(drawn, tangent, *right),
                     [&] { return cases::jvp_budget(drawn, tangent, ties()); });
    }
    [[nodiscard]] std::optional<Numbers> hvp(const Case& drawn, std::span<const double> cotangent,
                                             std::span<const double> direction) const override {
        const auto right = sound().hvp(drawn, cotangent, direction);
        if (!right) return right;
        return noted(*right, spoiled_hvp(*right),
                     [&] { return cases::hvp_budget(drawn, cotangent, direction, ties()); });
    }

private:
    void spoil(const Case&, const Asked&, subject::Answer&) const override {}
    [[nodiscard]] virtual Numbers spoiled_jvp(const Case&, std::span<const double>,
                                              Numbers right) const {
        return right;
    }
    [[nodiscard]] virtual Numbers spoiled_hvp(Numbers right) const { return right; }

    template <class BudgetOf>
    [[nodiscard]] Numbers noted(const Numbers& right, Numbers spoiled, BudgetOf budget_of) const {
        std::optional<cases::Budget> budget;
        note(damage({{}, right}, {{}, spoiled}, [&]() -> const cases::Budget& {
            if (!budget) budget = budget_of();
            return *budget;
        }));
        return spoiled;
    }
};

class TangentLost final : public PlantedAlongDirection {
public:
    TangentLost(const subject::ProgramSubject& sound, std::uint64_t seed)
        : PlantedAlongDirection(sound, kTangentLost), seed_(seed) {}

private:
    std::uint64_t seed_;

    [[nodiscard]] Numbers spoiled_jvp(const Case& drawn, std::span<const double> tangent,
                                      Numbers right) const override {
        if (tangent.empty()) return right;
        Numbers left(tangent.begin(), tangent.end());
        // The first from there on that is not 0.
        for (std::size_t k = 0; k < left.size(); ++k) {
            double& entry = left[(seed_ + k) % left.size()];
            if (entry == 0) continue;
            entry = 0;
            return *sound().jvp(drawn, left);
        }
        return right;
    }
};

class MovedOn final : public PlantedAlongDirection {
public:
    explicit MovedOn(const subject::ProgramSubject& sound)
        : PlantedAlongDirection(sound, kMovedOn) {}

private:
    [[nodiscard]] Numbers spoiled_hvp(Numbers right) const override {
        if (!right.empty()) std::rotate(right.begin(), right.begin() + 1, right.end());
        return right;
    }
};

}  // namespace

std::vector<ProgramError> errors_along_directions() {
    using subject::ProgramSubject;
    return {
        {kTangentLost,
         "forward mode takes one entry of the tangent for 0",
         {kJvpAgrees, kAdjointIdentity},
         [](const ProgramSubject& sound, std::uint64_t seed) {
             return std::make_unique<TangentLost>(sound, seed);
         }},
        {kMovedOn,
         "each number of a Hessian-vector product stands where the one before belongs",
         {kHvpAgrees, kHessianSymmetric},
         [](const ProgramSubject& sound, std::uint64_t) {
             return std::make_unique<MovedOn>(sound);
         }},
    };
}

}  // namespace gradproof::laws
