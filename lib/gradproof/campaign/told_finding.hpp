// A finding as it is told between processes and in the journal: what it is, and its case file's text.
#pragma once

#include <gradproof/campaign/signature.hpp>
#include <gradproof/laws/search.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gradproof::campaign {

/// Where a case stands among those of a campaign, and which it is: what is drawn there depends on who has
/// extra turns, too.
struct Place {
    std::uint64_t block = 0, index = 0;
    std::uint64_t sum = 0;  ///< the checksum of the case's text

    [[nodiscard]] bool operator==(const Place&) const = default;
};

struct ToldFinding {
    Signature signature;
    bool fault = false;     ///< the subject did not answer
    std::string name;       ///< of its file, without the ending; another one for each signature
    std::string headline;   ///< the report's first line
    std::string diagnosis;  ///< what mistake it is, in a sentence; empty where none was found
    Place place;            ///< of the case as it was found
    std::size_t tries = 0, shrinks = 0;
    bool cut_short = false;  ///< a simpler case may be there
    std::string file;        ///< the text of its case file

    [[nodiscard]] bool operator==(const ToldFinding&) const = default;
};

[[nodiscard]] Place place_of(std::uint64_t block, std::uint64_t index, const cases::Case& drawn);

/// `version` is gradproof's.
[[nodiscard]] ToldFinding told(const laws::Finding& finding, const Place& place,
                               std::string_view version);

/// Whether one more case that resembles a finding, met `again` so many times before, is made simpler all the
/// same: there may be another finding behind it. The first time, then ever more rarely, one in 50 in the end.
[[nodiscard]] bool is_looked_into(std::uint64_t again, std::uint64_t law_seed);

/// Whether a case that breaks a law as `known` does most probably does so for the same reason: it has all of
/// its primitives.
[[nodiscard]] bool resembles(const ToldFinding& known, const laws::Law& law,
                             const check::Report& report, const cases::Case& drawn);

}  // namespace gradproof::campaign
