// What a subject's process may take before it is stopped.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace gradproof::subject {

struct Limits {
    std::chrono::milliseconds answer{10'000};  ///< from the question on
    std::uint64_t memory = 1ULL << 30;         ///< bytes above what it had after the greeting
    std::size_t output = 64ULL << 20;  ///< bytes of one line, or of standard error for one answer
    std::chrono::milliseconds greeting{60'000};  ///< from the start on: libraries take their time
};

}  // namespace gradproof::subject
