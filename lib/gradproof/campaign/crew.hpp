// The crew of a campaign: its workers, each at a span, and the descents from cases that ended one.
#pragma once

#include <gradproof/campaign/account.hpp>
#include <gradproof/campaign/forked_descent.hpp>
#include <gradproof/campaign/frame.hpp>
#include <gradproof/campaign/watch.hpp>
#include <gradproof/campaign/worker.hpp>
#include <gradproof/subject/forked.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::campaign {

/// What a member of the crew has to tell.
struct News {
    enum class Kind {
        finding,    ///< `finding`, as simple as it was made
        resembles,  ///< `text` names a known finding
        given_up,   ///< `text` says why gradproof gave a case up
        done,       ///< `done`
        rest,       ///< `rest` of a span was left
        unable,     ///< no subject could be made; `text` says why
    };
    Kind kind = Kind::done;
    ToldFinding finding = {};
    DoneSpan done = {};
    Span rest = {};
    std::string text = {};
};

/// One place in the crew: a worker at a span, a worker that waits, a descent, or nobody.
class Member {
public:
    /// `first` is called in each new process before anything else.
    Member(const Assignment& assignment, std::function<void()> first, std::size_t spans_per_worker);

    /// Whether it can be given a span.
    [[nodiscard]] bool idle() const { return !span_; }
    /// Cases that are done and told in no `News` yet.
    [[nodiscard]] std::uint64_t untold_cases() const;
    [[nodiscard]] bool shrinking() const;
    /// Socket to wait for, or -1.
    [[nodiscard]] int socket() const { return process_ ? process_->socket() : -1; }

    /// `known`: all findings so far, in their order; later ones are seen there.
    void begin(const Span& span, const std::vector<Met>& known);
    /// Looks after the process.
    [[nodiscard]] std::vector<News> look();
    /// Asks it to come to an end with what it has.
    void stop();
    /// Ends it at once; what it was making simpler is told as it is.
    [[nodiscard]] std::vector<News> abandon();

private:
    const Assignment& assignment_;
    std::function<void()> first_;
    std::size_t spans_per_worker_;

    std::unique_ptr<Shared> page_;
    std::unique_ptr<subject::Forked> process_;
    Frames frames_;
    Watch watch_;
    std::optional<Span> span_;  ///< what is left of it, from the first case that is not told
    std::optional<Casualty> casualty_;  ///< while its descent goes on
    bool casualty_told_ = false;
    std::optional<ToldFinding> failing_;  ///< what is being made simpler
    std::size_t spans_ = 0, told_known_ = 0;
    const std::vector<Met>* known_ = nullptr;

    void start_worker();
    void start_descent();
    void receive(const Frame& frame, std::vector<News>& news);
    /// The process is gone, or is to be.
    void worker_ended(const std::optional<subject::Fault>& breach, std::vector<News>& news);
    void look_into_casualty(std::vector<News>& news);
    void descent_ended(std::vector<News>& news);
    /// The span up to there is done; what is left of it is the crew's.
    void tell_done(std::uint64_t to, const Tally& tally, std::vector<News>& news);
    void hand_back_rest(std::vector<News>& news);
    /// The finding that the casualty is most probably one more sight of, unless that is looked into once more.
    [[nodiscard]] const Met* resembled(const Draw& draw) const;
    [[nodiscard]] std::optional<subject::Fault> breach();
    [[nodiscard]] bool takes_too_long() const;
};

}  // namespace gradproof::campaign
