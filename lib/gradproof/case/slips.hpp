// Slips: the gradients that a program's sweep gives when one known thing goes wrong in it, such as a
// use of a node left out. A wrong gradient that equals one of them is explained.
#pragma once

#include <gradproof/case/case.hpp>

#include <span>
#include <string>
#include <vector>

namespace gradproof::cases {

struct Slip {
    enum class Kind {
        path_missing,  ///< what a node gets through one of its uses is left out
        path_doubled,  ///< ... is counted twice
        overwritten,   ///< a node keeps what one of its uses gives, and loses the rest
        at_result,     ///< the slope at the result, or the result for the slope
        at_operand,    ///< the operand for the result in the slope, or for the slope
        wrong_index,   ///< an entry's slope by the numbers of another entry
        constant,      ///< an intermediate result, or an operand of one, taken for a constant
        attribute,     ///< an attribute taken for 0, 1 or an empty list by the pullback
    };
    Kind kind = Kind::path_missing;
    std::string sentence;
    std::vector<double> gradient;  ///< over all inputs, flat; what the slip makes of it, in double
    std::string name =
        {};  ///< the same for the same slip at other points; empty where the sentence is
};

/// Every slip that fits somewhere in the program, for this cotangent of the output. Slips of one use
/// are there for the first `most_uses` uses of nodes that have several.
[[nodiscard]] std::vector<Slip> slips(const Case& drawn, std::span<const double> cotangent,
                                      std::size_t most_uses = 16);

}  // namespace gradproof::cases
