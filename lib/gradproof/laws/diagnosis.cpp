// Choosing the points that a diagnosis looks at.
#include <gradproof/laws/diagnosis.hpp>

#include <gradproof/case/written_twice.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/generate/redrawn_case.hpp>
#include <gradproof/laws/adjoint_identity.hpp>
#include <gradproof/laws/buffers_do_not_matter.hpp>
#include <gradproof/laws/hessian_symmetric.hpp>
#include <gradproof/laws/hvp_agrees.hpp>
#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/memory_is_respected.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/laws/used_twice_accumulates.hpp>
#include <gradproof/subject/fault.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

namespace gradproof::laws {

namespace {

using cases::Case;
using generate::Style;

/// Numbers that the redrawn points of one program have together, about: enough to see a region.
constexpr std::size_t kEntries = 24;
constexpr std::size_t kMostPoints = 16, kFewestPoints = 3;

/// Programs of other sizes, and how many are drawn to choose them from.
constexpr std::size_t kOtherPrograms = 4, kProgramDraws = 24;
constexpr std::size_t kMostEntries = 40;

[[nodiscard]] std::vector<Case> redrawn(const Case& drawn, generate::Dice& dice) {
    const std::size_t entries = std::max<std::size_t>(cases::flat_inputs(drawn).size(), 1);
    const std::size_t points = std::clamp(kEntries / entries, kFewestPoints, kMostPoints);
    std::vector<Case> fresh;
    for (std::size_t k = 0; k < points; ++k) {
        fresh.push_back(
            generate::redraw(dice, drawn, k % 4 == 3 ? Style::one_decimal : Style::well_scaled));
    }
    return fresh;
}

/// Programs of different input shapes, small ones with more than one entry.
[[nodiscard]] std::vector<Case> other_programs(const rc::Gen<Case>& generator, rc::Random random) {
    std::vector<Case> programs;
    std::set<std::vector<scalar::Shape>> shapes;
    for (std::size_t k = 0; k < kProgramDraws && programs.size() < kOtherPrograms; ++k) {
        Case drawn = generator(random.split(), rc::kNominalSize).value();
        const std::size_t entries = cases::flat_inputs(drawn).size();
        if (entries < 2 || entries > kMostEntries || drawn.cotangent.empty()) continue;
        if (shapes.insert(drawn.graph.input_shapes()).second) programs.push_back(std::move(drawn));
    }
    return programs;
}

void append(std::vector<Case>& points, std::vector<Case> more) {
    for (Case& point : more) points.push_back(std::move(point));
}

/// Whether two programs are the same but for the sizes of their inputs.
[[nodiscard]] bool alike(const backprop::Graph& a, const backprop::Graph& b) {
    return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                      [](const backprop::Node& x, const backprop::Node& y) {
                          return x.primitive == y.primitive && x.operands == y.operands;
                      });
}

/// Calls the inputs as `other` does, so that what is said of them holds in both.
void name_alike(backprop::Graph& graph, const backprop::Graph& other) {
    if (graph.inputs.size() != other.inputs.size() || !alike(graph, other)) return;
    for (std::size_t i = 0; i < graph.inputs.size(); ++i)
        graph.nodes[graph.inputs[i]].name = other.nodes[other.inputs[i]].name;
}

/// A subject's forward mode as a gradient: entry i is the cotangent times the jvp along input i alone. What
/// goes wrong in a jvp then has the names that it has in a gradient.
class ForwardMode final : public subject::ProgramSubject {
public:
    /// Keeps a reference to `subject`.
    explicit ForwardMode(const subject::ProgramSubject& subject) : subject_(subject) {}

