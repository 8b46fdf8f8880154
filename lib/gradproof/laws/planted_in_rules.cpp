// Planted errors of what rules do to buffers.
#include <gradproof/laws/planted_subject.hpp>

#include <gradproof/laws/buffers_do_not_matter.hpp>
#include <gradproof/laws/memory_is_respected.hpp>

#include <functional>
#include <limits>
#include <utility>

namespace gradproof::laws {

namespace {

using backprop::Accumulators;
using backprop::Inputs;
using backprop::Node;
using subject::NodeRules;

constexpr std::string_view kWritten = "cotangent written to";
constexpr std::string_view kUnwritten = "result left unwritten";

/// The sound rules; each error overrides what one of them does.
template <class Error>
class ErringRules final : public NodeRules {
public:
    ErringRules(const NodeRules& sound, std::function<void()> noted)
        : sound_(sound), noted_(std::move(noted)) {}
    // clang-format off
    void primal(const Node& node, Inputs<float> inputs, std::span<float> result) const override { Error::primal(sound_, noted_, node, inputs, result); }
    void primal(const Node& node, Inputs<double> inputs, std::span<double> result) const override { Error::primal(sound_, noted_, node, inputs, result); }
    void pullback(const Node& node, std::span<const float> g, std::span<const float> y, Inputs<float> x, Accumulators<float> sums) const override { Error::pullback(sound_, noted_, node, g, y, x, sums); }
    void pullback(const Node& node, std::span<const double> g, std::span<const double> y, Inputs<double> x, Accumulators<double> sums) const override { Error::pullback(sound_, noted_, node, g, y, x, sums); }
    // clang-format on

private:
    const NodeRules& sound_;
    std::function<void()> noted_;
};

/// Writes to the first entry of the cotangent what stands there.
struct WrittenTo {
    template <class T>
    static void primal(const NodeRules& sound, const std::function<void()>&, const Node& node,
                       Inputs<T> inputs, std::span<T> result) {
        sound.primal(node, inputs, result);
    }
    template <class T>
    static void pullback(const NodeRules& sound, const std::function<void()>& noted,
                         const Node& node, std::span<const T> g, std::span<const T> y, Inputs<T> x,
                         Accumulators<T> sums) {
        if (!g.empty()) {
            noted();
            volatile T* first = const_cast<T*>(g.data());
            *first = g[0];
        }
        sound.pullback(node, g, y, x, sums);
    }
};

/// Leaves in the first entry of the result what was there.
struct LeftUnwritten {
    template <class T>
    static void primal(const NodeRules& sound, const std::function<void()>& noted, const Node& node,
                       Inputs<T> inputs, std::span<T> result) {
        const T before = result.empty() ? T(0) : result[0];
        sound.primal(node, inputs, result);
        if (result.empty()) return;
        noted();
        result[0] = before;
    }
    template <class T>
    static void pullback(const NodeRules& sound, const std::function<void()>&, const Node& node,
                         std::span<const T> g, std::span<const T> y, Inputs<T> x,
                         Accumulators<T> sums) {
        sound.pullback(node, g, y, x, sums);
    }
};

/// Answers soundly, and has rules that do not, where the sound subject has rules.
template <class Error>
class WithErringRules final : public PlantedSubject {
public:
    WithErringRules(const subject::ProgramSubject& sound, std::string_view error)
        : PlantedSubject(sound, error) {
        if (sound.rules() == nullptr) return;
        rules_ = std::make_unique<ErringRules<Error>>(*sound.rules(), [this] {
            note({true, std::numeric_limits<double>::infinity()});
        });
    }
    [[nodiscard]] const NodeRules* rules() const override { return rules_.get(); }

private:
    std::unique_ptr<NodeRules> rules_;

    void spoil(const cases::Case&, const Asked&, subject::Answer&) const override {}
};

template <class Error>
[[nodiscard]] ProgramError in_rules(std::string_view name, std::string_view does,
                                    std::string_view claimed_by) {
    return {name, does, {claimed_by}, [name](const subject::ProgramSubject& sound, std::uint64_t) {
                return std::make_unique<WithErringRules<Error>>(sound, name);
            }};
}

}  // namespace

std::vector<ProgramError> errors_in_rules() {
    return {
        in_rules<WrittenTo>(kWritten, "pullbacks write to their cotangent what stands there",
                            kMemoryIsRespected),
        in_rules<LeftUnwritten>(kUnwritten, "primals leave the first entry of the result as it was",
                                kBuffersDoNotMatter),
    };
}

}  // namespace gradproof::laws
