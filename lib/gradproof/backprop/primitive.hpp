// A primitive: all that there is to say of one operation, in one place.
#pragma once

#include <gradproof/scalar/domain.hpp>
#include <gradproof/scalar/number_types.hpp>
#include <gradproof/scalar/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace gradproof::backprop {

using scalar::Shape;

/// Numbers that belong to the operation rather than to its inputs, in the order of
/// `Primitive::attributes`.
using Attributes = std::vector<double>;

/// One application of a primitive: everything of it but numbers.
struct Application {
    std::vector<Shape> operands;
    Shape result;
    Attributes attributes;
};

/// The operands' values, each flat in row-major order.
template <class S>
using Inputs = std::span<const std::span<const S>>;

/// Where a pullback adds its contributions, one buffer an operand; the same buffer stands twice
/// where an operand does.
template <class S>
using Accumulators = std::span<const std::span<S>>;

/// A primal together with its pullback, in one number type.
///
/// `primal` writes the whole result. `pullback` *adds* the cotangents of the inputs to the
/// accumulators; a zero cotangent adds nothing, whatever the inputs are. Some types have no pullback
/// (`kPulledBack`).
template <class S>
struct Rule {
    void (*primal)(const Application&, Inputs<S> inputs, std::span<S> result) = nullptr;
    void (*pullback)(const Application&, std::span<const S> cotangent, std::span<const S> result,
                     Inputs<S> inputs, Accumulators<S> accumulators) = nullptr;
};

/// A nonsmooth point of an elementwise primitive and the slope that its rule promises there.
struct Kink {
    double at = 0;
    double slope = 0;
};

/// What a primitive promises of the entries of its gradient that are sharp: those where rounding may cost
/// at most 16 u |g|, so that an error says something of the rule.
struct Sharpness {
    double share = 0.5;         ///< so much of what is judged on drawn cases is sharp, at least
    double ulps = 8;            ///< and off by so much, at most
    std::string_view why = {};  ///< why it is not 0.5 and 8; empty where it is
};

/// An integer in 0 .. count - 1, drawn; count is not 0.
using Below = std::function<std::size_t(std::size_t count)>;

/// The number type in which a primitive's second form is held against its primal.
using SecondFormNumber = scalar::Witness<1000>;

/// The closed list of number types that rules are evaluated in.
using Rules =
    std::tuple<Rule<float>, Rule<double>, Rule<scalar::Running<float>>,
               Rule<scalar::Running<double>>, Rule<scalar::Dual<float>>, Rule<scalar::Dual<double>>,
               Rule<scalar::Dual<scalar::Running<float>>>,
               Rule<scalar::Dual<scalar::Running<double>>>, Rule<scalar::Witness<50>>,
               Rule<scalar::Witness<100>>, Rule<scalar::Witness<400>>, Rule<scalar::Witness<1000>>>;

/// Whether a number type's rule has a pullback. The oracle climbs all witnesses, and knows a primal only;
/// formulas are evaluated in two of them (`scalar::wide_sweep`).
template <class S>
inline constexpr bool kPulledBack = true;
template <>
inline constexpr bool kPulledBack<scalar::Witness<50>> = false;
template <>
inline constexpr bool kPulledBack<scalar::Witness<400>> = false;

