// The account of a campaign: what the lines of its journal come to.
#pragma once

#include <gradproof/campaign/journal_text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::campaign {

/// A finding and how often it was met after the first time.
struct Met {
    ToldFinding finding;
    std::uint64_t again = 0;
};

class Account {
public:
    /// Throws `std::invalid_argument` for a line that does not fit those before it.
    void add(const Line& line);

    /// Nothing before the first line.
    [[nodiscard]] const std::optional<Settings>& settings() const { return settings_; }
    [[nodiscard]] const std::vector<Met>& findings() const { return findings_; }
    [[nodiscard]] const Tally& tally() const { return tally_; }
    [[nodiscard]] double seconds() const { return seconds_; }
    /// Why gradproof gave cases up, the first few reasons.
    [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }
    /// What is done; of one shard only.
    [[nodiscard]] const Ground& ground() const { return *ground_; }

    /// The finding that this one is; nullptr for a new one. Two findings are one if they break the same law
    /// in the same way and the known one's primitives are all in the new one. After ten findings of several
    /// primitives of one kind, a further one counts for the most similar. A finding cut short may match
    /// another kind.
    [[nodiscard]] const ToldFinding* known(const ToldFinding& finding) const;

private:
    std::optional<Settings> settings_;
    std::optional<Ground> ground_;
    std::vector<Met> findings_;
    Tally tally_;
    double seconds_ = 0;
    std::vector<std::string> remarks_;

    void count(const Settings& settings);
    void count(const ToldFinding& finding);
    void count(const DoneSpan& done);
    void count(const Again& again);
    void count_again(const std::string& name, std::uint64_t times);
};

}  // namespace gradproof::campaign
