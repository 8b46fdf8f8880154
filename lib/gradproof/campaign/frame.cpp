// Sending and receiving frames: "gpf1", the kind, the length, the checksum, the text.
#include <gradproof/campaign/frame.hpp>

#include <gradproof/campaign/checksum.hpp>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <sys/socket.h>

namespace gradproof::campaign {

namespace {

constexpr std::string_view kMark = "gpf1";
constexpr std::size_t kLengthAt = kMark.size() + 1, kSumAt = kLengthAt + sizeof(std::uint64_t),
                      kTextAt = kSumAt + sizeof(std::uint64_t);
constexpr std::uint64_t kLongest = 256ULL << 20;

void append(std::string& bytes, std::uint64_t number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

[[nodiscard]] std::uint64_t number_at(const std::string& bytes, std::size_t place) {
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + place, sizeof number);
    return number;
}

}  // namespace

bool send(int socket, const Frame& frame) {
    std::string bytes(kMark);
    bytes += static_cast<char>(frame.kind);
    append(bytes, frame.text.size());
    append(bytes, checksum(frame.text));
    bytes += frame.text;
    std::string_view left = bytes;
    while (!left.empty()) {
        const ssize_t sent = ::send(socket, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            left.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool Frames::receive(int socket, bool waiting) {
    std::array<char, 65536> block{};
    for (;;) {
        const ssize_t count =
            ::recv(socket, block.data(), block.size(), waiting ? 0 : MSG_DONTWAIT);
        if (count > 0) {
            received_.append(block.data(), static_cast<std::size_t>(count));
            if (waiting || static_cast<std::size_t>(count) < block.size()) return true;
        } else if (count == 0) {
            return false;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return true;
        } else if (errno != EINTR) {
            return false;
        }
    }
}

std::optional<Frame> Frames::next() {
    if (!received_.starts_with(kMark.substr(0, received_.size())))
        throw BrokenFrame("what was received is no message of a worker");
    if (received_.size() < kTextAt) return std::nullopt;
    const std::uint64_t length = number_at(received_, kLengthAt);
    if (length > kLongest) throw BrokenFrame("a message has an impossible length");
    if (received_.size() < kTextAt + length) return std::nullopt;
    Frame frame{static_cast<FrameKind>(received_[kMark.size()]), received_.substr(kTextAt, length)};
    if (checksum(frame.text) != number_at(received_, kSumAt))
        throw BrokenFrame("a message's checksum does not fit");
    received_.erase(0, kTextAt + length);
    return frame;
}

}  // namespace gradproof::campaign
