// Writing the catalogue out.
#include <gradproof/cli/catalogue_report.hpp>

#include <gradproof/cli/report_json.hpp>
#include <gradproof/generate/domain.hpp>
#include <gradproof/primitives/catalogue.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gradproof::cli {

namespace {

using backprop::Primitive;

[[nodiscard]] std::string signature(const Primitive& primitive) {
    std::string text = std::string(primitive.name) + "(";
    for (std::size_t i = 0; i < primitive.operands.size(); ++i)
        text += (i > 0 ? ", " : "") + std::string(primitive.operands[i]);
    for (const std::string_view attribute : primitive.attributes)
        text += "; " + std::string(attribute);
    return text + ")";
}

[[nodiscard]] std::string domain_of(const Primitive& primitive, std::size_t operand) {
    const scalar::Domain& domain = primitive.domain(operand);
    const scalar::Domain line;
    if (domain.lower == line.lower && domain.upper == line.upper && !domain.nonzero &&
        !domain.integers_only)
        return "all numbers";
    return generate::text(domain);
}

}  // namespace

std::vector<std::string> catalogue_lines() {
    std::vector<std::string> lines;
    for (const Primitive& primitive : primitives::catalogue()) {
        lines.push_back(fmt::format("{:<32} {}", signature(primitive), primitive.formula));
        for (std::size_t i = 0; i < primitive.domains.size(); ++i) {
            const std::string domain = domain_of(primitive, i);
            if (domain != "all numbers")
                lines.push_back(fmt::format("    domain of {}: {}", primitive.operands[i], domain));
        }
        if (!primitive.convention.empty())
            lines.push_back(fmt::format("    convention: {}", primitive.convention));
        lines.push_back(fmt::format("    pullback: {}", primitive.source));
        const backprop::Sharpness& sharpness = primitive.sharpness;
        if (!sharpness.why.empty())
            lines.push_back(fmt::format(
                "    digits: {:.0f} % of the entries are sharp, off by up to {} ulps: {}",
                100 * sharpness.share, sharpness.ulps, sharpness.why));
    }
    return lines;
}

std::string catalogue_json() {
    Json all = Json::array();
    for (const Primitive& primitive : primitives::catalogue()) {
        Json domains = Json::array();
        for (std::size_t i = 0; i < primitive.domains.size(); ++i)
            domains.push_back(domain_of(primitive, i));
        all.push_back({{"name", primitive.name},
                       {"operands", primitive.operands},
                       {"attributes", primitive.attributes},
                       {"formula", primitive.formula},
                       {"domains", domains},
                       {"convention", primitive.convention},
                       {"pullback", primitive.source},
                       {"sharp_share", primitive.sharpness.share},
                       {"ulps_of_sharp_entries", primitive.sharpness.ulps},
                       {"why_not_sharper", primitive.sharpness.why}});
    }
    return Json{{"format", "gradproof catalogue"}, {"version", 1}, {"primitives", all}}.dump(2);
}

}  // namespace gradproof::cli
