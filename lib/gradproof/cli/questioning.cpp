// Counting what is answered, and wording what is not.
#include <gradproof/cli/questioning.hpp>

#include <fmt/format.h>

namespace gradproof::cli {

namespace {

/// So many answers that did not come tell enough; each of them takes the whole time limit.
constexpr std::size_t kMostHangs = 3;

}  // namespace

std::string described(const cases::Case& drawn) {
    std::string text;
    for (const std::string& line : cases::program_lines(drawn.graph)) {
        if (!line.starts_with("output")) text += (text.empty() ? "" : "; ") + line;
    }
    for (const backprop::NodeId id : drawn.graph.inputs) {
        const backprop::Node& input = drawn.graph.nodes[id];
        text += fmt::format(", {} of shape {}", input.name, scalar::to_string(input.shape()));
    }
    return text + fmt::format(", in {}", scalar::to_string(drawn.precision));
}

void Questioning::open(ProtocolPoint& point) {
    point_ = &point;
    unsupported_ = answered_ = 0;
}

void Questioning::start(const std::vector<std::string>& command, const subject::Limits& limits) {
    try {
        subject_.emplace(command, limits);
    } catch (const subject::Fault& fault) {
        file("at the start", fault);
    }
}

std::optional<subject::Answer> Questioning::answer(const std::string& what,
                                                   const cases::Case& drawn) {
    std::optional<subject::Answer> given;
    ask(what, [&] { given = subject_->answer(drawn, drawn.cotangent); });
    return given;
}

void Questioning::jvp(const std::string& what, const cases::Case& drawn) {
    const std::vector<double> ones(cases::flat_inputs(drawn).size(), 1);
    ask(what, [&] { static_cast<void>(subject_->jvp(drawn, ones)); });
}

void Questioning::end() {
    try {
        subject_->end();
    } catch (const subject::Fault& fault) {
        file("at its end", fault);
    }
}

bool Questioning::gave_up() const { return hangs_ >= kMostHangs; }

std::string Questioning::tally() const {
    std::string text = fmt::format("{} answered", answered_);
    if (unsupported_ > 0) text += fmt::format(", {} unsupported ({})", unsupported_, refusal_);
    return text;
}

void Questioning::ask(const std::string& what, const std::function<void()>& question) {
    if (gave_up() || !asking_(questions_)) return;
    ++questions_;
    try {
        question();
        ++answered_;
    } catch (const subject::Unsupported& refusal) {
        ++unsupported_;
        refusal_ = refusal.what();
    } catch (const subject::Fault& fault) {
        file(what, fault);
    }
}

void Questioning::file(const std::string& what, const subject::Fault& fault) {
    point_->faults.push_back(
        fmt::format("{}: it {}: {}", what, subject::to_words(fault.kind()), fault.what()));
    if (fault.kind() == subject::FaultKind::hung) ++hangs_;
}

}  // namespace gradproof::cli
