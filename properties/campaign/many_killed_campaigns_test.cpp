// A thousand campaigns, killed several times each: inside writes, before renames, while findings are made
// simpler, at any moment.
#include "killed_campaign.hpp"

#include <cstdio>

#include <gtest/gtest.h>

namespace gradproof::campaign {
namespace {

TEST(AThousandKilledCampaigns, have_every_finding_once) {
    Kills kills;
    for (std::uint64_t seed = 1000; seed < 2000; ++seed) {
        run_killed_campaign(seed, kills);
        if (HasFailure()) break;
        if ((seed - 999) % 50 == 0) {
            std::printf("  %zu of 1000 campaigns\n", kills.campaigns);
            std::fflush(stdout);
        }
    }
    std::printf(
        "%zu campaigns, killed %zu times at calls that write and %zu times at other moments, %zu "
        "of "
        "them while shrinking; %zu findings, %zu printed\n",
        kills.campaigns, kills.at_calls, kills.at_moments, kills.shrinking, kills.findings,
        kills.printed);
    EXPECT_GT(kills.at_calls, 500U);
    EXPECT_GT(kills.shrinking, 20U);
}

}  // namespace
}  // namespace gradproof::campaign
