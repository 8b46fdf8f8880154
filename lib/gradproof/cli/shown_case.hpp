// A saved case for people: its program with all values and cotangents, its gradient beside the oracle's.
#pragma once

#include <gradproof/case/backprop_answer.hpp>
#include <gradproof/case/file.hpp>
#include <gradproof/case/open_comparisons.hpp>
#include <gradproof/check/report.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gradproof::cli {

/// What `show` knows of a node beside its value and its cotangent.
struct ShownNode {
    bool reached = false;  ///< whether the output depends on it
    cases::OpenComparisons open;
    std::vector<std::string> at_kinks;  ///< entries of the operand that lie at a kink: "n2[0]"
    /// What its pullback adds to each operand's cotangent, flat; none for an input.
    std::vector<std::vector<double>> additions;
};

struct ShownCase {
    std::string file;
    cases::CaseFile saved;
    cases::NodeAnswers answers;             ///< one a node, in the case's precision
    std::vector<ShownNode> nodes;           ///< in the graph's order
    std::optional<check::Report> gradient;  ///< every entry; none where no derivative exists
    std::string not_judged;                 ///< then why
};

/// Reads the file and sweeps its program with the built-in library. The oracle is asked about every
/// entry of the gradient, unless some number of the case is not finite. Throws `cases::FormatError` and
/// `cases::FileError`.
[[nodiscard]] ShownCase show(const std::filesystem::path& file);

[[nodiscard]] std::vector<std::string> to_lines(const ShownCase& shown);
[[nodiscard]] std::string to_json(const ShownCase& shown);

}  // namespace gradproof::cli
