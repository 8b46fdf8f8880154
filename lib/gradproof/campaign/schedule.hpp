// The schedule: which cases a campaign draws. Each is a function of the campaign's seed, its block and
// index, and the primitives that have extra turns there.
#pragma once

#include <gradproof/campaign/offer.hpp>
#include <gradproof/campaign/settings.hpp>
#include <gradproof/campaign/span.hpp>
#include <gradproof/campaign/told_finding.hpp>
#include <gradproof/case/case.hpp>
#include <gradproof/generate/program_case.hpp>

#include <rapidcheck/Gen.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gradproof::campaign {

/// A case with what its laws are asked with.
struct Draw {
    cases::Case drawn;
    std::uint64_t law_seed = 0;
    rc::Gen<cases::Case> generator;  ///< of more like it
};

/// How many primitives have extra turns at a time. A case in four is drawn in favour of them, so that the
/// others keep three quarters of theirs.
inline constexpr std::size_t kMostFavoured = 8;

class Schedule {
public:
    /// Keeps references to both. Throws `std::invalid_argument` for numbers that the subject does not compute
    /// in, and where no shape that it takes fits any of its primitives; those that none fits are not drawn.
    Schedule(const Settings& settings, const Offer& offer);

    /// Single primitives, programs, small nets and cases at kinks by turns, in the numbers that the subject
    /// takes. Programs are small in a shard's first blocks and grow up to what it takes.
    [[nodiscard]] Draw draw(const Span& span, std::uint64_t index) const;

    /// Those of the last findings, and those that have been drawn least.
    [[nodiscard]] std::vector<std::string> favoured(const std::vector<std::string>& of_findings,
                                                    const Coverage& coverage) const;

private:
    const Settings& settings_;
    const Offer& offer_;
    std::vector<const backprop::Primitive*> primitives_;
    std::vector<scalar::Precision> numbers_;

    /// All but the number of nodes.
    [[nodiscard]] generate::ProgramBounds bounds() const;
    [[nodiscard]] std::size_t most_nodes(std::uint64_t block) const;
};

}  // namespace gradproof::campaign
