// What reading RC_PARAMS must hold: it means what RapidCheck takes it to mean, and nothing is ignored.
#include <gradproof/testing/rc_params.hpp>

#include <limits>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/Configuration.h>
#include <rapidcheck/gtest.h>

namespace {

using gradproof::testing::rc_params_text;
using gradproof::testing::RcParams;
using gradproof::testing::read_rc_params;

/// What read_rc_params() says to a text that it refuses; empty if it takes it.
std::string refusal_of(const std::string& text) {
    try {
        static_cast<void>(read_rc_params(text));
        return "";
    } catch (const std::invalid_argument& refusal) {
        return refusal.what();
    }
}

TEST(ReadingRcParams, takes_an_empty_text_as_no_settings) {
    EXPECT_EQ(read_rc_params(""), RcParams{});
    EXPECT_EQ(read_rc_params("  \t\n"), RcParams{});
}

TEST(ReadingRcParams, takes_every_setting_of_rapidcheck) {
    const RcParams params = read_rc_params(
        "seed=18446744073709551615 max_success=7 max_size = 0\tmax_discard_ratio=3 noshrink=1 "
        "verbose_progress='0' verbose_shrinking=\"1\"");
    EXPECT_EQ(params, (RcParams{{"seed", "18446744073709551615"},
                                {"max_success", "7"},
                                {"max_size", "0"},
                                {"max_discard_ratio", "3"},
                                {"noshrink", "1"},
                                {"verbose_progress", "0"},
                                {"verbose_shrinking", "1"}}));
}

TEST(ReadingRcParams, lets_the_last_of_two_values_win) {
    EXPECT_EQ(read_rc_params("seed=1 seed=2"), (RcParams{{"seed", "2"}}));
}

TEST(ReadingRcParams, refuses_an_unknown_setting_and_names_those_there_are) {
    EXPECT_EQ(
        refusal_of("max_success=5 sede=1"),
        "RC_PARAMS: unknown setting \"sede\"; the settings are seed, max_success, max_size, "
        "max_discard_ratio, "
        "noshrink, verbose_progress, verbose_shrinking, reproduce. Correct RC_PARAMS or unset it.");
}

TEST(ReadingRcParams, refuses_a_malformed_number_and_says_what_was_given_and_wanted) {
    EXPECT_EQ(refusal_of("max_success=1e3"),
              "RC_PARAMS: max_success is \"1e3\"; wanted is a whole number from 1 to 2147483647. "
              "Correct RC_PARAMS or unset it.");
}

TEST(ReadingRcParams, refuses_whatever_rapidcheck_would_bend_or_ignore) {
    // RapidCheck reads each of these without a word: as 12, as 2^64 - 1, as nothing, up to the `=`, as no cases at all.
    for (const char* text :
         {"seed=12abc", "seed=-1", "seed", "=5 seed=1", "max_success=0", "max_success=0x10"}) {
        EXPECT_NE(refusal_of(text), "") << text;
    }
    for (const char* text : {"seed=", "seed=18446744073709551616", "max_size=-1",
                             "max_size=2147483648", "noshrink=yes", "noshrink=2",
                             "verbose_progress=", "seed='1", "seed=1 'max_size", "seed=1\\"}) {
        EXPECT_NE(refusal_of(text), "") << text;
    }
}

TEST(ReadingRcParams, takes_a_reproduce_string_that_rapidcheck_printed_and_no_other) {
    rc::detail::Configuration failed;
    failed.reproduce["a property, it's \"named\" so"] =
        rc::detail::Reproduce{rc::Random(5), 10, {1, 0, 2}};
    const std::string printed = rc::detail::configToString(failed);
    EXPECT_EQ(refusal_of(printed), "");
    EXPECT_NE(refusal_of("reproduce="), "");
    EXPECT_NE(refusal_of("reproduce=nonsense"), "");
}

rc::Gen<RcParams> some_params() {
    const auto whole = [](int least) {
        return rc::gen::map(
            rc::gen::resize(rc::kNominalSize,
                            rc::gen::inRange(least, std::numeric_limits<int>::max())),
            [](int value) { return std::to_string(value); });
    };
    const auto flag = rc::gen::element<std::string>("0", "1");
    return rc::gen::map(rc::gen::tuple(rc::gen::map(rc::gen::arbitrary<std::uint64_t>(),
                                                    [](auto seed) { return std::to_string(seed); }),
                                       whole(1), whole(0), whole(0), flag, flag, flag),
                        [](const auto& values) {
                            return RcParams{{"seed", std::get<0>(values)},
                                            {"max_success", std::get<1>(values)},
                                            {"max_size", std::get<2>(values)},
                                            {"max_discard_ratio", std::get<3>(values)},
                                            {"noshrink", std::get<4>(values)},
                                            {"verbose_progress", std::get<5>(values)},
                                            {"verbose_shrinking", std::get<6>(values)}};
                        });
}

RC_GTEST_PROP(ReadingRcParams, reads_back_what_it_wrote_and_rapidcheck_means_the_same, ()) {
    const RcParams params = *some_params();
    const std::string text = rc_params_text(params);
    RC_ASSERT(read_rc_params(text) == params);

    const rc::detail::Configuration meant = rc::detail::configFromString(text);
    RC_ASSERT(std::to_string(meant.testParams.seed) == params.at("seed"));
    RC_ASSERT(std::to_string(meant.testParams.maxSuccess) == params.at("max_success"));
    RC_ASSERT(std::to_string(meant.testParams.maxSize) == params.at("max_size"));
    RC_ASSERT(std::to_string(meant.testParams.maxDiscardRatio) == params.at("max_discard_ratio"));
    RC_ASSERT(meant.testParams.disableShrinking == (params.at("noshrink") == "1"));
    RC_ASSERT(meant.verboseProgress == (params.at("verbose_progress") == "1"));
    RC_ASSERT(meant.verboseShrinking == (params.at("verbose_shrinking") == "1"));
}

RC_GTEST_PROP(ReadingRcParams, takes_or_refuses_any_text_and_does_nothing_else, ()) {
    // Every letter that the grammar knows, so that quotes, escapes and pairs meet in all orders.
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("seed= '\"\\1\tmax_")));
    const std::string refusal = refusal_of(text);
    if (refusal.empty()) static_cast<void>(rc::detail::configFromString(text));
}

}  // namespace