    [[nodiscard]] std::string name() const override { return subject_.name(); }
    [[nodiscard]] scalar::Ties ties() const override { return subject_.ties(); }
    /// Throws `subject::Unsupported` for a subject without forward mode.
    [[nodiscard]] subject::Answer answer(const Case& drawn,
                                         std::span<const double> cotangent) const override {
        subject::Answer answer = subject_.answer(drawn, cotangent);
        std::vector<double> tangent(answer.gradient.size(), 0.0);
        for (std::size_t i = 0; i < tangent.size(); ++i) {
            tangent[i] = 1;
            const auto column = subject_.jvp(drawn, tangent);
            tangent[i] = 0;
            if (!column) throw subject::Unsupported("it has no forward mode");
            answer.gradient[i] = 0;
            for (std::size_t k = 0; k < std::min(column->size(), cotangent.size()); ++k)
                if (cotangent[k] != 0) answer.gradient[i] += cotangent[k] * (*column)[k];
        }
        return answer;
    }

private:
    const subject::ProgramSubject& subject_;
};

/// A law about the program written out twice is broken there; the program itself may well be right.
[[nodiscard]] std::vector<check::Explanation> explanations(const subject::ProgramSubject& subject,
                                                           bool doubled, const Case& minimal,
                                                           std::vector<Case> points) {
    const Case broken = doubled ? cases::written_twice(minimal) : minimal;
    if (doubled) {
        points.push_back(minimal);
        for (std::size_t k = points.size(); k-- > 0;)
            points.push_back(cases::written_twice(points[k]));
    }
    const subject::ProgramTrial at_broken(subject, broken);
    std::vector<std::unique_ptr<subject::ProgramTrial>> trials;
    std::vector<const subject::Trial*> elsewhere;
    for (const Case& point : points) {
        trials.push_back(std::make_unique<subject::ProgramTrial>(subject, point));
        elsewhere.push_back(trials.back().get());
    }
    return check::diagnose(at_broken, elsewhere);
}

[[nodiscard]] std::vector<check::Explanation> diagnosed(const subject::ProgramSubject& subject,
                                                        const Law& law, const Case& minimal,
                                                        const Elsewhere& elsewhere,
                                                        std::uint64_t seed) {
    const bool doubled = law.name == kUsedTwiceAccumulates;
    const rc::Random random(seed);
    generate::Dice dice{random};
    std::vector<Case> points = redrawn(minimal, dice);
    // The found case of a single primitive may hold other rules, which are right.
    const bool single = subject::ProgramTrial(subject, minimal).single_primitive();
    if (elsewhere.found != nullptr && (!single || alike(elsewhere.found->graph, minimal.graph))) {
        points.push_back(*elsewhere.found);
        append(points, redrawn(*elsewhere.found, dice));
    }
    std::vector<Case> programs;
    if (single) {
        const backprop::Primitive& own = *minimal.graph.nodes[minimal.graph.output].primitive;
        programs = other_programs(generate::primitive_case(own, minimal.precision), random);
    } else if (elsewhere.generator != nullptr) {
        programs = other_programs(*elsewhere.generator, random);
    }
    for (Case& program : programs) name_alike(program.graph, minimal.graph);
    for (const Case& program : programs) append(points, redrawn(program, dice));
    std::vector<check::Explanation> found = explanations(subject, doubled, minimal, points);
    if (!found.empty()) return found;
    // A mistake in one rule is no simple one in programs that hold other rules as well.
    const std::size_t all = points.size();
    std::erase_if(points, [&](const Case& point) { return !alike(point.graph, minimal.graph); });
    if (points.size() < all) found = explanations(subject, doubled, minimal, points);
    for (check::Explanation& e : found) e.evidence += "; in programs like the minimal one";
    return found;
}

}  // namespace

std::optional<std::vector<check::Explanation>> diagnosis(const subject::ProgramSubject& subject,
                                                         const Law& law, const Case& minimal,
                                                         const Elsewhere& elsewhere,
                                                         std::uint64_t seed) {
    // These are not about what a gradient is, and tell by themselves what is wrong.
    for (const std::string_view name :
         {kPrimalAgrees, kSecondFormAgrees, kMemoryIsRespected, kBuffersDoNotMatter}) {
        if (law.name == name) return std::nullopt;
    }
    try {
        std::vector<check::Explanation> found;
        // What is said of the gradient says nothing of forward mode.
        if (law.name != kJvpAgrees) found = diagnosed(subject, law, minimal, elsewhere, seed);
        if (!found.empty()) return found;
        // No hypothesis is about second derivatives.
        if (law.name == kHvpAgrees || law.name == kHessianSymmetric) return std::nullopt;
        if (law.name == kJvpAgrees || law.name == kAdjointIdentity) {
            found = diagnosed(ForwardMode(subject), law, minimal, elsewhere, seed);
            for (check::Explanation& e : found) e.sentence = "in forward mode, " + e.sentence;
        }
        return found;
    } catch (const subject::Fault&) {
        return std::nullopt;
    } catch (const subject::Unsupported&) {
        return std::nullopt;
    }
}

}  // namespace gradproof::laws
