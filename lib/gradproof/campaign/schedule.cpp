// Drawing the cases, and choosing who has extra turns.
#include <gradproof/campaign/schedule.hpp>

#include <gradproof/generate/kink_case.hpp>
#include <gradproof/generate/net_case.hpp>
#include <gradproof/generate/primitive_case.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace gradproof::campaign {

namespace {

using backprop::Primitive;
using cases::Case;
using generate::Dice;

constexpr std::size_t kFirstNodes = 3;                  ///< of programs in a shard's first block
constexpr std::uint64_t kBlocksPerNode = 2;             ///< until they may have one more
constexpr std::size_t kLargest = 30, kHighestRank = 4;  ///< whatever the subject takes
constexpr int kDraws = 20;  ///< of a kind, until one keeps to what the subject takes

}  // namespace

Schedule::Schedule(const Settings& settings, const Offer& offer)
    : settings_(settings), offer_(offer), primitives_(primitives_of(offer)) {
    for (const scalar::Precision each : offer.greeting.numbers) {
        const bool narrow = each == scalar::Precision::binary32;
        if (settings.numbers.empty() || (settings.numbers == "binary32") == narrow)
            numbers_.push_back(each);
    }
    if (numbers_.empty())
        throw std::invalid_argument("--numbers: given " + settings.numbers +
                                    ", which the subject does not compute in; leave it out");
    std::erase_if(primitives_,
                  [&](const Primitive* each) { return !generate::fits(*each, bounds()); });
    if (primitives_.empty()) {
        throw std::invalid_argument(
            fmt::format("the subject's greeting: none of its primitives has operands and a result "
                        "of at most {} axes; greet with a higher \"rank\"",
                        bounds().highest_rank));
    }
}

generate::ProgramBounds Schedule::bounds() const {
    generate::ProgramBounds bounds;
    bounds.highest_rank =
        std::min(kHighestRank, offer_.greeting.highest_rank.value_or(kHighestRank));
    return bounds;
}

std::size_t Schedule::most_nodes(std::uint64_t block) const {
    const std::size_t most = std::min(kLargest, offer_.greeting.most_nodes.value_or(kLargest));
    const std::uint64_t grown = kFirstNodes + settings_.shards.turn(block) / kBlocksPerNode;
    return static_cast<std::size_t>(std::min<std::uint64_t>(most, grown));
}

Draw Schedule::draw(const Span& span, std::uint64_t index) const {
    const rc::Random::Key key{settings_.seed, span.block, index, 0};
    Dice dice{rc::Random(key)};
    const scalar::Precision numbers =
        numbers_.size() == 1 || dice.chance(75) ? numbers_.front() : numbers_.back();
    std::vector<const Primitive*> favoured;
    for (const std::string& name : span.favoured) favoured.push_back(&primitives::primitive(name));
    const bool in_favour = !favoured.empty() && dice.chance(25);

    generate::ProgramBounds bounds = this->bounds();
    bounds.most_nodes = most_nodes(span.block);
    if (in_favour || !offer_.greeting.primitives.empty()) bounds.primitives = primitives_;
    if (in_favour) {
        // As many more times as all others together, so that every other node is of them.
        for (std::size_t k = 0; k < primitives_.size(); ++k)
            bounds.primitives.push_back(favoured[k % favoured.size()]);
    }
    const Primitive& one = *dice.one_of(in_favour ? favoured : primitives_);

    const std::size_t kind = bounds.most_nodes == 1 ? 0 : dice.weighted({35, 45, 12, 8});
    const rc::Gen<Case> kinds[] = {generate::primitive_case(one, numbers),
                                   generate::program_case(bounds, numbers),
                                   generate::net_case({}, numbers), generate::kink_case(numbers)};
    for (int k = 0; k < kDraws; ++k) {
        rc::Random random(dice.bits());
        Case drawn = kinds[kind](random, rc::kNominalSize).value();
        if (!subject::beyond(offer_.greeting, drawn))
            return {std::move(drawn), dice.bits(), kinds[kind]};
    }
    return {kinds[1](rc::Random(dice.bits()), rc::kNominalSize).value(), dice.bits(), kinds[1]};
}

std::vector<std::string> Schedule::favoured(const std::vector<std::string>& of_findings,
                                            const Coverage& coverage) const {
    std::vector<std::string> names;
    const auto favour = [&](std::string_view name) {
        const bool taken = std::ranges::any_of(
            primitives_, [&](const Primitive* each) { return each->name == name; });
        if (taken && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
    };
    for (auto name = of_findings.rbegin(); name != of_findings.rend(); ++name) {
        if (names.size() < kMostFavoured / 2) favour(*name);
    }
    std::vector<const Primitive*> least = primitives_;
    std::ranges::stable_sort(
        least, {}, [&](const Primitive* each) { return coverage.nodes[place_of(*each)]; });
    for (const Primitive* each : least) {
        if (names.size() < kMostFavoured) favour(each->name);
    }
    return names;
}

}  // namespace gradproof::campaign
