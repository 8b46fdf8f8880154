// Mistakes: the kinds that gradients are known to go wrong by, and what a diagnosis may name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradproof::check {

enum class Mistake {
    sign,                     ///< minus the derivative
    factor,                   ///< a fixed multiple: 2, 1/2, the number of entries, an attribute
    constant_added,           ///< the derivative and a number that does not belong to it
    transposed,               ///< the right numbers of a matrix at [j, i] for [i, j]
    permuted,                 ///< the right numbers elsewhere: operands swapped, order turned round
    index,                    ///< an entry by the numbers of its neighbour, or always of the first
    entry_missing,            ///< 0 at some entries of an operand, right at the others
    share_missing,            ///< an operand gets nothing
    path_missing,             ///< one use of a node contributes nothing
    path_doubled,             ///< one use of a node contributes twice
    cotangent_ignored,        ///< the gradient is that of the sum, whatever the cotangent
    cotangent_entry_ignored,  ///< one entry of the cotangent has no influence
    not_linear,               ///< in the cotangent
    post_activation,          ///< the slope taken at the result, or the result taken for it
    pre_activation,      ///< the slope taken as if the operand were the result, or for the slope
    mirrored,            ///< the slope taken at minus the operand
    mask,                ///< right but where the operand is 0, or lies on one side, or in between
    overwritten,         ///< a share assigned where it is to be added
    stale,               ///< something of an earlier call
    unrepeatable,        ///< asked again it answers something else, each time within rounding
    sum_missing,         ///< one term where all are to be added
    attribute_ignored,   ///< taken for 0, 1 or none, whatever it is
    taken_for_constant,  ///< an intermediate result that depends on the input
    slope_missing,       ///< the cotangent handed on as it is
    diagonal_only,       ///< entries' influence on other entries is left out
    not_finite,          ///< NaN or infinity where the derivative is finite
    narrow_type,         ///< right to the precision of a narrower type
    cancellation,        ///< the formula is right, and digits are lost
};

/// The kind in a few words: "wrong sign".
[[nodiscard]] std::string_view to_words(Mistake mistake);

/// A mistake that explains what was seen.
struct Explanation {
    Mistake mistake = Mistake::sign;
    std::string sentence;  ///< "the gradient of W is transposed"
    std::string evidence;  ///< one clause with numbers
};

/// A diagnosis as lines of text: "diagnosis: minus the derivative (explains ...)"; several
/// explanations fit equally, and of none it is said that there is none.
[[nodiscard]] std::vector<std::string> to_lines(const std::vector<Explanation>& diagnosis);

}  // namespace gradproof::check
