// What is drawn: a function of seed, block and index; shards share it out; nobody starves.
#include "some_campaign.hpp"

#include <gradproof/campaign/schedule.hpp>
#include <gradproof/case/file.hpp>

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace gradproof::campaign {
namespace {

using scalar::Precision;

[[nodiscard]] Offer whole_offer() {
    Offer offer;
    offer.greeting.name = "all";
    offer.greeting.numbers = {Precision::binary64, Precision::binary32};
    return offer;
}

[[nodiscard]] std::string text_of_draw(const Draw& draw) {
    return cases::write(draw.drawn) + std::to_string(draw.law_seed);
}

TEST(ASchedule, draws_the_same_case_at_the_same_place_and_others_elsewhere) {
    const Offer offer = whole_offer();
    const Settings settings = some_settings(3), others = some_settings(4);
    const Schedule one(settings, offer), same(settings, offer), other(others, offer);
    std::set<std::string> texts;
    for (std::uint64_t block = 0; block < 4; ++block) {
        for (std::uint64_t index = 0; index < 10; ++index) {
            const Span span{block, 0, kBlock, {"tanh"}};
            const std::string text = text_of_draw(one.draw(span, index));
            EXPECT_EQ(text_of_draw(same.draw(span, index)), text);
            EXPECT_NE(text_of_draw(other.draw(span, index)), text);
            texts.insert(text);
        }
    }
    EXPECT_EQ(texts.size(), 40U);
}

TEST(ASchedule, keeps_to_what_the_subject_takes) {
    Offer offer = some_offer([] { return std::make_unique<subject::Backprop>(); });
    offer.greeting.primitives.push_back(&primitives::primitive("conv2d"));
    offer.greeting.most_nodes = 5;
    offer.greeting.highest_rank = 1;
    offer.greeting.numbers = {Precision::binary32};
    const Settings settings = some_settings(1);
    const Schedule schedule(settings, offer);
    std::size_t largest = 0;
    for (std::uint64_t index = 0; index < 300; ++index) {
        const Draw draw = schedule.draw({index, 0, kBlock, {}}, index % kBlock);
        EXPECT_EQ(subject::beyond(offer.greeting, draw.drawn), std::nullopt);
        EXPECT_EQ(draw.drawn.precision, Precision::binary32);
        largest = std::max(largest, draw.drawn.graph.nodes.size() - draw.drawn.graph.inputs.size());
    }
    EXPECT_EQ(largest, 5U);
}

TEST(ASchedule, refuses_a_subject_whose_primitives_do_not_fit_its_shapes) {
    Offer offer = some_offer([] { return std::make_unique<subject::Backprop>(); });
    offer.greeting.primitives = {&primitives::primitive("matmul"),
                                 &primitives::primitive("conv2d")};
    offer.greeting.highest_rank = 1;
    const Settings settings = some_settings(1);
    EXPECT_THROW(Schedule(settings, offer), std::invalid_argument);
}

TEST(ASchedule, draws_single_primitives_for_a_subject_that_takes_no_programs) {
    Offer offer = sound_offer();
    offer.greeting.most_nodes = 1;
    const Settings settings = some_settings(1);
    const Schedule schedule(settings, offer);
    for (std::uint64_t index = 0; index < kBlock; ++index) {
        const backprop::Graph graph = schedule.draw({0, 0, kBlock, {}}, index).drawn.graph;
        EXPECT_EQ(graph.nodes.size() - graph.inputs.size(), 1U);
    }
}

TEST(ASchedule, refuses_numbers_that_the_subject_does_not_compute_in) {
    const Offer offer = sound_offer();
    Settings settings = some_settings(1);
    settings.numbers = "binary32";
    EXPECT_THROW(Schedule(settings, offer), std::invalid_argument);
}

/// Nodes of each primitive in so many cases.
[[nodiscard]] Coverage covered(const Schedule& schedule, const Span& span, std::uint64_t cases) {
    Coverage coverage;
    for (std::uint64_t k = 0; k < cases; ++k) {
        Span here = span;
        here.block = span.block + k / kBlock;
        coverage.add(schedule.draw(here, k % kBlock).drawn);
    }
    return coverage;
}

TEST(ASchedule, gives_turns_to_all_and_more_to_those_it_favours) {
    const Offer offer = whole_offer();
    const Settings settings = some_settings(5);
    const Schedule schedule(settings, offer);
    const Coverage plain = covered(schedule, {100, 0, kBlock, {}}, 2000);
    const Coverage favouring = covered(schedule, {100, 0, kBlock, {"cosh"}}, 2000);
    EXPECT_EQ(plain.primitives_seen(), primitives::catalogue().size());
    EXPECT_EQ(favouring.primitives_seen(), primitives::catalogue().size());
    const std::size_t cosh = place_of(primitives::primitive("cosh"));
    EXPECT_GT(favouring.nodes[cosh], 5 * plain.nodes[cosh]);
}

TEST(ASchedule, favours_the_primitives_of_the_last_findings_and_those_drawn_least) {
    const Offer offer = sound_offer();
    const Settings settings = some_settings(1);
    const Schedule schedule(settings, offer);
    Coverage coverage;
    for (const auto* each : offer.greeting.primitives) coverage.nodes[place_of(*each)] = 100;
    coverage.nodes[place_of(primitives::primitive("sum"))] = 1;
    const std::vector<std::string> favoured = schedule.favoured({"tanh", "unheard of"}, coverage);
    ASSERT_GE(favoured.size(), 2U);
    EXPECT_EQ(favoured[0], "tanh");
    EXPECT_EQ(favoured[1], "sum");
}

TEST(ASchedule, begins_with_small_programs_and_comes_to_large_ones) {
    const Offer offer = whole_offer();
    const Settings settings = some_settings(1);
    const Schedule schedule(settings, offer);
    const auto largest = [&](std::uint64_t first_block) {
        std::size_t most = 0;
        for (std::uint64_t k = 0; k < 5 * kBlock; ++k) {
            const Span span{first_block + k / kBlock, 0, kBlock, {}};
            const auto& graph = schedule.draw(span, k % kBlock).drawn.graph;
            most = std::max(most, graph.nodes.size() - graph.inputs.size());
        }
        return most;
    };
    EXPECT_LT(largest(0), 13U);  // a net of three layers and a loss has as many nodes
    EXPECT_GT(largest(1000), 15U);
}

TEST(Coverage, counts_programs_in_float_that_leave_the_range_of_float_in_double) {
    Offer offer = whole_offer();
    const Settings settings = some_settings(2);
    Settings narrow = settings;
    narrow.numbers = "binary32";
    const Schedule schedule(narrow, offer);
    EXPECT_GT(covered(schedule, {0, 0, kBlock, {}}, 3000).edges_seen(), 100U);
}

TEST(Shards, have_blocks_of_their_own_and_all_blocks_together) {
    for (const std::uint64_t of : {1U, 2U, 3U, 7U}) {
        std::set<std::uint64_t> blocks;
        for (std::uint64_t i = 1; i <= of; ++i) {
            const Shards shard{of, {i}};
            for (std::uint64_t k = 0; k < 50; ++k) {
                EXPECT_TRUE(blocks.insert(shard.block(k)).second);
                EXPECT_EQ(shard.turn(shard.block(k)), k);
            }
        }
        EXPECT_EQ(blocks.size(), 50 * of);
        EXPECT_EQ(*blocks.rbegin(), 50 * of - 1);
    }
}

TEST(Shards, are_read_as_they_are_written_and_nothing_else_is) {
    for (const auto* text : {"1/1", "2/8", "8/8", "1000000/1000000"})
        EXPECT_EQ(to_text(read_shard(text)), text);
    for (const auto* text : {"", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1 /2", "1/2 ",
                             "1/99999999", "+1/2"})
        EXPECT_THROW(static_cast<void>(read_shard(text)), std::invalid_argument) << text;
}

/// The ground against a plain set of cases.
RC_GTEST_PROP(Ground, tells_what_is_done_and_what_is_left, ()) {
    const Shards shards{3, {2}};
    Ground ground(shards);
    std::set<std::pair<std::uint64_t, std::uint64_t>> done;
    const auto below = [](std::uint64_t count) {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint64_t>(0, count));
    };
    std::uint64_t last = 0;
    for (int k = 0; k < 40; ++k) {
        Span span;
        span.block = shards.block(below(4));
        const bool whole = below(3) == 0;
        span.from = whole ? 0 : below(kBlock);
        span.to = whole ? kBlock : span.from + 1 + below(kBlock - span.from);
        bool fresh = true;
        for (std::uint64_t index = span.from; index < span.to; ++index)
            fresh = fresh && !done.contains({span.block, index});
        RC_ASSERT(ground.add(span) == fresh);
        if (!fresh) continue;
        for (std::uint64_t index = span.from; index < span.to; ++index)
            done.insert({span.block, index});
        last = std::max(last, span.block);
    }
    std::set<std::pair<std::uint64_t, std::uint64_t>> left;
    for (const Span& gap : ground.gaps()) {
        for (std::uint64_t index = gap.from; index < gap.to; ++index)
            RC_ASSERT(left.insert({gap.block, index}).second);
    }
    for (std::uint64_t k = 0; shards.block(k) <= last; ++k) {
        for (std::uint64_t index = 0; index < kBlock; ++index) {
            const std::pair<std::uint64_t, std::uint64_t> place{shards.block(k), index};
            RC_ASSERT(done.contains(place) != left.contains(place));
        }
    }
    RC_ASSERT(ground.next_block() == last + shards.of);
    RC_ASSERT(!ground.add({0, 0, 1, {}}));  // another shard's
}

}  // namespace
}  // namespace gradproof::campaign
