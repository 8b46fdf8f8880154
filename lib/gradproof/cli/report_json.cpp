// The fields of a report, in the order in which its text has them.
#include <gradproof/cli/report_json.hpp>

#include <cmath>
#include <string>

namespace gradproof::cli {

namespace {

[[nodiscard]] Json to_json(const check::Entry& entry) {
    Json json{{"entry", entry.name}};
    if (entry.primal) json["primal"] = json_of(*entry.primal);
    json["subject"] = json_of(entry.subject);
    if (entry.truth) {
        json["oracle"] = entry.truth->value.str(17);
        json["oracle_error"] = entry.truth->bound.str(3);
    }
    json["ulps"] = json_of(entry.ulps);
    json["allowed"] = json_of(entry.budget);
    json["share_of_allowed"] = json_of(entry.share);
    json["verdict"] = check::to_words(entry.verdict);
    if (entry.verdict == check::Verdict::inaccurate) json["digits_lost"] = entry.digits_lost;
    if (entry.standing != check::Standing::judged)
        json["standing"] = check::to_words(entry.standing);
    if (!entry.remark.empty()) json["remark"] = entry.remark;
    return json;
}

}  // namespace

Json json_of(double number) {
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    return number;
}

Json json_of(const std::vector<double>& numbers) {
    Json list = Json::array();
    for (const double number : numbers) list.push_back(json_of(number));
    return list;
}

Json json_of(const check::Report& report) {
    Json entries = Json::array();
    for (const check::Entry& entry : report.entries) entries.push_back(to_json(entry));
    const check::Counts& c = report.counts;
    Json json{{"law", report.law},
              {"subject", report.subject},
              {"verdict", check::to_words(report.verdict)},
              {"holds", report.holds()},
              {"lost", report.lost},
              {"remark", report.remark},
              {"entries", entries},
              {"counts",
               {{"numbers", c.entries},
                {"directions", c.directions},
                {"agrees", c.agrees},
                {"nonsmooth", c.nonsmooth},
                {"undecided", c.undecided},
                {"inaccurate", c.inaccurate},
                {"wrong", c.wrong},
                {"powerless", c.powerless},
                {"out_of_range", c.out_of_range},
                {"not_offered", c.not_offered},
                {"within_rounding_of_a_kink", c.near_kink}}},
              {"lines", check::to_lines(report)}};
    if (report.diagnosis) {
        Json diagnosis = Json::array();
        for (const check::Explanation& explanation : *report.diagnosis) {
            diagnosis.push_back({{"mistake", check::to_words(explanation.mistake)},
                                 {"sentence", explanation.sentence},
                                 {"evidence", explanation.evidence}});
        }
        json["diagnosis"] = diagnosis;
    }
    return json;
}

}  // namespace gradproof::cli
