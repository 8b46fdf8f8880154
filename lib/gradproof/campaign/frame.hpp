// Frames: the messages between a campaign's processes, each with its length and a checksum, so that a
// subject that writes to the wrong file is no message.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

namespace gradproof::campaign {

enum class FrameKind : char {
    span = 's',       ///< to a worker: hold laws on these cases
    known = 'k',      ///< to a worker: a finding that was made
    failing = 'r',    ///< a case breaks a law; it is being made simpler
    finding = 'f',    ///< the same when it is minimal
    resembles = 'a',  ///< a case breaks a law as a known finding does, and was left as it is
    given_up = 'g',   ///< gradproof itself failed on a case
    done = 'd',       ///< a span is done, up to the case of the shared page
    unable = 'u',     ///< the subject could not be made
};

struct Frame {
    FrameKind kind = FrameKind::done;
    std::string text;
};

/// Something else than a frame was received.
struct BrokenFrame : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Sends a frame to a socket, waiting where it is full. False where nobody receives.
[[nodiscard]] bool send(int socket, const Frame& frame);

/// Frames as they come.
class Frames {
public:
    /// Reads what is there, and waits for more only where `waiting`; false where the other side has closed.
    [[nodiscard]] bool receive(int socket, bool waiting = false);
    /// The next whole frame. Throws `BrokenFrame`.
    [[nodiscard]] std::optional<Frame> next();

private:
    std::string received_;
};

}  // namespace gradproof::campaign
