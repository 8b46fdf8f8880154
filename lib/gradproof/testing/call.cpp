// Calling the user's code with buffers of our own, guarded on both sides.
#include <gradproof/testing/call.hpp>

#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/same.hpp>

#include <algorithm>
#include <exception>
#include <limits>

namespace gradproof::testing {

namespace {

/// Numbers beside a buffer that nobody is to write to, and what they hold.
constexpr std::size_t kGuard = 4;
constexpr double kGuardNumber = 0x1.badp+3;

/// Numbers that the code may read and is not to change.
template <class T>
class Given {
public:
    explicit Given(std::span<const double> numbers)
        : numbers_(numbers.begin(), numbers.end()), kept_(numbers_) {}
    [[nodiscard]] std::span<const T> view() const { return numbers_; }
    [[nodiscard]] bool changed() const {
        return !std::ranges::equal(numbers_, kept_, subject::same_bits<T>);
    }

private:
    std::vector<T> numbers_, kept_;
};

/// Numbers that the code is to write, between guards.
template <class T>
class Buffer {
public:
    Buffer(std::size_t size, double before) : numbers_(size + 2 * kGuard, guard()) {
        std::ranges::fill(view(), static_cast<T>(before));
    }
    [[nodiscard]] std::span<T> view() {
        return std::span(numbers_).subspan(kGuard, numbers_.size() - 2 * kGuard);
    }
    [[nodiscard]] bool is_left() const {
        const auto untouched = [](T number) { return number == guard(); };
        return !std::all_of(numbers_.begin(), numbers_.begin() + kGuard, untouched) ||
               !std::all_of(numbers_.end() - kGuard, numbers_.end(), untouched);
    }

private:
    std::vector<T> numbers_;
    [[nodiscard]] static T guard() { return static_cast<T>(kGuardNumber); }
};

template <class Ask>
void caught(Ask ask) {
    using subject::Fault, subject::FaultKind;
    try {
        ask();
    } catch (const BadUse&) {
        throw;
    } catch (const Fault&) {
        throw;
    } catch (const std::exception& thrown) {
        throw Fault(FaultKind::threw, std::string("it threw \"") + thrown.what() + "\"");
    } catch (...) {
        throw Fault(FaultKind::threw, "it threw something that is no std::exception");
    }
}

/// How large the derivative's buffers are.
[[nodiscard]] std::vector<std::size_t> buffer_sizes(const HandWritten& claim, const Call& call) {
    if (call.of_primal) return {};
    if (claim.form == Form::jvp) return {call.outputs};
    std::vector<std::size_t> sizes;
    for (const auto& input : call.inputs) {
        sizes.push_back(claim.form == Form::jacobian ? call.outputs * input.size() : input.size());
    }
    return sizes;
}

[[nodiscard]] std::string buffer_name(const HandWritten& claim, std::size_t buffer) {
    switch (claim.form) {
        case Form::jvp: return "the tangent of the result";
        case Form::jacobian: return "the Jacobian's block of " + claim.names[buffer];
        case Form::vjp:
        case Form::gradient: break;
    }
    return "the gradient of " + claim.names[buffer];
}

template <class T>
[[nodiscard]] Reply called_in(const Code<T>& code, const HandWritten& claim, const Call& call) {
    std::vector<Given<T>> inputs, tangents;
    std::span<const double> tangent = call.tangent;
    for (const auto& input : call.inputs) {
        inputs.emplace_back(input);
        if (claim.form != Form::jvp || call.of_primal) continue;
        tangents.emplace_back(tangent.first(input.size()));
        tangent = tangent.subspan(input.size());
    }
    const Given<T> cotangent(call.cotangent);
    const bool has_value = call.of_primal || claim.gives_value;
    Buffer<T> value(has_value ? call.outputs : 0, std::numeric_limits<double>::quiet_NaN());
    std::vector<Buffer<T>> buffers;
    for (const std::size_t size : buffer_sizes(claim, call)) {
        const bool unwanted = !call.unwanted.empty() && call.unwanted[buffers.size()];
        buffers.emplace_back(unwanted ? 0 : size, call.before);
    }

    std::vector<std::span<const T>> input_views, tangent_views;
    std::vector<std::span<T>> buffer_views;
    for (const Given<T>& input : inputs) input_views.push_back(input.view());
    for (const Given<T>& direction : tangents) tangent_views.push_back(direction.view());
    for (Buffer<T>& buffer : buffers) {
        const bool unwanted = !call.unwanted.empty() && call.unwanted[buffer_views.size()];
        buffer_views.push_back(unwanted ? std::span<T>() : buffer.view());
    }
    const Arguments<T> arguments{call.frame.sizes, call.frame.attributes, input_views,
                                 cotangent.view(), tangent_views,         value.view(),
                                 buffer_views};
    caught([&] { call.of_primal ? code.primal(arguments) : code.derivative(arguments); });

    Reply reply;
    const auto notice = [&](bool changed, const std::string& what) {
        if (changed) reply.changed = what;
    };
    for (std::size_t b = 0; b < buffers.size(); ++b) {
        reply.derivative.insert(reply.derivative.end(), buffer_views[b].begin(),
                                buffer_views[b].end());
        notice(buffers[b].is_left(), "memory beside " + buffer_name(claim, b));
    }
    reply.value.assign(value.view().begin(), value.view().end());
    notice(value.is_left(), "memory beside the result");
    notice(cotangent.changed(), "the cotangent");
    for (std::size_t i = 0; i < tangents.size(); ++i) {
        notice(tangents[i].changed(), "the tangent of " + claim.names[i]);
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        notice(inputs[i].changed(), "input " + claim.names[i]);
    }
    return reply;
}

}  // namespace

AnyCode code_for(const HandWritten& claim, std::span<const double> attributes) {
    AnyCode code;
    caught([&] { std::visit([&](const auto& make) { code = make(attributes); }, claim.code); });
    return code;
}

Reply called(const AnyCode& code, const HandWritten& claim, const Call& call) {
    return std::visit([&](const auto& typed) { return called_in(typed, claim, call); }, code);
}

}  // namespace gradproof::testing
