// A sweep, rule by rule, each asked several times over with other buffers.
#include <gradproof/laws/buffers_do_not_matter.hpp>

#include <gradproof/case/pullback_bounds.hpp>
#include <gradproof/laws/comparison.hpp>
#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace gradproof::laws {

namespace {

using backprop::Node;
using backprop::NodeId;
using backprop::PerNode;
using subject::NodeRules;

/// Small numbers that differ from entry to entry.
template <class T>
[[nodiscard]] T marker(std::size_t entry) {
    return static_cast<T>(1 + entry % 7);
}

/// One accumulator a node that a pullback adds to, however often it stands as an operand.
template <class T>
class Accumulated {
public:
    explicit Accumulated(const Node& node) {
        for (const NodeId operand : node.operands) {
            const auto found = std::find(nodes_.begin(), nodes_.end(), operand);
            places_.push_back(static_cast<std::size_t>(found - nodes_.begin()));
            if (found != nodes_.end()) continue;
            nodes_.push_back(operand);
            sums_.emplace_back(
                scalar::element_count(node.application.operands[places_.size() - 1]));
        }
    }
    /// Every entry becomes value(accumulator, entry).
    template <class Value>
    void fill(Value value) {
        for (std::size_t a = 0; a < sums_.size(); ++a) {
            for (std::size_t i = 0; i < sums_[a].size(); ++i) sums_[a][i] = value(a, i);
        }
    }
    [[nodiscard]] std::vector<std::span<T>> by_operand() {
        std::vector<std::span<T>> buffers;
        for (const std::size_t a : places_) buffers.emplace_back(sums_[a]);
        return buffers;
    }
    /// Of each operand, which accumulator it has.
    [[nodiscard]] const std::vector<std::size_t>& places() const { return places_; }
    [[nodiscard]] const std::vector<NodeId>& nodes() const { return nodes_; }
    [[nodiscard]] const std::vector<std::vector<T>>& sums() const { return sums_; }

private:
    std::vector<NodeId> nodes_;
    std::vector<std::size_t> places_;
    std::vector<std::vector<T>> sums_;
};

template <class T>
class PoisonedSweep {
public:
    PoisonedSweep(check::Report& report, const NodeRules& rules, const cases::Case& drawn)
        : report_(report),
          rules_(rules),
          drawn_(drawn),
          graph_(drawn.graph),
          values_(graph_.nodes.size()),
          cotangents_(graph_.nodes.size()) {}

    void run() {
        for (std::size_t i = 0; i < graph_.inputs.size(); ++i) {
            for (const double x : drawn_.inputs[i])
                values_[graph_.inputs[i]].push_back(static_cast<T>(x));
        }
        for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
            if (graph_.nodes[id].primitive != nullptr) ask_primal(id);
            cotangents_[id].assign(scalar::element_count(graph_.nodes[id].shape()), T(0));
        }
        cotangents_[graph_.output].clear();
        for (const double u : drawn_.cotangent)
            cotangents_[graph_.output].push_back(static_cast<T>(u));
        for (NodeId id = graph_.nodes.size(); id-- > 0;) {
            if (graph_.nodes[id].primitive != nullptr) ask_pullback(id);
        }
    }

private:
    static constexpr T kNaN = std::numeric_limits<T>::quiet_NaN();

    check::Report& report_;
    const NodeRules& rules_;
    const cases::Case& drawn_;
    const backprop::Graph& graph_;
    PerNode<T> values_, cotangents_;

    [[nodiscard]] std::vector<std::span<const T>> operands_of(const Node& node) const {
        std::vector<std::span<const T>> operands;
        for (const NodeId operand : node.operands) operands.emplace_back(values_[operand]);
        return operands;
    }

    void count_agreement(T number) {
        ++report_.counts.entries;
        ++report_.counts.agrees;
        report_.counts.out_of_range += std::isfinite(number) ? 0 : 1;
    }

    void file(const std::string& name, T number, T wanted, const std::string& remark) {
        check::Entry entry;
        entry.name = name;
        entry.verdict = check::Verdict::wrong;
        entry.subject = static_cast<double>(number);
        entry.truth = oracle::Estimate{oracle::Real(static_cast<double>(wanted)), 0};
        entry.ulps = entry.share = std::numeric_limits<double>::infinity();
        entry.remark = remark;
        report_.entries.push_back(std::move(entry));
        report_.verdict = check::Verdict::wrong;
        ++report_.counts.entries;
        ++report_.counts.wrong;
    }

    void ask_primal(NodeId id) {
        const Node& node = graph_.nodes[id];
        const auto operands = operands_of(node);
        std::vector<T> poisoned(scalar::element_count(node.shape()), kNaN), marked;
        for (std::size_t i = 0; i < poisoned.size(); ++i) marked.push_back(marker<T>(i));
        rules_.primal(node, operands, poisoned);
        rules_.primal(node, operands, marked);
        for (std::size_t i = 0; i < marked.size(); ++i) {
            if (subject::same_bits_or_nan(poisoned[i], marked[i])) {
                count_agreement(marked[i]);
            } else {
                file(scalar::element_name(graph_.node_name(id), node.shape(), i), poisoned[i],
                     marked[i],
                     "NaN was in the result's buffer; \"oracle\" is what stands there where " +
                         cases::shortest(static_cast<double>(marker<T>(i))) + " was");
            }
        }
        values_[id] = std::move(marked);
    }

