// A campaign that is killed, at any moment, loses nothing and tells nothing twice.
#include "killed_campaign.hpp"

#include <cstdio>

#include <gtest/gtest.h>

namespace gradproof::campaign {
namespace {

TEST(AKilledCampaign, goes_on_and_has_every_finding_once) {
    Kills kills;
    for (std::uint64_t seed = 0; seed < 2; ++seed) run_killed_campaign(seed, kills);
    std::printf("%zu kills at calls, %zu at moments\n", kills.at_calls, kills.at_moments);
    EXPECT_GT(kills.at_calls, 0U);
    EXPECT_GT(kills.at_moments, 0U);
}

}  // namespace
}  // namespace gradproof::campaign
