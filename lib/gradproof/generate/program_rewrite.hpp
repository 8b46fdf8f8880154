// Rewrites of a program that must not change its gradient.
#pragma once

#include <gradproof/case/case.hpp>
#include <gradproof/generate/dice.hpp>

#include <cstddef>
#include <string>

namespace gradproof::generate {

/// A program written another way, over the same inputs; some rewrites need a constant more.
struct ProgramRewrite {
    std::string what;  ///< "n3 scaled by 1 where n5 uses it"
    cases::Case rewritten;
    std::size_t constants =
        0;  ///< numbers of inputs that are constants of the rewrite; they come first
};

/// One of these, drawn: a node computed once more for one of its uses; two equal nodes made one;
/// (a + b) + c as a + (b + c); something that changes nothing put between a node and its use (scaled
/// by 1, negated twice, transposed twice, 0 added). What does not fit the program gives way to
/// the next that does; the last always fits. A program without nodes is given back as it is.
[[nodiscard]] ProgramRewrite drawn_rewrite(const cases::Case& drawn, Dice& dice);

}  // namespace gradproof::generate
