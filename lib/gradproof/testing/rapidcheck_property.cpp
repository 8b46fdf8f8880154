// Proofs with RapidCheck's settings and seeds.
#include <gradproof/testing/rapidcheck_property.hpp>

#include <gradproof/testing/environment.hpp>
#include <gradproof/testing/proof.hpp>

#include <rapidcheck/gen/Arbitrary.h>
#include <rapidcheck/gen/Exec.h>
#include <rapidcheck/gen/Numeric.h>
#include <rapidcheck/gen/Transform.h>

#include <exception>
#include <iostream>

namespace gradproof::testing {

bool proven_aloud(const std::string& name, const std::function<HandWritten()>& claimed) {
    try {
        const Environment found = environment();
        const HandWritten claim = placed(claimed(), found);
        const Proof proof = proven_with_last_words(
            claim, name, plan_for(claim, found, fresh_seed(), name_of_program()));
        for (const std::string& line : to_lines(proof, claim)) std::cerr << line << '\n';
        return proof.holds();
    } catch (const std::exception& refusal) {
        std::cerr << "cannot test " << name << ": " << refusal.what() << '\n';
        return false;
    }
}

InProperty held_in_property(const HandWritten& claim) {
    Plan plan;
    // The point has shrinks of its own; those of its seed would be other points.
    plan.seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    plan.cases = 1;
    plan.keep = false;
    const Proof proof = prove(placed(claim, environment()), "the property", plan);
    InProperty held;
    held.judged = proof.unasked > 0 || proof.shortcoming().empty();
    if (!proof.broken) return held;
    for (const std::string& line : to_lines(proof, claim)) held.failure += line + '\n';
    return held;
}

}  // namespace gradproof::testing
