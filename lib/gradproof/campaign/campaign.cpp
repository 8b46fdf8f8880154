// Giving out spans, and writing down what comes back.
#include <gradproof/campaign/campaign.hpp>

#include <gradproof/campaign/crew.hpp>
#include <gradproof/campaign/schedule.hpp>

#include <algorithm>
#include <deque>
#include <exception>
#include <map>
#include <stdexcept>
#include <utility>

#include <poll.h>

namespace gradproof::campaign {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBetweenLooks = 20;  ///< milliseconds
/// How long a run waits for its workers at the end, beyond the time limit of one answer.
constexpr std::chrono::seconds kGrace{15};
/// So many times in a row no subject can be made before the run ends.
constexpr std::size_t kMostFailedStarts = 5;
constexpr std::size_t kMostRecent = 4;  ///< findings whose primitives have extra turns
constexpr std::size_t kMostRemarksOfAPlace = 3;
/// What `Sight::rate` looks back at.
constexpr std::chrono::seconds kLately{20};

class Driver {
public:
    Driver(const Offer& offer, Journal& journal, const Plan& plan)
        : offer_(offer),
          journal_(journal),
          plan_(plan),
          settings_(*journal.account().settings()),
          schedule_(settings_, offer_),
          assignment_{settings_, offer_, schedule_, plan.descent},
          next_block_(journal.account().ground().next_block()) {
        for (const Span& gap : journal.account().ground().gaps()) left_.push_back(gap);
        for (const Met& met : journal.account().findings()) note_primitives(met.finding);
        for (std::size_t k = 0; k < std::max<std::size_t>(plan.jobs, 1); ++k)
            crew_.push_back({Member(
                                 assignment_, [this] { journal_.let_go(); }, plan.spans_per_worker),
                             {},
                             {}});
    }

    void run() {
        while (!failure_ && !over()) {
            give_out();
            wait();
        }
        wind_up();
        if (!unsaved_.empty()) throw UnsavedFinding(why_unsaved_, unsaved_);
        if (failure_) std::rethrow_exception(failure_);
        journal_.flush();
    }

private:
    struct Seat {
        Member member;
        std::map<std::string, std::uint64_t> again;
        std::vector<std::string> remarks;
    };

    const Offer& offer_;
    Journal& journal_;
    const Plan& plan_;
    Settings settings_;
    Schedule schedule_;
    Assignment assignment_;
    std::vector<Seat> crew_;
    std::deque<Span> left_;  ///< before new blocks
    std::uint64_t next_block_;
    std::uint64_t given_out_ = 0;  ///< cases that are somebody's
    std::vector<std::string> recent_;
    std::size_t failed_starts_ = 0;
    Clock::time_point start_ = Clock::now(), told_ = start_;
    std::deque<std::pair<Clock::time_point, std::uint64_t>> lately_;
    std::exception_ptr failure_;  ///< why the run can't go on; what is under way is still kept
    std::string why_unsaved_;     ///< of the first
    std::vector<std::string> unsaved_;

    [[nodiscard]] const Account& account() const { return journal_.account(); }

    [[nodiscard]] std::uint64_t wanted() const {
        if (!plan_.cases) return kBlock;
        const std::uint64_t begun = account().tally().cases + given_out_;
        return *plan_.cases > begun ? *plan_.cases - begun : 0;
    }

    [[nodiscard]] bool over() const {
        if (plan_.stop && plan_.stop()) return true;
        if (plan_.time && Clock::now() - start_ >= *plan_.time) return true;
        return wanted() == 0 && given_out_ == 0;
    }

    void give_out() {
        for (Seat& seat : crew_) {
            const std::uint64_t most = wanted();
            if (!seat.member.idle() || most == 0) continue;
            Span span;
            if (left_.empty()) {
                span.block = next_block_;
                next_block_ += settings_.shards.of;
            } else {
                span = left_.front();
                left_.pop_front();
            }
            if (span.to - span.from > most) {
                left_.push_front(span);
                left_.front().from = span.from + most;
                span.to = span.from + most;
            }
            span.favoured = schedule_.favoured(recent_, account().tally().coverage);
            given_out_ += span.to - span.from;
            seat.again.clear();
            seat.remarks.clear();
            seat.member.begin(span, account().findings());
        }
    }

