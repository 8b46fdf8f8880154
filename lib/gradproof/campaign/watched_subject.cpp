// Calling through, with the time noted and exceptions translated.
#include <gradproof/campaign/watched_subject.hpp>

#include <gradproof/subject/fault.hpp>

#include <fmt/format.h>

#include <exception>
#include <utility>

namespace gradproof::campaign {

namespace {

using subject::Fault;
using subject::FaultKind;

class Inside {
public:
    explicit Inside(SharedPage& page) : page_(page) { page_.inside_since = now(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside() { page_.inside_since = 0; }

private:
    SharedPage& page_;
};

template <class Call>
auto watched(SharedPage& page, Call call) {
    const Inside inside(page);
    try {
        return call();
    } catch (const Fault&) {
        throw;
    } catch (const subject::Unsupported&) {
        throw;
    } catch (const std::exception& error) {
        throw Fault(FaultKind::threw, fmt::format("it threw an exception: {}", error.what()));
    } catch (...) {
        throw Fault(FaultKind::threw, "it threw something that is no std::exception");
    }
}

void require_count(std::string_view what, std::size_t given, std::size_t wanted) {
    if (given == wanted) return;
    throw Fault(
        FaultKind::wrong_count,
        fmt::format("its {} has {} numbers, where the shapes have {}", what, given, wanted));
}

[[nodiscard]] std::size_t input_entries(const cases::Case& drawn) {
    std::size_t count = 0;
    for (const std::vector<double>& input : drawn.inputs) count += input.size();
    return count;
}

[[nodiscard]] std::size_t output_entries(const cases::Case& drawn) {
    return scalar::element_count(drawn.graph.output_shape());
}

}  // namespace

class WatchedSubject::WatchedRules final : public subject::NodeRules {
public:
    WatchedRules(const subject::NodeRules& rules, SharedPage& page) : rules_(rules), page_(page) {}

    // clang-format off
    void primal(const backprop::Node& node, subject::Inputs<float> inputs, std::span<float> result) const override { watched_primal(node, inputs, result); }
    void primal(const backprop::Node& node, subject::Inputs<double> inputs, std::span<double> result) const override { watched_primal(node, inputs, result); }
    void pullback(const backprop::Node& node, std::span<const float> cotangent, std::span<const float> result, subject::Inputs<float> inputs, subject::Accumulators<float> accumulators) const override { watched_pullback(node, cotangent, result, inputs, accumulators); }
    void pullback(const backprop::Node& node, std::span<const double> cotangent, std::span<const double> result, subject::Inputs<double> inputs, subject::Accumulators<double> accumulators) const override { watched_pullback(node, cotangent, result, inputs, accumulators); }
    // clang-format on

private:
    const subject::NodeRules& rules_;
    SharedPage& page_;

    void watched_primal(const backprop::Node& node, auto inputs, auto result) const {
        watched(page_, [&] { rules_.primal(node, inputs, result); });
    }
    void watched_pullback(const backprop::Node& node, auto cotangent, auto result, auto inputs,
                          auto accumulators) const {
        watched(page_, [&] { rules_.pullback(node, cotangent, result, inputs, accumulators); });
    }
};

WatchedSubject::WatchedSubject(std::unique_ptr<subject::ProgramSubject> subject, SharedPage& page)
    : subject_(std::move(subject)), page_(page) {
    if (const subject::NodeRules* rules = subject_->rules())
        rules_ = std::make_unique<WatchedRules>(*rules, page_);
}

WatchedSubject::~WatchedSubject() = default;

const subject::NodeRules* WatchedSubject::rules() const { return rules_.get(); }

subject::Answer WatchedSubject::answer(const cases::Case& drawn,
                                       std::span<const double> cotangent) const {
    subject::Answer answer = watched(page_, [&] { return subject_->answer(drawn, cotangent); });
    require_count("primal", answer.primal.size(), output_entries(drawn));
    require_count("gradient", answer.gradient.size(), input_entries(drawn));
    return answer;
}

std::vector<cases::WideEntry> WatchedSubject::formula(const cases::Case& drawn,
                                                      std::span<const double> cotangent) const {
    // In wide numbers an exception may be part of the answer: the domain was left.
    const Inside inside(page_);
    return subject_->formula(drawn, cotangent);
}

std::optional<std::vector<double>> WatchedSubject::jvp(const cases::Case& drawn,
                                                       std::span<const double> tangent) const {
    auto answer = watched(page_, [&] { return subject_->jvp(drawn, tangent); });
    if (answer) require_count("jvp", answer->size(), output_entries(drawn));
    return answer;
}

std::optional<std::vector<double>> WatchedSubject::hvp(const cases::Case& drawn,
                                                       std::span<const double> cotangent,
                                                       std::span<const double> direction) const {
    auto answer = watched(page_, [&] { return subject_->hvp(drawn, cotangent, direction); });
    if (answer) require_count("hvp", answer->size(), input_entries(drawn));
    return answer;
}

}  // namespace gradproof::campaign
