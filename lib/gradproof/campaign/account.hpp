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

    /// The finding that this one is; nullptr for a new one. One that breaks the same law in the same way is
    /// taken for a known one whose primitives it has among others; and of several primitives for the most
    /// similar of ten of several primitives. One whose descent was cut short may yet have another kind.
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
