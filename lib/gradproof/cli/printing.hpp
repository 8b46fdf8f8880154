// What the command writes: reports to standard output, all else to standard error.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace gradproof::cli {

/// Standard output that could not be written: a full disk, a closed pipe.
struct OutputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Standard streams that are closed lead nowhere from now on; else the next file to be opened would take
/// their place, a journal perhaps, and complaints would be written into it.
void keep_standard_streams_apart();

/// Prints to standard output. Throws `OutputError`.
void print(const std::string& text);
/// The same, a line each.
void print(const std::vector<std::string>& lines);

/// Prints to standard error; nobody is left to tell where that fails.
void complain(const std::string& text);

}  // namespace gradproof::cli
