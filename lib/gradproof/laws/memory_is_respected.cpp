// A sweep, rule by rule, in guarded memory; what touched which buffer is told by the address.
#include <gradproof/laws/memory_is_respected.hpp>

#include <gradproof/laws/comparison.hpp>
#include <gradproof/laws/guarded_memory.hpp>
#include <gradproof/subject/same.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace gradproof::laws {

namespace {

using backprop::Node;
using backprop::NodeId;
using subject::NodeRules;

/// What a buffer is to the rule that gets it.
struct Buffer {
    std::string name;  ///< "its operand x"
    std::size_t numbers = 0;
    bool output = false;
};

/// Buffers of numbers of one type, laid out for one call.
template <class T>
class Buffers {
public:
    Buffers(std::vector<Buffer> buffers, Flush flush)
        : memory_(GuardedMemory::of_this_thread()), buffers_(std::move(buffers)) {
        std::vector<std::size_t> bytes;
        for (const Buffer& buffer : buffers_) bytes.push_back(buffer.numbers * sizeof(T));
        memory_.lay_out(bytes, flush);
    }
    void fill(std::size_t b, const std::vector<T>& numbers) const {
        if (!numbers.empty())
            std::memcpy(memory_.writable(b), numbers.data(), numbers.size() * sizeof(T));
    }
    [[nodiscard]] std::span<T> to_write(std::size_t b) const {
        return {reinterpret_cast<T*>(memory_.writable(b)), buffers_[b].numbers};
    }
    [[nodiscard]] std::span<const T> to_read(std::size_t b) const {
        return {reinterpret_cast<const T*>(memory_.readable(b)), buffers_[b].numbers};
    }
    /// What the call touched that it must not, in words; empty where it kept to its buffers.
    template <class Call>
    [[nodiscard]] std::string trespass_of(Call call) const {
        const auto fault = memory_.fault_of(call);
        if (!fault) return {};
        std::string words = "touches memory that is none of its buffers";
        std::uintptr_t nearest = std::uintptr_t{1} << 16;  // a page, on the largest there are
        for (std::size_t b = 0; b < buffers_.size(); ++b) {
            const auto at = reinterpret_cast<std::uintptr_t>(*fault);
            const auto begin = buffers_[b].output
                                   ? reinterpret_cast<std::uintptr_t>(memory_.writable(b))
                                   : reinterpret_cast<std::uintptr_t>(memory_.readable(b));
            const std::uintptr_t end = begin + buffers_[b].numbers * sizeof(T);
            const std::uintptr_t away = at < begin ? begin - at : at < end ? 0 : at - end + 1;
            if (away >= nearest) continue;
            nearest = away;
            const auto entry =
                (static_cast<std::intptr_t>(at) - static_cast<std::intptr_t>(begin)) /
                static_cast<std::intptr_t>(sizeof(T));
            words = away == 0 ? fmt::format("writes to entry {} of {}", entry, buffers_[b].name)
                              : fmt::format("reaches {} {}, which has {} numbers",
                                            at < begin ? "before" : "beyond", buffers_[b].name,
                                            buffers_[b].numbers);
        }
        return words;
    }

private:
    GuardedMemory& memory_;
    std::vector<Buffer> buffers_;
};

/// The nodes that a node is computed of, each once, and which of them stands at each place.
struct Operands {
    std::vector<NodeId> nodes;
    std::vector<std::size_t> places;

    explicit Operands(const Node& node) {
        for (const NodeId operand : node.operands) {
            const auto found = std::ranges::find(nodes, operand);
            places.push_back(static_cast<std::size_t>(found - nodes.begin()));
            if (found == nodes.end()) nodes.push_back(operand);
        }
    }
};

template <class T>
class GuardedSweep {
public:
    GuardedSweep(const NodeRules& rules, const cases::Case& drawn)
        : rules_(rules),
          graph_(drawn.graph),
          values_(graph_.nodes.size()),
          cotangents_(graph_.nodes.size()) {
        for (std::size_t i = 0; i < graph_.inputs.size(); ++i) {
            for (const double x : drawn.inputs[i])
                values_[graph_.inputs[i]].push_back(static_cast<T>(x));
        }
        for (const double u : drawn.cotangent)
            cotangents_[graph_.output].push_back(static_cast<T>(u));
    }

    /// What the first rule that does not keep to its buffers does, in words; empty where all do.
    [[nodiscard]] std::string trespass() {
        for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
            if (graph_.nodes[id].primitive == nullptr) continue;
            if (const std::string found = of_primal(id); !found.empty())
                return "the primal of " + in_words(id) + " " + found;
        }
        for (NodeId id = 0; id < graph_.nodes.size(); ++id) {
            if (id != graph_.output)
                cotangents_[id].assign(scalar::element_count(graph_.nodes[id].shape()), T(0));
        }
        for (NodeId id = graph_.nodes.size(); id-- > 0;) {
            if (graph_.nodes[id].primitive == nullptr) continue;
            if (const std::string found = of_pullback(id); !found.empty())
                return "the pullback of " + in_words(id) + " " + found;
        }
        return {};
    }
    [[nodiscard]] std::size_t calls() const { return calls_; }

private:
    const NodeRules& rules_;
    const backprop::Graph& graph_;
    std::vector<std::vector<T>> values_, cotangents_;
    std::size_t calls_ = 0;

    [[nodiscard]] std::string in_words(NodeId id) const {
        return graph_.node_name(id) + ", " + std::string(graph_.nodes[id].primitive->name) + ",";
    }

    [[nodiscard]] std::vector<Buffer> buffers_of(const Operands& operands) const {
        std::vector<Buffer> buffers;
        for (const NodeId operand : operands.nodes)
            buffers.push_back(
                {"its operand " + graph_.node_name(operand), values_[operand].size()});
        return buffers;
    }

