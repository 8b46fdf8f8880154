// Copying the lines of journals, with known findings told as such.
#include <gradproof/campaign/merge.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace gradproof::campaign {

namespace {

namespace fs = std::filesystem;

[[nodiscard]] Settings joined_settings(const std::vector<fs::path>& folders) {
    Settings joined;
    for (const fs::path& folder : folders) {
        const Settings settings = *read_journal(folder).settings();
        if (&folder == &folders.front()) {
            joined = settings;
            continue;
        }
        if (const auto other = difference(settings, joined, false)) {
            throw std::invalid_argument(
                fmt::format("{}: {} ({}); only shards of one campaign can be merged",
                            folder.string(), *other, folders.front().string()));
        }
        if (settings.shards.of != joined.shards.of) {
            throw std::invalid_argument(fmt::format(
                "{}: it is shard {}, where {} is shard {}; wanted the same number of shards",
                folder.string(), to_text(settings.shards), folders.front().string(),
                to_text(joined.shards)));
        }
        for (const std::uint64_t each : settings.shards.mine) {
            if (std::ranges::find(joined.shards.mine, each) != joined.shards.mine.end()) {
                throw std::invalid_argument(
                    fmt::format("{}: shard {}/{} is given twice; leave one of them out",
                                folder.string(), each, settings.shards.of));
            }
            joined.shards.mine.push_back(each);
        }
    }
    std::ranges::sort(joined.shards.mine);
    return joined;
}

/// Adds the lines of one journal.
class Copied {
public:
    explicit Copied(Journal& out) : out_(out) {}

    void add(const Settings&) {}
    void add(const ToldFinding& finding) {
        const ToldFinding* known = out_.account().known(finding);
        name_[finding.name] = known == nullptr ? finding.name : known->name;
        if (known == nullptr) {
            out_.add(finding);
        } else {
            out_.add(Again{known->name, 1});
        }
    }
    void add(DoneSpan done) {
        std::map<std::string, std::uint64_t> again;
        for (const auto& [name, times] : done.again) again[name_.at(name)] += times;
        done.again = std::move(again);
        out_.add(done);
    }
    void add(const Again& again) { out_.add(Again{name_.at(again.name), again.times}); }

private:
    Journal& out_;
    std::map<std::string, std::string> name_;  ///< that a finding has in the merge
};

}  // namespace

Journal merge(const std::vector<fs::path>& folders, const fs::path& out) {
    Journal journal = Journal::begin(out, joined_settings(folders));
    for (const fs::path& folder : folders) {
        Copied copied(journal);
        static_cast<void>(read_journal(folder, [&](const Line& line) {
            std::visit([&](const auto& each) { copied.add(each); }, line);
        }));
    }
    journal.flush();
    return journal;
}

}  // namespace gradproof::campaign
