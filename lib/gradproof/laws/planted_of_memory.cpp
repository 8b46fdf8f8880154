// Planted errors that keep something of an earlier call.
#include <gradproof/laws/planted_error.hpp>

#include <gradproof/generate/precision.hpp>
#include <gradproof/laws/interleaved_programs_agree.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>

#include <cmath>
#include <memory>

namespace gradproof::laws {

namespace {

using cases::Answer;

/// Answers as it did last time.
class Stale {
public:
    void operator()(const Asked&, Answer& answer) {
        if (last_.size() == answer.gradient.size()) {
            last_.swap(answer.gradient);
        } else {
            last_ = answer.gradient;
        }
    }

private:
    std::vector<double> last_;
};

/// Adds to what the last call left behind.
class NotCleared {
public:
    void operator()(const Asked&, Answer& answer) {
        if (buffer_.size() == answer.gradient.size()) {
            for (std::size_t i = 0; i < buffer_.size(); ++i) answer.gradient[i] += buffer_[i];
        }
        buffer_ = answer.gradient;
    }

private:
    std::vector<double> buffer_;
};

/// An ulp is within every budget; that it comes and goes is the error.
class OtherOrderByTurns {
public:
    explicit OtherOrderByTurns(std::uint64_t seed) : seed_(seed) {}
    void operator()(const Asked& asked, Answer& answer) {
        if (++calls_ % 3 != 0 || answer.gradient.empty()) return;
        double& g = answer.gradient[seed_ % answer.gradient.size()];
        if (std::isfinite(g)) g = generate::neighbour(g, 1, asked.precision);
    }

private:
    std::uint64_t seed_;
    std::size_t calls_ = 0;
};

}  // namespace

std::vector<PlantedError> errors_of_memory() {
    return {
        {"stale",
         "the gradient is that of the call before",
         {kPullbackIsLinear, kRepeatedSweepsAgree, kInterleavedProgramsAgree},
         [](std::uint64_t) -> Spoil { return Stale(); }},
        {"buffer not cleared",
         "the gradient is added to that of the call before",
         {kPullbackIsLinear, kRepeatedSweepsAgree, kInterleavedProgramsAgree},
         [](std::uint64_t) -> Spoil { return NotCleared(); }},
        {"an ulp by turns",
         "one entry is an ulp larger in every third call",
         {kRepeatedSweepsAgree, kInterleavedProgramsAgree},
         [](std::uint64_t seed) -> Spoil { return OtherOrderByTurns(seed); }},
    };
}

}  // namespace gradproof::laws
