// Forking, talking over a socket, and telling what became of the worker.
#include <gradproof/testing/forked_worker.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

namespace gradproof::testing {

namespace {

using subject::Fault, subject::FaultKind;

/// How often the memory of a worker is looked at while it computes, in milliseconds.
constexpr int kLook = 10;

/// All bytes, or false where the other side is gone. A message begins with its size.
[[nodiscard]] bool write_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}
[[nodiscard]] bool write_message(int socket, std::string_view bytes) {
    const std::uint64_t size = bytes.size();
    std::array<char, sizeof size> head{};
    std::memcpy(head.data(), &size, sizeof size);
    return write_all(socket, {head.data(), head.size()}) && write_all(socket, bytes);
}

/// The message that `received` begins with, if it is whole.
[[nodiscard]] bool take_message(std::string& received, std::string& message) {
    std::uint64_t size = 0;
    if (received.size() < sizeof size) return false;
    std::memcpy(&size, received.data(), sizeof size);
    if (received.size() - sizeof size < size) return false;
    message = received.substr(sizeof size, size);
    received.erase(0, sizeof size + size);
    return true;
}

/// Adds what has come; false where the other side has closed.
[[nodiscard]] bool read_more(int socket, std::string& received) {
    std::array<char, 1 << 16> block{};
    ssize_t got = 0;
    do {
        got = ::recv(socket, block.data(), block.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) return false;
    received.append(block.data(), static_cast<std::size_t>(got));
    return true;
}

void serve(int socket, const ForkedWorker::Answer& answer) {
    std::string received, question;
    for (;;) {
        while (!take_message(received, question)) {
            if (!read_more(socket, received)) return;
        }
        const std::string reply = answer(question);
        std::cout.flush();
        std::fflush(nullptr);
        if (!write_message(socket, reply)) return;
    }
}

}  // namespace

ForkedWorker::ForkedWorker(const Answer& answer, const Limits& limits)
    : limits_(limits),
      process_(
          [&](int socket) {
              // Code that ends itself by these is found, like any that ends itself.
              for (const int signal : {SIGINT, SIGTERM}) ::signal(signal, SIG_DFL);
              try {
                  serve(socket, answer);
              } catch (...) {
                  std::abort();  // an answer throws nothing
              }
          },
          std::max<std::size_t>(limits.printed_megabytes << 20U, 1)),
      own_memory_(process_.group().resident_memory()) {}

std::string ForkedWorker::ask(std::string_view question) {
    if (!write_message(process_.socket(), question)) tell_end();
    std::string answer = receive();
    pass_on_output();
    return answer;
}

std::string ForkedWorker::receive() {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::duration<double>(limits_.seconds);
    std::string received, message;
    while (!take_message(received, message)) {
        pollfd waiting{process_.socket(), POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kLook);
        if (ready > 0) {
            if (!read_more(process_.socket(), received)) tell_end();
            continue;
        }
        require_modest_memory();
        if (Clock::now() < deadline) continue;
        fail(FaultKind::hung, fmt::format("it had not answered after {:g} s", limits_.seconds));
    }
    return message;
}

void ForkedWorker::require_modest_memory() {
    const std::uint64_t now = process_.group().resident_memory();
    if (now < own_memory_ || (now - own_memory_) >> 20U < limits_.megabytes) return;
    fail(FaultKind::out_of_memory,
         fmt::format("it took more than {} MB of memory", limits_.megabytes));
}

void ForkedWorker::pass_on_output() {
    const std::string text = process_.take_output();
    if (text.empty()) return;
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void ForkedWorker::fail(FaultKind kind, const std::string& words) {
    process_.group().kill();
    pass_on_output();
    throw Fault(kind, words);
}

void ForkedWorker::tell_end() {
    const subject::End end = process_.ended_soon();
    if (end.by_signal && end.number == SIGXFSZ) {
        // All of it would drown what is said of it.
        const std::string last = process_.last_words();
        throw Fault(FaultKind::flooded,
                    fmt::format("it printed, or wrote to a file, more than {} MB{}",
                                limits_.printed_megabytes,
                                last.empty() ? "" : "; it printed at last " + last));
    }
    fail(end.by_signal ? FaultKind::crashed : FaultKind::exited, "it " + subject::to_words(end));
}

}  // namespace gradproof::testing
