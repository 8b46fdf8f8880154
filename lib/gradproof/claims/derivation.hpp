// A printed derivation, judged: what it states, which of it is an erratum, and whether the errata
// are the recorded ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::claims {

/// A printed claim with what the oracle says to it.
struct Statement {
    enum class Kind {
        erratum,       ///< the oracle refutes the claim
        confirmation,  ///< it holds
        undecided,     ///< the oracle could not tell
    };
    Kind kind = Kind::confirmation;
    std::string id;           ///< stable, for JSON and for the list of recorded errata
    std::string claim;        ///< a sentence without its full stop, as a student would read it
    std::string printed;      ///< the number or formula that is printed
    std::string truth;        ///< of an erratum, what should stand there
    std::string error_class;  ///< of an erratum: "sign", "value", ...
    std::vector<std::string> evidence;  ///< sentences
    bool recorded = false;              ///< an erratum that stands in the recorded list
};

/// An erratum that is known: it is expected to be found again, with this class and this truth.
struct RecordedErratum {
    std::string id;
    std::string error_class;
    std::string truth;
};

struct Derivation {
    std::string title;
    std::string setting;  ///< how many cases were drawn, with which seed
    std::vector<Statement> statements;
    std::vector<RecordedErratum> gone;  ///< recorded, but not found

    [[nodiscard]] std::size_t count(Statement::Kind kind) const;
    [[nodiscard]] std::size_t unrecorded() const;  ///< errata that are not in the recorded list
    /// The errata are exactly the recorded ones, and nothing is undecided.
    [[nodiscard]] bool holds() const;
};

/// The statements held against the list of recorded errata.
[[nodiscard]] Derivation concluded(std::string title, std::string setting,
                                   std::vector<Statement> statements,
                                   const std::vector<RecordedErratum>& recorded);

[[nodiscard]] std::string_view to_words(Statement::Kind kind);

/// The derivation as lines of text: the verdict, the errata (those that are not recorded first),
/// what is gone or undecided, and the confirmations. No line is wider than `width`.
[[nodiscard]] std::vector<std::string> to_lines(const Derivation& derivation,
                                                std::size_t width = 100);

}  // namespace gradproof::claims
