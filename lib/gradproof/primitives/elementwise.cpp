// Shape rules that several families share, and the wording of their errors.
#include <gradproof/primitives/elementwise.hpp>

#include <gradproof/primitives/whole_attributes.hpp>

#include <string>

namespace gradproof::primitives {

Shape same_shape(std::span<const Shape> operands, const Attributes&) { return operands[0]; }

Shape common_shape(std::span<const Shape> operands, const Attributes&) {
    for (const Shape& shape : operands) {
        if (shape != operands[0]) {
            refuse_shape("elementwise operation",
                         "shapes " + to_string(operands[0]) + " and " + to_string(shape),
                         "operands of the same shape");
        }
    }
    return operands[0];
}

void require_entries(std::string_view name, const Shape& shape, std::string_view why) {
    if (element_count(shape) != 0) return;
    refuse_shape(name, "shape " + to_string(shape), "at least one entry: " + std::string(why));
}

void refuse_shape(std::string_view name, const std::string& given, std::string_view wanted) {
    throw backprop::ShapeError(std::string(name) + ": given " + given + ", wanted " +
                               std::string(wanted));
}

void require_positive(std::string_view name, std::string_view what, double attribute) {
    if (!(attribute > 0))
        refuse_shape(name, std::string(what) + " " + text_of(attribute), "one above 0");
}

}  // namespace gradproof::primitives
