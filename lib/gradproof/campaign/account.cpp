// Adding up the lines.
#include <gradproof/campaign/account.hpp>

#include <algorithm>
#include <stdexcept>
#include <variant>

namespace gradproof::campaign {

namespace {

constexpr std::size_t kMostRemarks = 10;

/// What breaks a law in programs of several primitives only, the same kind of mistake in ever other
/// company, says nothing new after so many findings.
constexpr std::size_t kMostAlike = 10;

}  // namespace

void Account::add(const Line& line) {
    if (!settings_ && !std::holds_alternative<Settings>(line))
        throw std::invalid_argument("the first line is none of settings");
    std::visit([this](const auto& each) { count(each); }, line);
}

void Account::count(const Settings& settings) {
    if (settings_) throw std::invalid_argument("there are settings for a second time");
    settings_ = settings;
    ground_.emplace(settings.shards);
}

void Account::count(const ToldFinding& finding) {
    for (const Met& met : findings_) {
        if (met.finding.name == finding.name)
            throw std::invalid_argument("the finding " + finding.name + " is there twice");
    }
    findings_.push_back({finding, 0});
}

void Account::count(const DoneSpan& done) {
    if (settings_->shards.mine.size() == 1 && !ground_->add(done.span)) {
        throw std::invalid_argument("cases of block " + std::to_string(done.span.block) +
                                    " are there twice, or of another shard");
    }
    tally_ += done.tally;
    seconds_ += done.seconds;
    for (const auto& [name, times] : done.again) count_again(name, times);
    for (const std::string& remark : done.remarks) {
        if (remarks_.size() < kMostRemarks) remarks_.push_back(remark);
    }
}

void Account::count(const Again& again) { count_again(again.name, again.times); }

void Account::count_again(const std::string& name, std::uint64_t times) {
    const auto met =
        std::ranges::find_if(findings_, [&](const Met& each) { return each.finding.name == name; });
    if (met == findings_.end())
        throw std::invalid_argument("the finding " + name + " is there again before it was made");
    met->again += times;
}

const ToldFinding* Account::known(const ToldFinding& finding) const {
    const Signature& signature = finding.signature;
    std::vector<const ToldFinding*> crowd;  // of the same kind, by several primitives together
    for (const Met& met : findings_) {
        const Signature& known = met.finding.signature;
        // What was cut short may have no diagnosis yet.
        const bool undiagnosed = finding.cut_short && !finding.fault && !met.finding.fault;
        if (known.law != signature.law || (known.kind != signature.kind && !undiagnosed)) continue;
        if (std::ranges::includes(signature.primitives, known.primitives)) return &met.finding;
        if (known.primitives.size() > 1) crowd.push_back(&met.finding);
    }
    if (signature.primitives.size() == 1 || crowd.size() < kMostAlike) return nullptr;
    return *std::ranges::max_element(crowd, {}, [&](const ToldFinding* each) {
        return std::ranges::count_if(each->signature.primitives, [&](const std::string& name) {
            return signature.primitives.contains(name);
        });
    });
}

}  // namespace gradproof::campaign
