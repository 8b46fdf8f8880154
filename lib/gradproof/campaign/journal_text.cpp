// Writing and reading the lines.
#include <gradproof/campaign/journal_text.hpp>

#include <gradproof/campaign/checksum.hpp>

#include <gradproof/primitives/catalogue.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>
#include <utility>

namespace gradproof::campaign {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::string_view kSumField = ",\"sum\":\"";

[[nodiscard]] std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Each counter with its name, for writing and reading alike.
template <class Counts, class Visit>
void each_counter(Counts& c, Visit visit) {
    visit("numbers", c.entries);
    visit("directions", c.directions);
    visit("group_tests", c.group_tests);
    visit("agrees", c.agrees);
    visit("nonsmooth", c.nonsmooth);
    visit("undecided", c.undecided);
    visit("inaccurate", c.inaccurate);
    visit("wrong", c.wrong);
    visit("powerless", c.powerless);
    visit("out_of_range", c.out_of_range);
    visit("within_rounding_of_a_kink", c.near_kink);
    visit("not_offered", c.not_offered);
    visit("weighed", c.weighed);
    visit("sharp", c.sharp);
    visit("largest_share", c.largest_share);
    visit("largest_ulps", c.largest_ulps);
}

[[nodiscard]] Json json_of(const check::Counts& counts) {
    Json json = Json::object();
    each_counter(counts, [&](const char* name, const auto& value) {
        if (value != 0) json[name] = value;
    });
    return json;
}

[[nodiscard]] check::Counts counts_of(const Json& json) {
    check::Counts counts;
    each_counter(counts, [&](const char* name, auto& value) {
        value = json.value(name, std::remove_reference_t<decltype(value)>{});
    });
    return counts;
}

[[nodiscard]] Json json_of(const Coverage& coverage) {
    Json nodes = Json::object(), edges = Json::array();
    const auto& catalogue = primitives::catalogue();
    for (std::size_t k = 0; k < catalogue.size(); ++k)
        if (coverage.nodes[k] > 0) nodes[std::string(catalogue[k].name)] = coverage.nodes[k];
    for (std::size_t from = 0; from < kMostFamilies; ++from)
        for (std::size_t to = 0; to < kMostFamilies; ++to)
            if (const std::uint64_t count = coverage.edges[from][to]; count > 0)
                edges.push_back({from, to, count});
    return {{"forms", coverage.forms}, {"nodes", nodes}, {"edges", edges}};
}

[[nodiscard]] Coverage coverage_of(const Json& json) {
    Coverage coverage;
    json.at("forms").get_to(coverage.forms);
    for (const auto& [name, count] : json.at("nodes").items())
        coverage.nodes[place_of(primitives::primitive(name))] = count.get<std::uint64_t>();
    for (const Json& edge : json.at("edges"))
        coverage.edges.at(edge.at(0).get<std::size_t>()).at(edge.at(1).get<std::size_t>()) =
            edge.at(2).get<std::uint64_t>();
    return coverage;
}

[[nodiscard]] Json json_of(const Settings& settings) {
    return {{"line", "settings"},
            {"format", "gradproof campaign"},
            {"version", kVersion},
            {"gradproof", settings.gradproof},
            {"seed", settings.seed},
            {"shards", settings.shards.mine},
            {"of", settings.shards.of},
            {"subject", settings.subject},
            {"command", settings.command},
            {"ops", settings.ops},
            {"numbers", settings.numbers},
            {"time_limit_ms", settings.limits.answer.count()},
            {"memory_limit", settings.limits.memory},
            {"output_limit", settings.limits.output}};
}

[[nodiscard]] Settings settings_of(const Json& json) {
    if (json.at("format") != "gradproof campaign" || json.at("version") != kVersion) {
        throw std::invalid_argument(
            fmt::format("given format {} version {}, wanted \"gradproof campaign\" version {}",
                        json.at("format").dump(), json.at("version").dump(), kVersion));
    }
    Settings settings;
    json.at("gradproof").get_to(settings.gradproof);
    json.at("seed").get_to(settings.seed);
    json.at("shards").get_to(settings.shards.mine);
    json.at("of").get_to(settings.shards.of);
    json.at("subject").get_to(settings.subject);
    json.at("command").get_to(settings.command);
    json.at("ops").get_to(settings.ops);
    json.at("numbers").get_to(settings.numbers);
    settings.limits.answer =
        std::chrono::milliseconds(json.at("time_limit_ms").get<std::int64_t>());
    json.at("memory_limit").get_to(settings.limits.memory);
    json.at("output_limit").get_to(settings.limits.output);
    return settings;
}

[[nodiscard]] Json json_of(const ToldFinding& f) {
    return {{"line", "finding"},
            {"name", f.name},
            {"law", f.signature.law},
            {"kind", f.signature.kind},
            {"primitives", f.signature.primitives},
            {"fault", f.fault},
            {"headline", f.headline},
            {"diagnosis", f.diagnosis},
            {"block", f.place.block},
            {"index", f.place.index},
            {"case_sum", f.place.sum},
            {"tries", f.tries},
            {"shrinks", f.shrinks},
            {"cut_short", f.cut_short},
            {"file", f.file}};
}

[[nodiscard]] ToldFinding finding_of(const Json& json) {
    ToldFinding f;
    json.at("name").get_to(f.name);
    json.at("law").get_to(f.signature.law);
    json.at("kind").get_to(f.signature.kind);
    json.at("primitives").get_to(f.signature.primitives);
    json.at("fault").get_to(f.fault);
    json.at("headline").get_to(f.headline);
    json.at("diagnosis").get_to(f.diagnosis);
    json.at("block").get_to(f.place.block);
    json.at("index").get_to(f.place.index);
    json.at("case_sum").get_to(f.place.sum);
    json.at("tries").get_to(f.tries);
    json.at("shrinks").get_to(f.shrinks);
    json.at("cut_short").get_to(f.cut_short);
    json.at("file").get_to(f.file);
    return f;
}

[[nodiscard]] Json json_of(const Span& span) {
    return {{"line", "span"},
            {"block", span.block},
            {"from", span.from},
            {"to", span.to},
            {"favoured", span.favoured}};
}

[[nodiscard]] Span span_of(const Json& json) {
    Span span;
    json.at("block").get_to(span.block);
    json.at("from").get_to(span.from);
    json.at("to").get_to(span.to);
    json.at("favoured").get_to(span.favoured);
    return span;
}

[[nodiscard]] Json json_of(const DoneSpan& done) {
    Json json = json_of(done.span);
    json["failing"] = done.tally.failing;
    json["undecided_cases"] = done.tally.undecided;
    json["given_up"] = done.tally.given_up;
    json["counts"] = json_of(done.tally.counts);
    json["coverage"] = json_of(done.tally.coverage);
    json["again"] = done.again;
    json["remarks"] = done.remarks;
    json["seconds"] = done.seconds;
    return json;
}

[[nodiscard]] DoneSpan done_of(const Json& json) {
    DoneSpan done;
    done.span = span_of(json);
    done.tally.cases = done.span.to - done.span.from;
    json.at("failing").get_to(done.tally.failing);
    json.at("undecided_cases").get_to(done.tally.undecided);
    json.at("given_up").get_to(done.tally.given_up);
    done.tally.counts = counts_of(json.at("counts"));
    done.tally.coverage = coverage_of(json.at("coverage"));
    json.at("again").get_to(done.again);
    json.at("remarks").get_to(done.remarks);
    json.at("seconds").get_to(done.seconds);
    return done;
}

[[nodiscard]] Json json_of(const Again& again) {
    return {{"line", "again"}, {"name", again.name}, {"times", again.times}};
}

[[nodiscard]] Line line_of(const Json& json) {
    const auto kind = json.at("line").get<std::string>();
    if (kind == "settings") return settings_of(json);
    if (kind == "finding") return finding_of(json);
    if (kind == "span") return done_of(json);
    if (kind == "again") return Again{json.at("name"), json.at("times")};
    throw std::invalid_argument(
        fmt::format("given a line of kind {}, wanted settings, finding, span or again", kind));
}

}  // namespace

std::string to_text(const Line& line) {
    std::string text = std::visit([](const auto& each) { return dumped(json_of(each)); }, line);
    const std::uint64_t sum = checksum(text);
    text.pop_back();
    return text + fmt::format("{}{:016x}\"}}", kSumField, sum);
}

std::optional<Line> read_line(std::string_view text) {
    const std::size_t tail = kSumField.size() + 16 + 2;
    if (text.size() < tail || text.substr(text.size() - tail, kSumField.size()) != kSumField)
        return std::nullopt;
    const std::string body = std::string(text.substr(0, text.size() - tail)) + "}";
    if (text.substr(text.size() - tail) != fmt::format("{}{:016x}\"}}", kSumField, checksum(body)))
        return std::nullopt;
    try {
        return line_of(Json::parse(body));
    } catch (const Json::exception& error) {
        throw std::invalid_argument(error.what());
    }
}

std::string to_json(const ToldFinding& finding) { return dumped(json_of(finding)); }
ToldFinding read_finding(std::string_view json) { return finding_of(Json::parse(json)); }
std::string to_json(const Span& span) { return dumped(json_of(span)); }
Span read_span(std::string_view json) { return span_of(Json::parse(json)); }

}  // namespace gradproof::campaign
