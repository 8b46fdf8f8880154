// Case by case, law by law, until one is broken.
#include <gradproof/campaign/worker.hpp>

#include <gradproof/campaign/frame.hpp>
#include <gradproof/campaign/journal_text.hpp>
#include <gradproof/campaign/watched_subject.hpp>
#include <gradproof/laws/ask.hpp>
#include <gradproof/laws/diagnosis.hpp>
#include <gradproof/laws/memory_is_respected.hpp>
#include <gradproof/subject/fault.hpp>
#include <gradproof/subject/forked.hpp>
#include <gradproof/subject/same.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include <unistd.h>

namespace gradproof::campaign {

namespace {

using cases::Case;

[[nodiscard]] bool same_numbers(const Case& left, const Case& right) {
    const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
        return std::ranges::equal(a, b, subject::same_bits<double>);
    };
    return std::ranges::equal(left.inputs, right.inputs, same) &&
           same(left.cotangent, right.cotangent);
}

class Worker {
public:
    Worker(const Assignment& assignment, SharedPage& page, int socket)
        : assignment_(assignment), page_(page), socket_(socket) {}

    void run() {
        try {
            subject_ = made(assignment_.offer, assignment_.settings.limits, page_);
        } catch (const std::exception& error) {
            tell({FrameKind::unable, error.what()});
            return;
        }
        page_.doing = Doing::waiting;
        Frames frames;
        while (frames.receive(socket_, true)) {
            while (const std::optional<Frame> frame = frames.next()) {
                if (frame->kind == FrameKind::known) {
                    known_.push_back({read_finding(frame->text)});
                } else {
                    hold(read_span(frame->text));
                }
            }
        }
    }

private:
    struct Known {
        ToldFinding finding;
        std::uint64_t again = 0;
    };

    const Assignment& assignment_;
    SharedPage& page_;
    int socket_;
    std::unique_ptr<subject::ProgramSubject> subject_;
    std::vector<Known> known_;

    void tell(const Frame& frame) const {
        // Without a driver there is nobody to work for.
        if (!send(socket_, frame)) throw std::runtime_error("the driver of the campaign is gone");
    }

    void hold(const Span& span) {
        for (std::uint64_t index = span.from; index < span.to && !page_.stop; ++index) {
            page_.index = index;
            page_.law_since = now();
            page_.doing = Doing::drawing;
            subject::forget_output();
            Tally of_case;
            try {
                const Draw draw = assignment_.schedule.draw(span, index);
                of_case.coverage.add(draw.drawn);
                if (!hold(draw, span.block, index, of_case)) break;
            } catch (const std::exception& error) {
                of_case.undecided = of_case.given_up = 1;
                tell({FrameKind::given_up,
                      fmt::format("block {}, case {}: {}", span.block, index, error.what())});
            }
            of_case.cases = 1;
            page_.tally += of_case;
            page_.index = index + 1;
        }
        page_.doing = Doing::waiting;
        tell({FrameKind::done, ""});
    }

    /// False where the driver stopped it before all laws were asked.
    [[nodiscard]] bool hold(const Draw& draw, std::uint64_t block, std::uint64_t index,
                            Tally& tally) {
        const Case untouched = draw.drawn;
        const std::vector<laws::Law>& all = assignment_.offer.laws;
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (page_.stop) return false;
            page_.law = static_cast<std::uint32_t>(k);
            page_.law_since = now();
            page_.doing = Doing::asking;
            const check::Report report = laws::ask(all[k], *subject_, draw.drawn, draw.law_seed);
            tally.counts += report.counts;
            if (report.verdict == check::Verdict::undecided) tally.undecided = 1;
            if (!same_numbers(untouched, draw.drawn)) {
                // Whatever the law says, it says of another case than it was asked about.
                tally.failing = 1;
                const laws::Law& law = *laws::find_law(laws::kMemoryIsRespected);
                descend(law, untouched, draw, place_of(block, index, untouched),
                        laws::ask(law, *subject_, untouched, draw.law_seed));
                return true;
            }
            if (report.holds()) continue;
            tally.failing = 1;
            descend(all[k], draw.drawn, draw, place_of(block, index, draw.drawn), report);
            return true;
        }
        return true;
    }

    void descend(const laws::Law& law, const Case& broken, const Draw& draw, const Place& place,
                 const check::Report& report) {
        for (Known& known : known_) {
            if (known.finding.place == place) return;  // this case, in a run that was cut off
            if (!resembles(known.finding, law, report, broken)) continue;
            if (is_looked_into(known.again++, draw.law_seed)) break;
            return tell({FrameKind::resembles, known.finding.name});
        }
        laws::Finding finding;
        finding.law = &law;
        finding.minimal = broken;
        finding.report = report;
        finding.law_seed = draw.law_seed;
        finding.cut_short = true;
        tell({FrameKind::failing, to_json(told(finding, place, assignment_.settings.gradproof))});

        page_.doing = Doing::shrinking;
        laws::Descent descent = assignment_.descent;
        descent.progress = [&](std::size_t) {
            page_.law_since = now();
            return !page_.stop;
        };
        try {
            finding = report.fault == subject::FaultKind::hung
                          ? minimal_of_hang(finding, descent)
                          : laws::minimal(*subject_, finding, descent);
            if (finding.repeats && !finding.report.fault && !page_.stop) {
                page_.law_since = now();
                finding.report.diagnosis = laws::diagnosis(
                    *subject_, law, finding.minimal, {&broken, &draw.generator}, draw.law_seed);
            }
        } catch (const std::exception& error) {
            // A subject that does not start again, say: the finding stays one, as it was met.
            finding.cut_short = true;
            finding.report.remark += fmt::format(
                "{}not made simpler: {}", finding.report.remark.empty() ? "" : "; ", error.what());
        }
        tell({FrameKind::finding, to_json(told(finding, place, assignment_.settings.gradproof))});
    }

    /// Of a subject in another process, which tells of a hang itself: asked with a limit of its own.
    [[nodiscard]] laws::Finding minimal_of_hang(laws::Finding found,
                                                const laws::Descent& descent) const {
        const auto impatient =
            made(assignment_.offer, impatient_limits(assignment_.settings.limits), page_);
        laws::Finding finding = laws::minimal(*impatient, found, descent);
        if (!finding.repeats) return finding;
        const check::Report patient =
            laws::ask(*found.law, *subject_, finding.minimal, found.law_seed);
        if (patient.fault != subject::FaultKind::hung) return found;  // it was slow, and no more
        finding.report = patient;
        return finding;
    }
};

}  // namespace

subject::Limits impatient_limits(subject::Limits limits) {
    constexpr int share = 20;
    constexpr std::chrono::milliseconds shortest{100};
    limits.answer = std::min(limits.answer, std::max(limits.answer / share, shortest));
    return limits;
}

std::unique_ptr<subject::ProgramSubject> made(const Offer& offer, const subject::Limits& limits,
                                              SharedPage& page) {
    std::unique_ptr<subject::ProgramSubject> subject = offer.make(limits);
    page.memory_before = subject::resident_memory(::getpid());
    if (!offer.in_process) return subject;
    return std::make_unique<WatchedSubject>(std::move(subject), page);
}

void work(const Assignment& assignment, SharedPage& page, int socket) {
    Worker(assignment, page, socket).run();
}

}  // namespace gradproof::campaign
