// Looking after the processes of a campaign.
#include <gradproof/campaign/crew.hpp>

#include <gradproof/campaign/journal_text.hpp>

#include <fmt/format.h>

#include <utility>

namespace gradproof::campaign {

namespace {

using subject::Fault;
using subject::FaultKind;
using Kind = News::Kind;

[[nodiscard]] News said(Kind kind, std::string text) {
    News news;
    news.kind = kind;
    news.text = std::move(text);
    return news;
}

[[nodiscard]] News found(ToldFinding finding) {
    News news;
    news.kind = Kind::finding;
    news.finding = std::move(finding);
    return news;
}

/// One case, not held to the end.
[[nodiscard]] Tally of_one_case(const Assignment& assignment, const Casualty& casualty) {
    Tally tally;
    tally.cases = tally.failing = 1;
    tally.coverage.add(assignment.schedule.draw(casualty.span, casualty.place.index).drawn);
    return tally;
}

}  // namespace

Member::Member(const Assignment& assignment, std::function<void()> first,
               std::size_t spans_per_worker)
    : assignment_(assignment),
      first_(std::move(first)),
      spans_per_worker_(spans_per_worker),
      watch_(assignment.settings.limits) {}

std::uint64_t Member::untold_cases() const {
    if (!span_ || casualty_ || (*page_)->index < span_->from) return 0;
    return (*page_)->index - span_->from;
}

bool Member::shrinking() const { return span_ && (*page_)->doing == Doing::shrinking; }

void Member::start_worker() {
    process_.reset();
    page_ = std::make_unique<Shared>();
    frames_ = {};
    failing_.reset();
    spans_ = told_known_ = 0;
    SharedPage& page = **page_;
    page.law_since = now();
    process_ = std::make_unique<subject::Forked>(
        [&](int socket) {
            first_();
            work(assignment_, page, socket);
        },
        assignment_.offer.in_process ? assignment_.settings.limits.output : 0);
}

void Member::start_descent() {
    process_.reset();
    page_ = std::make_unique<Shared>();
    frames_ = {};
    SharedPage& page = **page_;
    process_ = std::make_unique<subject::Forked>(
        [&](int socket) {
            first_();
            descend_in_forks(assignment_, *casualty_, page, socket);
        },
        0);
}

void Member::begin(const Span& span, const std::vector<Met>& known) {
    if (!process_ || spans_ >= spans_per_worker_) start_worker();
    span_ = span;
    ++spans_;
    SharedPage& page = **page_;
    page.tally = {};
    page.index = span.from;
    // Where it is gone already, `look` sees it.
    known_ = &known;
    for (; told_known_ < known.size(); ++told_known_) {
        ToldFinding brief = known[told_known_].finding;
        brief.file.clear();
        if (!send(process_->socket(), {FrameKind::known, to_json(brief)})) return;
    }
    static_cast<void>(send(process_->socket(), {FrameKind::span, to_json(span)}));
}

std::vector<News> Member::look() {
    std::vector<News> news;
    if (!process_) return news;
    const bool open = frames_.receive(process_->socket());
    std::optional<Fault> fault;
    try {
        while (const std::optional<Frame> frame = frames_.next()) receive(*frame, news);
    } catch (const BrokenFrame& broken) {
        process_->group().kill();
        fault.emplace(FaultKind::garbage,
                      fmt::format("it wrote to a file that is none of its own: {}", broken.what()));
    }
    if (casualty_) {
        if (!open || fault) descent_ended(news);
        return news;
    }
    if (!fault && open) fault = breach();
    if (!open || fault || takes_too_long()) worker_ended(fault, news);
    return news;
}

std::optional<Fault> Member::breach() {
    const Doing doing = (*page_)->doing;
    if (!span_ || !assignment_.offer.in_process) return std::nullopt;
    if (doing != Doing::asking && doing != Doing::shrinking) return std::nullopt;
    return watch_.breach(*process_, **page_);
}

bool Member::takes_too_long() const {
    if (!span_ || (*page_)->doing == Doing::waiting) return false;
    return std::chrono::nanoseconds(now() - (*page_)->law_since) > kLongestLaw;
}

void Member::receive(const Frame& frame, std::vector<News>& news) {
    switch (frame.kind) {
        case FrameKind::failing: failing_ = read_finding(frame.text); break;
        case FrameKind::finding:
            failing_.reset();
            casualty_told_ = true;
            news.push_back(found(read_finding(frame.text)));
            break;
        case FrameKind::resembles: news.push_back(said(Kind::resembles, frame.text)); break;
        case FrameKind::given_up: news.push_back(said(Kind::given_up, frame.text)); break;
        case FrameKind::unable:
            news.push_back(said(Kind::unable, frame.text));
            hand_back_rest(news);
            break;
        case FrameKind::done:
            tell_done((*page_)->index, (*page_)->tally, news);
            hand_back_rest(news);
            break;
        case FrameKind::span:
        case FrameKind::known: throw BrokenFrame("a message that only workers get");
    }
}

void Member::tell_done(std::uint64_t to, const Tally& tally, std::vector<News>& news) {
    if (to <= span_->from) return;
    News done;
    done.kind = Kind::done;
    done.done.span = *span_;
    done.done.span.to = to;
    done.done.tally = tally;
    span_->from = to;
    news.push_back(std::move(done));
}

void Member::hand_back_rest(std::vector<News>& news) {
    News rest;
    rest.kind = Kind::rest;
    rest.rest = *span_;
    span_.reset();
    if (rest.rest.from < rest.rest.to) news.push_back(std::move(rest));
}

void Member::worker_ended(const std::optional<Fault>& breach, std::vector<News>& news) {
    const SharedPage& page = **page_;
    const bool too_long = !breach && takes_too_long();
    if (too_long) process_->group().kill();
    const Fault fault =
        breach ? *breach
               : fault_of(process_->ended_soon(), *process_, page, assignment_.settings.limits);
    const Doing doing = page.doing;
    const std::uint64_t index = page.index;
    if (!span_) return process_.reset();
    if (doing == Doing::starting || doing == Doing::waiting) {
        news.push_back(said(Kind::unable, fault.what()));
        hand_back_rest(news);
        return process_.reset();
    }
    tell_done(index, page.tally, news);
    casualty_ =
        Casualty{*span_,       {span_->block, index}, page.law,
                 fault.kind(), fault.what(),          std::exchange(failing_, std::nullopt)};
    casualty_told_ = false;
    if (casualty_->failing) casualty_->place = casualty_->failing->place;
    if (assignment_.offer.in_process && !too_long && doing != Doing::drawing)
        return look_into_casualty(news);
    // The subject has no part in it.
    if (casualty_->failing) return descent_ended(news);
    news.push_back(
        said(Kind::given_up, fmt::format("block {}, case {}: {}", span_->block, index,
                                         too_long ? "a law took too long" : fault.what())));
    Tally tally;
    tally.cases = tally.undecided = tally.given_up = 1;
    casualty_.reset();
    tell_done(index + 1, tally, news);
    hand_back_rest(news);
    process_.reset();
}

void Member::look_into_casualty(std::vector<News>& news) {
    if (casualty_->failing) return start_descent();
    const Draw draw = assignment_.schedule.draw(*span_, casualty_->place.index);
    casualty_->place = place_of(span_->block, casualty_->place.index, draw.drawn);
    const Met* met = resembled(draw);
    if (met == nullptr) return start_descent();
    if (!(met->finding.place == casualty_->place))
        news.push_back(said(Kind::resembles, met->finding.name));
    casualty_told_ = true;
    descent_ended(news);
}

const Met* Member::resembled(const Draw& draw) const {
    check::Report report;
    report.fault = casualty_->kind;
    for (const Met& met : *known_) {
        if (met.finding.place == casualty_->place) return &met;
        if (!resembles(met.finding, assignment_.offer.laws.at(casualty_->law), report, draw.drawn))
            continue;
        return is_looked_into(met.again, draw.law_seed) ? nullptr : &met;
    }
    return nullptr;
}

void Member::descent_ended(std::vector<News>& news) {
    if (!casualty_told_)
        news.push_back(found(as_it_was(assignment_, *casualty_, "it was not made simpler")));
    const Casualty casualty = *std::exchange(casualty_, std::nullopt);
    tell_done(casualty.place.index + 1, of_one_case(assignment_, casualty), news);
    hand_back_rest(news);
    process_.reset();
}

void Member::stop() {
    if (page_) (*page_)->stop = true;
}

std::vector<News> Member::abandon() {
    std::vector<News> news;
    if (!process_) return news;
    if (!span_) {
        // So the subject takes what it has started with it.
        static_cast<void>(process_->let_end());
        return news;
    }
    process_->group().kill();
    if (casualty_) {
        descent_ended(news);
        return news;
    }
    tell_done((*page_)->index, (*page_)->tally, news);
    if (failing_) {
        casualty_.emplace();
        casualty_->span = *span_;
        casualty_->place = failing_->place;
        casualty_->failing = std::exchange(failing_, std::nullopt);
        casualty_told_ = false;
        descent_ended(news);
    } else {
        hand_back_rest(news);
    }
    return news;
}

}  // namespace gradproof::campaign