    [[nodiscard]] std::string of_primal(NodeId id) {
        const Node& node = graph_.nodes[id];
        const Operands operands(node);
        std::vector<Buffer> wanted = buffers_of(operands);
        const std::size_t result = wanted.size();
        values_[id].assign(scalar::element_count(node.shape()), T(0));
        wanted.push_back({"its result", values_[id].size(), true});
        for (const Flush flush : {Flush::front, Flush::back}) {
            const Buffers<T> buffers(wanted, flush);
            std::vector<std::span<const T>> inputs;
            for (std::size_t b = 0; b < operands.nodes.size(); ++b)
                buffers.fill(b, values_[operands.nodes[b]]);
            for (const std::size_t b : operands.places) inputs.push_back(buffers.to_read(b));
            const std::span<T> output = buffers.to_write(result);
            std::ranges::fill(output, T(0));
            std::string found = buffers.trespass_of([&] { rules_.primal(node, inputs, output); });
            if (!found.empty()) return found;
            values_[id].assign(output.begin(), output.end());
        }
        ++calls_;
        return {};
    }

    [[nodiscard]] std::string of_pullback(NodeId id) {
        const Node& node = graph_.nodes[id];
        const Operands operands(node);
        std::vector<Buffer> wanted = buffers_of(operands);
        const std::size_t result = wanted.size(), cotangent = result + 1, first = result + 2;
        wanted.push_back({"its result", values_[id].size()});
        wanted.push_back({"its cotangent", cotangents_[id].size()});
        for (const NodeId operand : operands.nodes) {
            wanted.push_back({"the accumulator of " + graph_.node_name(operand),
                              cotangents_[operand].size(), true});
        }
        std::vector<std::vector<T>> sums(operands.nodes.size());
        for (const Flush flush : {Flush::front, Flush::back}) {
            const Buffers<T> buffers(wanted, flush);
            std::vector<std::span<const T>> inputs;
            std::vector<std::span<T>> accumulators;
            for (std::size_t b = 0; b < operands.nodes.size(); ++b) {
                buffers.fill(b, values_[operands.nodes[b]]);
                buffers.fill(first + b, cotangents_[operands.nodes[b]]);
            }
            buffers.fill(result, values_[id]);
            buffers.fill(cotangent, cotangents_[id]);
            for (const std::size_t b : operands.places) {
                inputs.push_back(buffers.to_read(b));
                accumulators.push_back(buffers.to_write(first + b));
            }
            std::string found = buffers.trespass_of([&] {
                rules_.pullback(node, buffers.to_read(cotangent), buffers.to_read(result), inputs,
                                accumulators);
            });
            if (!found.empty()) return found;
            for (std::size_t b = 0; b < operands.nodes.size(); ++b) {
                const std::span<T> sum = buffers.to_write(first + b);
                sums[b].assign(sum.begin(), sum.end());
            }
        }
        for (std::size_t b = 0; b < operands.nodes.size(); ++b)
            cotangents_[operands.nodes[b]] = std::move(sums[b]);
        ++calls_;
        return {};
    }
};

void file(check::Report& report, std::size_t calls, const std::string& trespass) {
    report.counts.entries += calls;
    report.counts.agrees += calls;
    if (trespass.empty()) return;
    ++report.counts.entries;
    ++report.counts.wrong;
    report.verdict = check::Verdict::wrong;
    report.remark = trespass;
}

template <class T>
void ask_rules(check::Report& report, const NodeRules& rules, const cases::Case& drawn) {
    GuardedSweep<T> sweep(rules, drawn);
    const std::string trespass = sweep.trespass();
    file(report, sweep.calls(), trespass);
}

/// The first number of the case that is not what it was, in words; empty where all are.
[[nodiscard]] std::string change(const cases::Case& before, const cases::Case& after) {
    const std::vector<double> was = cases::flat_inputs(before), is = cases::flat_inputs(after);
    for (std::size_t i = 0; i < was.size(); ++i) {
        if (subject::same_bits(was[i], is[i])) continue;
        return fmt::format("the sweep leaves {} in its input {}, which was {}", is[i],
                           cases::entry_name(before.graph, i), was[i]);
    }
    return {};
}

void ask_subject(check::Report& report, const subject::ProgramSubject& subject,
                 const cases::Case& drawn) {
    const Buffers<double> buffers({{"its cotangent", drawn.cotangent.size()}}, Flush::back);
    buffers.fill(0, drawn.cotangent);
    const cases::Case asked = drawn;
    const std::span<const double> cotangent = buffers.to_read(0);
    std::string trespass = buffers.trespass_of([&] { (void)subject.answer(asked, cotangent); });
    if (!trespass.empty()) trespass = "the sweep " + trespass;
    if (trespass.empty()) trespass = change(drawn, asked);
    file(report, trespass.empty() ? 1 : 0, trespass);
}

}  // namespace

check::Report memory_is_respected(const subject::ProgramSubject& subject,
                                  const cases::Case& drawn) {
    const subject::ProgramTrial trial(subject, drawn);
    check::Report report = begin(kMemoryIsRespected, trial);
    const CaughtFaults caught;
    if (const NodeRules* rules = subject.rules()) {
        if (drawn.precision == cases::Precision::binary32) {
            ask_rules<float>(report, *rules, drawn);
        } else {
            ask_rules<double>(report, *rules, drawn);
        }
    }
    // A rule that does not keep to its buffers would not do so here either, where they are the sweep's.
    if (report.holds()) ask_subject(report, subject, drawn);
    return report;
}

}  // namespace gradproof::laws
