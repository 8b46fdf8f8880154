// Where the entries of a block stood before.
#include <gradproof/generate/block.hpp>

#include <cstddef>

namespace gradproof::generate {

std::vector<double> block_of(std::span<const double> values, const scalar::Shape& from,
                             const scalar::Shape& to, Block which, double fill) {
    std::vector<double> block;
    const std::size_t count = scalar::element_count(to);
    for (std::size_t flat = 0; flat < count; ++flat) {
        std::size_t rest = flat, at = 0, stride = 1;
        bool there = true;
        for (std::size_t axis = to.size(); axis-- > 0;) {
            std::size_t place = rest % to[axis];
            // Unsigned, what would lie before the first comes out beyond the last.
            if (which == Block::trailing) place = place + from[axis] - to[axis];
            there = there && place < from[axis];
            at += place * stride;
            rest /= to[axis];
            stride *= from[axis];
        }
        block.push_back(there ? values[at] : fill);
    }
    return block;
}

}  // namespace gradproof::generate
