// Damage to a case file: what a slip of an editor, a broken copy or a wrong generator makes of it.
#pragma once

#include <gradproof/generate/dice.hpp>

#include <string>
#include <vector>

namespace gradproof::cases {

struct Mutation {
    const char* name;
    /// The damaged text; `other` is another file to take pieces from.
    std::string (*mutated)(std::string text, const std::string& other, generate::Dice& dice);
};

[[nodiscard]] const std::vector<Mutation>& mutations();

}  // namespace gradproof::cases