struct Primitive {
    std::string_view name = {};
    std::vector<std::string_view> operands = {};  ///< names; a last "..." admits any further number
    /// Names; a last one that ends in "..." stands for a list of any length.
    std::vector<std::string_view> attributes = {};
    std::string_view formula = {};  ///< as a calculus table has it
    /// The result's shape. Throws `ShapeError` for operands or attributes that do not fit.
    Shape (*shape)(std::span<const Shape> operands, const Attributes& attributes) = nullptr;
    /// Which operands can fit, for those who draw them: one pattern an operand, the last for all further
    /// ones; none where all have one shape. Of {"m k", "k n"} each letter is a size, equal wherever it
    /// stands; "_" is a size of its own; "..." are any further axes, the same wherever they stand.
    std::vector<std::string_view> operand_shapes = {};
    std::vector<scalar::Domain> domains = {};  ///< one an operand; the last serves all further ones
    std::vector<scalar::Domain> attribute_domains =
        {};  ///< one a name; that of a list for each item
    /// Attributes that fit operands of these shapes, for those who draw them; nothing where none do.
    /// Where it is null each is drawn from its domain on its own.
    std::optional<Attributes> (*fitting)(std::span<const Shape> operands,
                                         const Below& below) = nullptr;
    /// Attributes for operands whose shapes have shrunk, which mean there what the old ones meant: an axis
    /// keeps its place among those that are left, a position stays within its size. Nothing where none
    /// do. Where it is null they stay as they are.
    std::optional<Attributes> (*refitted)(std::span<const Shape> from, std::span<const Shape> to,
                                          const Attributes& attributes) = nullptr;
    std::vector<Kink> kinks = {};  ///< of an elementwise primitive with constant slopes; else none
    /// The gradient over all operands that is promised where operands or entries tie, written apart
    /// from the pullback. Assigns every entry of `gradient` that it promises anything of, and leaves the
    /// others; asked only where something ties.
    void (*at_tie)(const Application&, std::span<const double> cotangent, Inputs<double> inputs,
                   Accumulators<double> gradient) = nullptr;
    /// Where an entry of the first operand ties, if that depends on nothing but the attributes and `kinks`
    /// does not say it.
    std::vector<double> (*tie_points)(const Attributes&) = nullptr;
    std::string_view convention = {};  ///< the kinks in words; empty where there is none
    std::string_view source = {};      ///< where the pullback's form is from
    Sharpness sharpness = {};
    Rules rules = {};
    /// The primal written in another way, which shares nothing with `rules`.
    void (*second_form)(const Application&, Inputs<SecondFormNumber>,
                        std::span<SecondFormNumber>) = nullptr;

    template <class S>
    [[nodiscard]] const Rule<S>& rule() const {
        return std::get<Rule<S>>(rules);
    }
    [[nodiscard]] const scalar::Domain& domain(std::size_t operand) const {
        return domains[operand < domains.size() ? operand : domains.size() - 1];
    }
    [[nodiscard]] bool variadic() const { return !operands.empty() && operands.back() == "..."; }
    [[nodiscard]] bool has_list() const {
        return !attributes.empty() && attributes.back().ends_with("...");
    }
    /// How many attributes are no list's.
    [[nodiscard]] std::size_t single_attributes() const {
        return attributes.size() - (has_list() ? 1 : 0);
    }
    /// "axis", or "indices" for each item of a list called "indices...".
    [[nodiscard]] std::string_view attribute_name(std::size_t attribute) const {
        if (attribute < single_attributes()) return attributes[attribute];
        return attributes.back().substr(0, attributes.back().size() - 3);
    }
    [[nodiscard]] const scalar::Domain& attribute_domain(std::size_t attribute) const {
        return attribute_domains[std::min(attribute, attribute_domains.size() - 1)];
    }
};

/// Shapes, operands or attributes that do not fit a primitive: says what was given and wanted.
struct ShapeError : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

namespace detail {
template <class Definition, class S>
void set_rule(Rule<S>& rule) {
    rule.primal = &Definition::template primal<S>;
    if constexpr (kPulledBack<S>) rule.pullback = &Definition::template pullback<S>;
}
template <class Definition, class... S>
void set_rules(std::tuple<Rule<S>...>& rules) {
    (set_rule<Definition>(std::get<Rule<S>>(rules)), ...);
}
}  // namespace detail

/// `primitive` with the rules and the second form of `Definition`, which has the static templates
/// primal, pullback and second_form of the signatures above.
template <class Definition>
[[nodiscard]] Primitive with_rules(Primitive primitive) {
    detail::set_rules<Definition>(primitive.rules);
    primitive.second_form = &Definition::template second_form<SecondFormNumber>;
    return primitive;
}

}  // namespace gradproof::backprop
