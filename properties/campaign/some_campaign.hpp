// Small campaigns for tests.
#pragma once

#include "planted_subjects.hpp"

#include <gradproof/campaign/campaign.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <memory>
#include <utility>

namespace gradproof::campaign {

/// Of a few primitives, so that a finding among them comes soon.
[[nodiscard]] inline Offer some_offer(
    std::function<std::unique_ptr<subject::ProgramSubject>()> make) {
    Offer offer;
    offer.greeting.name = make()->name();
    for (const auto* name : {"add", "exp", "hadamard", "tanh", "sum"})
        offer.greeting.primitives.push_back(&primitives::primitive(name));
    offer.greeting.highest_rank = 2;
    offer.make = [make = std::move(make)](const subject::Limits&) { return make(); };
    offer.laws = laws_for_strangers();
    return offer;
}

[[nodiscard]] inline Offer sound_offer() {
    return some_offer([] { return std::make_unique<subject::Backprop>(); });
}

[[nodiscard]] inline Settings some_settings(std::uint64_t seed = 1) {
    Settings settings;
    settings.gradproof = "0.1.0";
    settings.seed = seed;
    settings.subject = "a subject";
    return settings;
}

/// So many cases, one process at a time.
[[nodiscard]] inline Plan cases_alone(std::uint64_t cases) {
    Plan plan;
    plan.cases = cases;
    return plan;
}

}  // namespace gradproof::campaign
