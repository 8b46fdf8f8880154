// A judged derivation as lines of text, the verdict first.
#include <gradproof/claims/derivation.hpp>

#include <algorithm>
#include <string>

namespace gradproof::claims {

namespace {

using Lines = std::vector<std::string>;
using Kind = Statement::Kind;

/// Appends `text`, broken at blanks so that no line is wider than `width`; later lines are indented
/// by `hang` more.
void append_wrapped(Lines& lines, std::size_t indent, std::size_t hang, const std::string& text,
                    std::size_t width) {
    std::string line(indent, ' ');
    bool fresh = true;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        const std::string word = text.substr(start, end - start);
        if (!fresh && line.size() + 1 + word.size() > width) {
            lines.push_back(line);
            line.assign(indent + hang, ' ');
            fresh = true;
        }
        line += (fresh ? "" : " ") + word;
        fresh = false;
        start = end + 1;
    }
    lines.push_back(line);
}

[[nodiscard]] std::string counted(std::size_t count, const std::string& one,
                                  const std::string& many) {
    return count == 0 ? "no " + many : std::to_string(count) + " " + (count == 1 ? one : many);
}

[[nodiscard]] std::string verdict_line(const Derivation& derivation) {
    const std::size_t errata = derivation.count(Kind::erratum);
    std::string line = derivation.title + ": ";
    if (derivation.holds()) {
        line += counted(errata, "erratum", "errata") + (errata > 0 ? ", as recorded" : "");
    } else {
        line += "NOT as recorded: ";
        std::string parts;
        const auto add = [&](std::size_t count, const std::string& one, const std::string& many) {
            if (count > 0) parts += (parts.empty() ? "" : ", ") + counted(count, one, many);
        };
        add(derivation.unrecorded(), "new erratum", "new errata");
        add(derivation.gone.size(), "recorded erratum is gone", "recorded errata are gone");
        add(derivation.count(Kind::undecided), "claim is undecided", "claims are undecided");
        line += parts;
    }
    return line + "; " + counted(derivation.count(Kind::confirmation), "claim", "claims") +
           " confirmed.";
}

void append_statement(Lines& lines, const Statement& statement, std::size_t width) {
    std::string heading;
    switch (statement.kind) {
        case Kind::erratum:
            heading = std::string(statement.recorded ? "Erratum" : "NEW erratum") + " (" +
                      statement.error_class + "): " + statement.claim + ".";
            break;
        case Kind::confirmation: heading = "Confirmed: " + statement.claim + "."; break;
        case Kind::undecided: heading = "UNDECIDED: " + statement.claim + "."; break;
    }
    append_wrapped(lines, 2, 4, heading, width);
    if (statement.kind == Kind::erratum)
        append_wrapped(lines, 6, 0, "Should be: " + statement.truth + ".", width);
    for (const std::string& sentence : statement.evidence) {
        append_wrapped(lines, 6, 2, "- " + sentence, width);
    }
}

void append_all(Lines& lines, const Derivation& derivation, Kind kind, bool recorded,
                std::size_t width) {
    for (const Statement& statement : derivation.statements) {
        if (statement.kind != kind || statement.recorded != recorded) continue;
        if (kind != Kind::confirmation) lines.emplace_back();
        append_statement(lines, statement, width);
    }
}

}  // namespace

std::vector<std::string> to_lines(const Derivation& derivation, std::size_t width) {
    Lines lines;
    append_wrapped(lines, 0, 2, verdict_line(derivation), width);
    append_wrapped(lines, 2, 0, derivation.setting, width);
    append_all(lines, derivation, Kind::erratum, false, width);
    for (const RecordedErratum& erratum : derivation.gone) {
        lines.emplace_back();
        append_wrapped(lines, 2, 4,
                       "GONE: the recorded erratum \"" + erratum.id + "\" (" + erratum.error_class +
                           "; should be: " + erratum.truth +
                           ") is not there any more. If the document was corrected, delete it from "
                           "the recorded errata.",
                       width);
    }
    append_all(lines, derivation, Kind::undecided, false, width);
    append_all(lines, derivation, Kind::erratum, true, width);
    lines.emplace_back();
    append_all(lines, derivation, Kind::confirmation, false, width);
    return lines;
}

}  // namespace gradproof::claims
