// What trials of every form share, and which one a point is for.
#include <gradproof/testing/user_trial.hpp>

#include <gradproof/testing/derivative_trials.hpp>
#include <gradproof/testing/isolation.hpp>

#include <atomic>
#include <cmath>
#include <limits>
#include <utility>

namespace gradproof::testing {

namespace {

/// Tells an isolated process which calls belong to one case.
[[nodiscard]] std::uint64_t next_session() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

UserTrial::UserTrial(const HandWritten& claim, std::string name, Point point)
    : claim_(claim),
      name_(std::move(name)),
      point_(std::move(point)),
      function_(claim.function(claim, point_.frame)),
      flat_(point_.flat()),
      session_(next_session()) {}

std::optional<scalar::WideEntry> UserTrial::declared(std::size_t entry) const {
    if (!claim_.kinks_as_written) return std::nullopt;
    const scalar::Allowance promised = budget(cotangent()).gradient[entry];
    if (!std::isfinite(promised.reference + promised.bound)) return std::nullopt;
    return scalar::WideEntry{true, scalar::Wide<50>(promised.reference),
                             scalar::Wide<50>(promised.bound)};
}

std::vector<subject::NamedNumber> UserTrial::attributes() const {
    std::vector<subject::NamedNumber> named;
    for (std::size_t a = 0; a < claim_.attributes.size(); ++a) {
        named.push_back({claim_.attributes[a].name, point_.frame.attributes[a]});
    }
    return named;
}

double UserTrial::untouched() const {
    return claim_.contract == Contract::accumulates ? 0.0
                                                    : std::numeric_limits<double>::quiet_NaN();
}

Call UserTrial::blank() const {
    Call call;
    call.frame = point_.frame;
    call.inputs = point_.inputs;
    call.outputs = outputs();
    call.cotangent = point_.cotangent;
    call.tangent = point_.tangent;
    call.before = untouched();
    return call;
}

Reply UserTrial::call(double before) const {
    Call asked = blank();
    asked.before = before;
    return call(std::move(asked));
}

Reply UserTrial::call(Call call) const {
    if (claim_.isolation) return claim_.isolation->called(claim_, call, session_);
    if (!code_) code_ = code_for(claim_, call.frame.attributes);
    return called(*code_, claim_, call);
}

std::vector<double> UserTrial::primal(const Reply& of_derivative) const {
    if (claim_.has_primal) {
        Call call = blank();
        call.of_primal = true;
        return this->call(std::move(call)).value;
    }
    if (claim_.gives_value) return of_derivative.value;
    const auto evaluated = [&]<class T>(const Maker<T>&) {
        const std::vector<T> inputs(flat_.begin(), flat_.end());
        const std::vector<T> outputs = function_.callable->evaluate(std::span(inputs));
        return std::vector<double>(outputs.begin(), outputs.end());
    };
    return std::visit(evaluated, claim_.code);
}

std::unique_ptr<UserTrial> trial_at(const HandWritten& claim, const std::string& name,
                                    Point point) {
    switch (claim.form) {
        case Form::vjp:
        case Form::gradient: break;
        case Form::jvp: return std::make_unique<JvpTrial>(claim, name, std::move(point));
        case Form::jacobian: return std::make_unique<JacobianTrial>(claim, name, std::move(point));
    }
    return std::make_unique<GradientTrial>(claim, name, std::move(point));
}

std::unique_ptr<UserTrial> whole_trial_at(const HandWritten& claim, const std::string& name,
                                          Point point) {
    if (claim.form != Form::jvp) return trial_at(claim, name, std::move(point));
    return std::make_unique<JacobianTrial>(claim, name, std::move(point));
}

}  // namespace gradproof::testing
