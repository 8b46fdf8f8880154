// Forking for every try; what became of the process is the report.
#include <gradproof/campaign/forked_descent.hpp>

#include <gradproof/campaign/frame.hpp>
#include <gradproof/campaign/journal_text.hpp>
#include <gradproof/campaign/watch.hpp>
#include <gradproof/case/file.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/diagnosis.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <utility>

#include <poll.h>

namespace gradproof::campaign {

namespace {

using cases::Case;
using check::Report;
using subject::Fault;
using subject::FaultKind;

constexpr int kBetweenLooksAtChild = 5;  ///< milliseconds
constexpr std::size_t kRounds = 1000;

/// What a process tells of a report: enough to see whether another one is of its kind.
[[nodiscard]] std::string gist_of(const Report& report) {
    return fmt::format("{} {} {} {} {}", static_cast<int>(report.verdict), report.lost ? 1 : 0,
                       report.fails_only_at_kinks() ? 1 : 0,
                       report.fault ? static_cast<int>(*report.fault) : -1, report.remark);
}

[[nodiscard]] Report from_gist(const std::string& gist) {
    int verdict = 0, lost = 0, at_kinks = 0, fault = -1, remark = 0;
    if (std::sscanf(gist.c_str(), "%d %d %d %d %n", &verdict, &lost, &at_kinks, &fault, &remark) !=
        4)
        throw Fault(FaultKind::garbage, "its process told what is no report");
    Report report;
    report.verdict = static_cast<check::Verdict>(verdict);
    report.lost = lost != 0;
    report.no_side = at_kinks != 0;
    if (fault >= 0) report.fault = static_cast<FaultKind>(fault);
    report.remark = gist.substr(static_cast<std::size_t>(remark));
    return report;
}

/// The case as the worker had it, and the law that was asked.
[[nodiscard]] laws::Finding found(const Assignment& assignment, const Casualty& casualty) {
    const Draw draw = assignment.schedule.draw(casualty.span, casualty.place.index);
    laws::Finding finding;
    finding.minimal = draw.drawn;
    finding.law = &assignment.offer.laws.at(casualty.law);
    finding.law_seed = draw.law_seed;
    if (casualty.failing) {
        finding.minimal = cases::read(casualty.failing->file, "finding").drawn;
        finding.law = laws::find_law(casualty.failing->signature.law);
    }
    return finding;
}

class ForkedDescent {
public:
    ForkedDescent(const Assignment& assignment, const Casualty& casualty, SharedPage& page)
        : assignment_(assignment), casualty_(casualty), page_(page) {}

    [[nodiscard]] ToldFinding told_finding() {
        laws::Finding finding = found(assignment_, casualty_);
        rounds_ = casualty_.kind == FaultKind::out_of_memory ? kRounds : 1;
        const Case broken = finding.minimal;
        const auto start = std::chrono::steady_clock::now();
        finding.report = asked(finding, broken, assignment_.settings.limits);
        first_ = std::chrono::steady_clock::now() - start;
        const bool again =
            casualty_.failing ? !finding.report.holds() : finding.report.fault == casualty_.kind;
        if (!again) {
            return as_it_was(assignment_, casualty_,
                             "asked about this case alone, in a process of its own, it did not do "
                             "so again");
        }
        descend(finding);
        if (finding.report.fault) return told(finding, casualty_.place, version());
        return diagnosed(finding, broken);
    }

    /// What ended a process on the way to something else, made simple.
    [[nodiscard]] std::optional<ToldFinding> by_the_way() {
        if (!by_the_way_) return std::nullopt;
        laws::Finding finding = *std::exchange(by_the_way_, std::nullopt);
        descend(finding);
        return told(finding, casualty_.place, version());
    }

private:
    const Assignment& assignment_;
    const Casualty& casualty_;
    SharedPage& page_;
    std::size_t rounds_ = 1;  ///< how often a law is asked in one try: a leak takes its time
    std::chrono::steady_clock::duration first_{};
    std::optional<laws::Finding> by_the_way_;

    [[nodiscard]] std::string_view version() const { return assignment_.settings.gradproof; }

    /// Runs `ask` in a process of its own, with a subject of its own; what it told. Throws the fault that
    /// ended it.
    template <class Ask>
    [[nodiscard]] std::string told_by(const subject::Limits& limits, Ask ask) const {
        const Shared shared;
        subject::Forked process(
            [&](int socket) {
                const auto subject = made(assignment_.offer, limits, *shared);
                shared->doing = Doing::asking;
                static_cast<void>(send(socket, {FrameKind::finding, ask(*subject)}));
            },
            limits.output);
        Watch watch(limits);
        Frames frames;
        const std::int64_t begun = now();
        for (;;) {
            pollfd socket{process.socket(), POLLIN, 0};
            ::poll(&socket, 1, kBetweenLooksAtChild);
            const bool open = frames.receive(process.socket());
            try {
                if (const std::optional<Frame> frame = frames.next()) return frame->text;
            } catch (const BrokenFrame& broken) {
                throw Fault(FaultKind::garbage, broken.what());
            }
            if (!open) throw fault_of(process.ended_soon(), process, *shared, limits);
            if (shared->doing == Doing::asking) {
                if (const auto fault = watch.breach(process, *shared)) throw *fault;
            }
            if (std::chrono::nanoseconds(now() - begun) > kLongestLaw)
                throw Fault(FaultKind::hung, "the law was given up after a long time");
        }
    }

