// Case files: a case as JSON, format version 1, that a person can read and that replays bitwise.
//
//   {
//     "format": "gradproof case",
//     "version": 1,
//     "numbers": "binary64",
//     "inputs": [
//       {"name": "x", "shape": [3], "values": [1, 0.5, "-0"]}
//     ],
//     "program": [
//       {"node": "n1", "primitive": "slice", "operands": ["x"], "attributes": {"begin": 0, "end": 2}}
//     ],
//     "output": "n1",
//     "cotangent": [1, 0.25]
//   }
//
// A finding may follow. `numbers` is the precision that decimals are read in (binary64, binary32):
// each number is the one nearest to its decimal, and is written as the shortest decimal that reads
// back as itself. "nan", "inf", "-inf" and "-0" are texts, as JSON has no such numbers. A decimal
// that would become infinite, or zero without being zero, is refused. Values are flat, row-major.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/case/format_error.hpp>
#include <gradproof/case/whole_file.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::cases {

/// What a saved case is a counterexample to.
struct Finding {
    std::string law;      ///< the sentence that did not hold
    std::string subject;  ///< the implementation that it did not hold for
    std::uint64_t seed = 0;
    std::string verdict;
    std::vector<std::string> report;  ///< line by line
    std::string gradproof;            ///< the version that found it

    [[nodiscard]] bool operator==(const Finding&) const = default;
};

struct CaseFile {
    Case drawn;
    std::optional<Finding> finding;
};

/// The text of a case file: one input, one node a line; the same text for the same case. Nodes have
/// their names of `Graph::node_name`. Throws `std::invalid_argument` for what no file can hold:
/// counts that do not fit the shapes, numbers that are not of the case's precision, a primitive that
/// is not in the catalogue, an input that is called like a node (n0, n1, ...). Every NaN becomes
/// "nan", without sign and payload; bytes of a finding that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string write(const Case& drawn, const std::optional<Finding>& finding = {});

/// The case that `text` describes; `file_name` is for the messages. Throws `FormatError` unless every
/// field is there and known, once, and everything fits. Numbers may be NaN or infinite: whether a
/// derivative can be checked there is for `require_checkable` to say. At most 128 MiB of text, 10 000
/// inputs, 100 000 nodes, 16 axes and, over all inputs and nodes, a million entries: what is larger is
/// refused before room is made for it.
///
/// Names of nodes are references only. Names n<k> become the nodes' indices where that is possible
/// (it is for what `write` wrote); otherwise the graph has its inputs first, then its nodes in order.
[[nodiscard]] CaseFile read(std::string_view text, std::string_view file_name);

/// `read` and `write` on a file. Throw `FileError` where the file cannot be read or written; a file
/// that was there stays whole.
[[nodiscard]] CaseFile read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const Case& drawn,
                const std::optional<Finding>& finding = {});

}  // namespace gradproof::cases