    void pull(NodeId id, Accumulated<T>& accumulated) const {
        const Node& node = graph_.nodes[id];
        rules_.pullback(node, cotangents_[id], values_[id], operands_of(node),
                        accumulated.by_operand());
    }

    void ask_pullback(NodeId id) {
        const Node& node = graph_.nodes[id];
        Accumulated<T> zeroed(node), poisoned(node), met(node);
        pull(id, zeroed);
        poisoned.fill([](std::size_t, std::size_t) { return kNaN; });
        pull(id, poisoned);
        const auto met_by = [&](std::size_t a, std::size_t i) {
            const T share = zeroed.sums()[a][i];
            if (share == 0 || !std::isfinite(share)) return marker<T>(i);
            return std::ldexp(marker<T>(i), std::ilogb(share));
        };
        met.fill(met_by);
        pull(id, met);

        std::vector<std::vector<double>> of_zeroed, of_met;
        for (std::size_t a = 0; a < zeroed.nodes().size(); ++a) {
            const NodeId operand = zeroed.nodes()[a];
            for (std::size_t i = 0; i < zeroed.sums()[a].size(); ++i) {
                const T share = zeroed.sums()[a][i], c = met_by(a, i), sum = met.sums()[a][i];
                const auto name = [&] {
                    return "what " + graph_.node_name(id) + " adds to " +
                           scalar::element_name(graph_.node_name(operand),
                                                graph_.nodes[operand].shape(), i);
                };
                if (!std::isnan(poisoned.sums()[a][i])) {
                    file(name(), poisoned.sums()[a][i], kNaN,
                         "NaN was in the accumulator, and what is added to it is NaN");
                    continue;
                }
                if (subject::equal_or_nan(sum, c + share)) {
                    count_agreement(sum);
                    continue;
                }
                if (of_zeroed.empty()) {
                    of_zeroed = bounds(id, zeroed, [](std::size_t, std::size_t) { return T(0); });
                    of_met = bounds(id, met, met_by);
                }
                Comparison comparison;
                comparison.name = name();
                comparison.subject = static_cast<double>(sum);
                comparison.wanted =
                    oracle::Real(static_cast<double>(c)) + oracle::Real(static_cast<double>(share));
                comparison.allowed = of_zeroed[a][i] + of_met[a][i];
                compare(report_, comparison, drawn_.precision);
                if (!report_.entries.empty() && report_.entries.back().name == comparison.name) {
                    report_.entries.back().remark =
                        "\"oracle\" is the share, " +
                        cases::shortest(static_cast<double>(share), drawn_.precision) + ", and " +
                        cases::shortest(static_cast<double>(c), drawn_.precision) +
                        ", which was in the accumulator";
                }
            }
        }
        for (std::size_t a = 0; a < zeroed.nodes().size(); ++a) {
            auto& total = cotangents_[zeroed.nodes()[a]];
            for (std::size_t i = 0; i < total.size(); ++i) total[i] += zeroed.sums()[a][i];
        }
    }

    /// What rounding may cost the node's pullback on these accumulators. Its numbers are what the
    /// subject's rules made of them: exact, here.
    template <class Value>
    [[nodiscard]] std::vector<std::vector<double>> bounds(NodeId id, const Accumulated<T>& like,
                                                          Value value) const {
        const Node& node = graph_.nodes[id];
        cases::PullbackCall call;
        for (const NodeId operand : node.operands)
            call.operands.emplace_back(values_[operand].begin(), values_[operand].end());
        call.result.assign(values_[id].begin(), values_[id].end());
        call.cotangent.assign(cotangents_[id].begin(), cotangents_[id].end());
        call.places = like.places();
        for (std::size_t a = 0; a < like.sums().size(); ++a) {
            auto& before = call.accumulators.emplace_back();
            for (std::size_t i = 0; i < like.sums()[a].size(); ++i)
                before.push_back(static_cast<double>(value(a, i)));
        }
        return cases::pullback_bounds(node, call, drawn_.precision);
    }
};

}  // namespace

check::Report buffers_do_not_matter(const subject::ProgramSubject& subject,
                                    const cases::Case& drawn) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kBuffersDoNotMatter, trial);
    const NodeRules* rules = subject.rules();
    if (rules == nullptr) return report;
    if (drawn.precision == cases::Precision::binary32) {
        PoisonedSweep<float>(report, *rules, drawn).run();
    } else {
        PoisonedSweep<double>(report, *rules, drawn).run();
    }
    return report;
}

}  // namespace gradproof::laws