    [[nodiscard]] Report asked(const laws::Finding& finding, const Case& drawn,
                               const subject::Limits& limits) const {
        Report report;
        report.law = finding.law->name;
        report.subject = assignment_.offer.greeting.name;
        try {
            const auto most = 2 * first_;
            const Report gist = from_gist(told_by(limits, [&](const auto& subject) {
                const auto start = std::chrono::steady_clock::now();
                Report last;
                for (std::size_t k = 0; k < rounds_; ++k) {
                    last = laws::ask(*finding.law, subject, drawn, finding.law_seed);
                    if (most.count() > 0 && std::chrono::steady_clock::now() - start > most) break;
                }
                return gist_of(last);
            }));
            report.verdict = gist.verdict;
            report.lost = gist.lost;
            report.no_side = gist.no_side;
            report.fault = gist.fault;
            report.remark = gist.remark;
        } catch (const Fault& fault) {
            report.verdict = check::Verdict::wrong;
            report.fault = fault.kind();
            report.remark = fault.what();
        }
        return report;
    }

    void descend(laws::Finding& finding) {
        subject::Limits limits = assignment_.settings.limits;
        const bool hung = finding.report.fault == FaultKind::hung;
        if (hung) limits = impatient_limits(limits);
        const laws::Finding before = finding;
        laws::Descent descent = assignment_.descent;
        descent.progress = [&](std::size_t) { return !page_.stop; };
        const auto fails = [&](const Case& candidate) {
            Report report = asked(finding, candidate, limits);
            if (!check::same_kind(finding.report, report)) {
                if (report.fault && !finding.report.fault && !by_the_way_)
                    note(finding, candidate, std::move(report));
                return false;
            }
            finding.report = std::move(report);
            return true;
        };
        const laws::Descended down = laws::descend(finding.minimal, fails, descent);
        finding.minimal = down.minimal;
        finding.shrink_tries = down.tries;
        finding.shrinks = down.steps;
        finding.cut_short = down.cut_short;
        if (!hung || down.steps == 0) return;
        finding.report = asked(finding, finding.minimal, assignment_.settings.limits);
        if (finding.report.fault == FaultKind::hung) return;
        finding = before;  // it was slow, and no more
        finding.cut_short = true;
    }

    void note(const laws::Finding& finding, const Case& candidate, Report report) {
        by_the_way_ = finding;
        by_the_way_->minimal = candidate;
        by_the_way_->report = std::move(report);
    }

    /// The whole report and what mistake it is, as one more process tells it.
    [[nodiscard]] ToldFinding diagnosed(const laws::Finding& finding, const Case& broken) const {
        const Draw draw = assignment_.schedule.draw(casualty_.span, casualty_.place.index);
        try {
            return read_finding(told_by(assignment_.settings.limits, [&](const auto& subject) {
                laws::Finding whole = finding;
                whole.report = laws::ask(*finding.law, subject, finding.minimal, finding.law_seed);
                whole.report.diagnosis =
                    laws::diagnosis(subject, *finding.law, finding.minimal,
                                    {&broken, &draw.generator}, finding.law_seed);
                return to_json(told(whole, casualty_.place, version()));
            }));
        } catch (const Fault& fault) {
            return as_it_was(assignment_, casualty_,
                             fmt::format("while it was diagnosed, {}", fault.what()));
        }
    }
};

}  // namespace

ToldFinding as_it_was(const Assignment& assignment, const Casualty& casualty,
                      const std::string& why) {
    if (casualty.failing) return *casualty.failing;
    laws::Finding finding = found(assignment, casualty);
    finding.report.law = finding.law->name;
    finding.report.subject = assignment.offer.greeting.name;
    finding.report.verdict = check::Verdict::wrong;
    finding.report.fault = casualty.kind;
    finding.report.remark = casualty.what + "; " + why;
    finding.cut_short = true;
    return told(finding, casualty.place, assignment.settings.gradproof);
}

void descend_in_forks(const Assignment& assignment, const Casualty& casualty, SharedPage& page,
                      int socket) {
    page.doing = Doing::shrinking;
    ForkedDescent descent(assignment, casualty, page);
    const auto tell = [&](const ToldFinding& finding) {
        static_cast<void>(send(socket, {FrameKind::finding, to_json(finding)}));
    };
    tell(descent.told_finding());
    if (const auto other = descent.by_the_way()) tell(*other);
}

}  // namespace gradproof::campaign
