// Calls as messages, and what the code throws handed back.
#include <gradproof/testing/isolation.hpp>

#include <gradproof/subject/fault.hpp>
#include <gradproof/testing/forked_worker.hpp>
#include <gradproof/testing/packing.hpp>

#include <optional>

namespace gradproof::testing {

namespace {

using subject::Fault, subject::FaultKind;

template <class Pack, class Called>
void pack(Pack& each, Called& call, std::uint64_t& session) {
    each(session);
    each(call.frame.sizes);
    each(call.frame.attributes);
    each(call.inputs);
    each(call.outputs);
    each(call.of_primal);
    each(call.cotangent);
    each(call.tangent);
    each(call.before);
    each(call.unwanted);
}

/// What comes back: a reply, a fault, or that the claim itself is at fault.
struct Outcome {
    enum class Of { reply, fault, bad_use };

    Of of = Of::reply;
    FaultKind fault = FaultKind::threw;
    std::string words{};
    Reply reply{};
};

template <class Pack, class Came>
void pack(Pack& each, Came& outcome) {
    each(outcome.of);
    each(outcome.fault);
    each(outcome.words);
    each(outcome.reply.value);
    each(outcome.reply.derivative);
    each(outcome.reply.changed);
}

/// The worker's side.
class Desk {
public:
    explicit Desk(const HandWritten& claim) : claim_(claim) {}

    [[nodiscard]] std::string answer(std::string_view question) {
        Call call;
        std::uint64_t session = 0;
        Unpacker unpacker(question);
        pack(unpacker, call, session);
        Outcome outcome;
        try {
            if (!code_ || session != session_) code_ = code_for(claim_, call.frame.attributes);
            session_ = session;
            outcome.reply = called(*code_, claim_, call);
        } catch (const Fault& fault) {
            outcome.of = Outcome::Of::fault;
            outcome.fault = fault.kind();
            outcome.words = fault.what();
        } catch (const BadUse& refusal) {
            outcome.of = Outcome::Of::bad_use;
            outcome.words = refusal.what();
        }
        Packer packer;
        pack(packer, outcome);
        return packer.bytes();
    }

private:
    const HandWritten& claim_;
    std::optional<AnyCode> code_;
    std::uint64_t session_ = 0;
};

}  // namespace

void isolate(HandWritten& claim, const Limits& limits) {
    claim.isolation = std::make_shared<Isolation>(limits);
}

Isolation::Isolation(const Limits& limits) : limits_(limits) {}
Isolation::~Isolation() = default;

Reply Isolation::called(const HandWritten& claim, const Call& call, std::uint64_t session) {
    if (!worker_) {
        const auto desk = std::make_shared<Desk>(claim);
        worker_ = std::make_unique<ForkedWorker>(
            [desk](std::string_view question) { return desk->answer(question); }, limits_);
    }
    Packer packer;
    pack(packer, call, session);
    Outcome outcome;
    try {
        const std::string answer = worker_->ask(packer.bytes());
        Unpacker unpacker(answer);
        pack(unpacker, outcome);
    } catch (const Fault&) {
        worker_.reset();
        throw;
    }
    switch (outcome.of) {
        case Outcome::Of::fault: throw Fault(outcome.fault, outcome.words);
        case Outcome::Of::bad_use: throw BadUse(outcome.words);
        case Outcome::Of::reply: break;
    }
    return std::move(outcome.reply);
}

}  // namespace gradproof::testing
