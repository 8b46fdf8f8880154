// The list of laws over program subjects.
#include <gradproof/laws/law.hpp>

#include <gradproof/laws/batch_equals_loop.hpp>
#include <gradproof/laws/buffers_do_not_matter.hpp>
#include <gradproof/laws/chain_rule.hpp>
#include <gradproof/laws/finite_in_range.hpp>
#include <gradproof/laws/interleaved_programs_agree.hpp>
#include <gradproof/laws/memory_is_respected.hpp>
#include <gradproof/laws/adjoint_identity.hpp>
#include <gradproof/laws/hessian_symmetric.hpp>
#include <gradproof/laws/hvp_agrees.hpp>
#include <gradproof/laws/jvp_agrees.hpp>
#include <gradproof/laws/primal_agrees.hpp>
#include <gradproof/laws/pullback_is_linear.hpp>
#include <gradproof/laws/repeated_sweeps_agree.hpp>
#include <gradproof/laws/rewrites_agree.hpp>
#include <gradproof/laws/second_form_agrees.hpp>
#include <gradproof/laws/used_twice_accumulates.hpp>
#include <gradproof/laws/vjp_agrees.hpp>

#include <array>

namespace gradproof::laws {

namespace {

using cases::Case;
using subject::ProgramSubject;
using subject::ProgramTrial;

// clang-format off
constexpr std::array kLaws{
    Law{kSecondFormAgrees, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return second_form_agrees(s, c); }},
    Law{kPrimalAgrees, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return primal_agrees(ProgramTrial(s, c)); }},
    Law{kVjpAgrees, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return vjp_agrees(ProgramTrial(s, c), seed); }},
    Law{kJvpAgrees, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return jvp_agrees(s, c, seed); }},
    Law{kAdjointIdentity, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return adjoint_identity(s, c, seed); }},
    Law{kHvpAgrees, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return hvp_agrees(s, c, seed); }},
    Law{kHessianSymmetric, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return hessian_symmetric(s, c, seed); }},
    Law{kPullbackIsLinear, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return pullback_is_linear(ProgramTrial(s, c), seed); }},
    Law{kZeroCotangentGivesZero, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return zero_cotangent_gives_zero(ProgramTrial(s, c)); }},
    Law{kUsedTwiceAccumulates, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return used_twice_accumulates(s, c); }},
    Law{kRepeatedSweepsAgree, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return repeated_sweeps_agree(ProgramTrial(s, c)); }},
    Law{kInterleavedProgramsAgree, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return interleaved_programs_agree(s, c, seed); }},
    Law{kFiniteInRange, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return finite_in_range(ProgramTrial(s, c), seed); }},
    Law{kMemoryIsRespected, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return memory_is_respected(s, c); }},
    Law{kBuffersDoNotMatter, [](const ProgramSubject& s, const Case& c, std::uint64_t) { return buffers_do_not_matter(s, c); }},
    Law{kChainRule, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return chain_rule(s, c, seed); }},
    Law{kBatchEqualsLoop, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return batch_equals_loop(s, c, seed); }},
    Law{kRewritesAgree, [](const ProgramSubject& s, const Case& c, std::uint64_t seed) { return rewrites_agree(s, c, seed); }},
};
// clang-format on

}  // namespace

std::span<const Law> all_laws() { return kLaws; }

const Law* find_law(std::string_view name) {
    for (const Law& law : kLaws) {
        if (law.name == name) return &law;
    }
    return nullptr;
}

}  // namespace gradproof::laws
