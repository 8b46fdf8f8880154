// The words for mistakes and for what they explain.
#include <gradproof/check/mistake.hpp>

namespace gradproof::check {

std::string_view to_words(Mistake mistake) {
    switch (mistake) {
        case Mistake::sign: return "wrong sign";
        case Mistake::factor: return "wrong factor";
        case Mistake::constant_added: return "a constant added";
        case Mistake::transposed: return "transposed";
        case Mistake::permuted: return "permuted";
        case Mistake::index: return "wrong index";
        case Mistake::entry_missing: return "entry missing";
        case Mistake::share_missing: return "operand's share missing";
        case Mistake::path_missing: return "path missing";
        case Mistake::path_doubled: return "path counted twice";
        case Mistake::cotangent_ignored: return "cotangent ignored";
        case Mistake::cotangent_entry_ignored: return "entry of the cotangent ignored";
        case Mistake::not_linear: return "not linear in the cotangent";
        case Mistake::post_activation: return "at the post-activation value";
        case Mistake::pre_activation: return "at the pre-activation value";
        case Mistake::mirrored: return "at minus the input";
        case Mistake::mask: return "wrong mask";
        case Mistake::overwritten: return "overwritten instead of accumulated";
        case Mistake::stale: return "stale";
        case Mistake::unrepeatable: return "not repeatable";
        case Mistake::sum_missing: return "sum missing";
        case Mistake::attribute_ignored: return "attribute ignored";
        case Mistake::taken_for_constant: return "taken for a constant";
        case Mistake::slope_missing: return "slope left out";
        case Mistake::diagonal_only: return "only the diagonal";
        case Mistake::not_finite: return "not finite";
        case Mistake::narrow_type: return "narrower type";
        case Mistake::cancellation: return "cancellation";
    }
    return "";
}

std::vector<std::string> to_lines(const std::vector<Explanation>& diagnosis) {
    if (diagnosis.empty()) return {"diagnosis: no simple mistake explains it"};
    std::vector<std::string> lines;
    for (const Explanation& e : diagnosis) {
        lines.push_back((lines.empty() ? "diagnosis: " : "or as well: ") + e.sentence + " (" +
                        e.evidence + ")");
    }
    return lines;
}

}  // namespace gradproof::check