    void wait() {
        std::vector<pollfd> sockets;
        for (const Seat& seat : crew_) {
            if (seat.member.socket() >= 0) sockets.push_back({seat.member.socket(), POLLIN, 0});
        }
        ::poll(sockets.data(), sockets.size(), kBetweenLooks);
        for (Seat& seat : crew_) {
            receive(seat, seat.member.look());
        }
        tell_progress();
    }

    /// Lets the crew come to an end.
    void wind_up() {
        const auto last = Clock::now() + settings_.limits.answer + kGrace;
        for (Seat& seat : crew_) seat.member.stop();
        while (!failure_ && Clock::now() < last &&
               std::ranges::any_of(crew_, [](const Seat& s) { return !s.member.idle(); }))
            wait();
        for (Seat& seat : crew_) {
            receive(seat, seat.member.abandon());
        }
    }

    void receive(Seat& seat, const std::vector<News>& all) {
        for (const News& news : all) {
            try {
                receive(seat, news);
            } catch (const UnsavedFinding& finding) {
                if (unsaved_.empty()) why_unsaved_ = finding.what();
                for (const std::string& file : finding.files()) unsaved_.push_back(file);
                failure_ = std::current_exception();
            } catch (const std::exception&) {
                if (!failure_) failure_ = std::current_exception();
            }
        }
    }

    void receive(Seat& seat, const News& news) {
        switch (news.kind) {
            case News::Kind::finding: met(seat, news.finding); break;
            case News::Kind::resembles: ++seat.again[news.text]; break;
            case News::Kind::given_up:
                if (seat.remarks.size() < kMostRemarksOfAPlace) seat.remarks.push_back(news.text);
                break;
            case News::Kind::done: {
                failed_starts_ = 0;
                given_out_ -= news.done.span.to - news.done.span.from;
                DoneSpan done = news.done;
                done.again = std::exchange(seat.again, {});
                done.remarks = std::exchange(seat.remarks, {});
                const auto time = Clock::now();
                done.seconds =
                    std::chrono::duration<double>(time - std::exchange(told_, time)).count();
                journal_.add(done);
                break;
            }
            case News::Kind::rest:
                given_out_ -= news.rest.to - news.rest.from;
                left_.push_front(news.rest);
                break;
            case News::Kind::unable:
                if (++failed_starts_ >= kMostFailedStarts)
                    throw std::invalid_argument("the subject can't be made: " + news.text);
                break;
        }
    }

    void met(Seat& seat, const ToldFinding& finding) {
        if (const ToldFinding* known = account().known(finding)) {
            // The very case is met again where a run was killed before its span was done.
            if (!(known->place == finding.place)) ++seat.again[known->name];
            return;
        }
        journal_.add(finding);
        note_primitives(finding);
        if (plan_.found) plan_.found(finding);
    }

    void note_primitives(const ToldFinding& finding) {
        for (const std::string& name : finding.signature.primitives) {
            std::erase(recent_, name);
            recent_.push_back(name);
        }
        if (recent_.size() > kMostRecent)
            recent_.erase(recent_.begin(),
                          recent_.end() - static_cast<std::ptrdiff_t>(kMostRecent));
    }

    void tell_progress() {
        if (!plan_.progress) return;
        Sight sight{account()};
        sight.cases = account().tally().cases;
        for (const Seat& seat : crew_) {
            sight.cases += seat.member.untold_cases();
            sight.findings_under_way += seat.member.shrinking() ? 1 : 0;
        }
        const auto time = Clock::now();
        sight.seconds = std::chrono::duration<double>(time - start_).count();
        lately_.emplace_back(time, sight.cases);
        while (time - lately_.front().first > kLately) lately_.pop_front();
        const auto& [since, before] = lately_.front();
        const double span = std::chrono::duration<double>(time - since).count();
        if (span > 0)
            sight.rate = static_cast<double>(sight.cases - std::min(before, sight.cases)) / span;
        plan_.progress(sight);
    }
};

}  // namespace

void run(const Offer& offer, Journal& journal, const Plan& plan) {
    Driver(offer, journal, plan).run();
}

}  // namespace gradproof::campaign
