// The main job: the library's primitives, random programs, small nets and cases at kinks under every law, and the
// printed derivations.
#pragma once

#include <gradproof/check/report.hpp>
#include <gradproof/cli/command.hpp>
#include <gradproof/cli/settings.hpp>
#include <gradproof/laws/search.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cli {

/// One primitive (or the programs, the nets, the kinks) under every law.
struct Row {
    std::string name;
    std::size_t cases = 0;
    std::size_t undecided_cases = 0;
    check::Counts counts;    ///< of all laws together
    check::Counts gradient;  ///< of the vjp against the oracle alone
    std::optional<laws::Finding> finding;
    std::string saved_as;      ///< the finding's file
    std::string not_saved;     ///< why there is none
    std::string unsaved_file;  ///< what it would have held
};

/// Saves the row's finding, if there is one, in `folder`, and notes where, or why not.
void save(Row& row, const std::filesystem::path& folder);

struct Verification {
    Settings settings;
    std::vector<Row> rows;
    std::vector<claims::Derivation> derivations;
    bool interrupted = false;
    double seconds = 0;

    [[nodiscard]] check::Counts totals() const;
    [[nodiscard]] bool library_holds() const;
    [[nodiscard]] bool derivations_hold() const;
    /// Whether some row has too many undecided cases (laws/undecided_share.hpp).
    [[nodiscard]] bool too_much_undecided() const;
    [[nodiscard]] bool every_finding_is_saved() const;
    [[nodiscard]] int exit_code() const;
};

/// Runs it. `only` names one primitive, and then programs, nets, kinks and derivations are left out; empty
/// means everything. Findings are saved in the working directory. Throws `std::invalid_argument` for an
/// unknown primitive.
[[nodiscard]] Verification verify(const Settings& settings, std::string_view only,
                                  const std::vector<Suite>& suites);

[[nodiscard]] std::vector<std::string> to_lines(const Verification& verification);
[[nodiscard]] std::string to_json(const Verification& verification);

/// Prints the report and, before it, the files of findings that could not be saved, whole, to standard
/// error. Returns the exit code. Throws `OutputError`.
[[nodiscard]] int print_report(const Verification& verification, bool json);

}  // namespace gradproof::cli
