// The exit codes of the command, as they are documented.
#pragma once

namespace gradproof::cli {

enum ExitCode : int {
    kHolds = 0,
    kFindings = 1,
    kBadUse = 2,     ///< or bad input
    kUndecided = 3,  ///< more than the allowed share could not be decided
    kInterrupted = 4,
    kInputOutput = 5,  ///< a file could not be read or written
    kInternalError = 70,
};

}  // namespace gradproof::cli
