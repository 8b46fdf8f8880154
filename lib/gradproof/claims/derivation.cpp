// Found errata against recorded ones: each has to be on both sides.
#include <gradproof/claims/derivation.hpp>

#include <algorithm>
#include <utility>

namespace gradproof::claims {

namespace {

[[nodiscard]] bool is_found(const RecordedErratum& recorded, const Statement& statement) {
    return statement.kind == Statement::Kind::erratum && statement.id == recorded.id &&
           statement.error_class == recorded.error_class && statement.truth == recorded.truth;
}

}  // namespace

std::size_t Derivation::count(Statement::Kind kind) const {
    return static_cast<std::size_t>(
        std::count_if(statements.begin(), statements.end(),
                      [kind](const Statement& statement) { return statement.kind == kind; }));
}

std::size_t Derivation::unrecorded() const {
    return static_cast<std::size_t>(
        std::count_if(statements.begin(), statements.end(), [](const Statement& statement) {
            return statement.kind == Statement::Kind::erratum && !statement.recorded;
        }));
}

bool Derivation::holds() const {
    return gone.empty() && unrecorded() == 0 && count(Statement::Kind::undecided) == 0;
}

Derivation concluded(std::string title, std::string setting, std::vector<Statement> statements,
                     const std::vector<RecordedErratum>& recorded) {
    Derivation result{std::move(title), std::move(setting), std::move(statements), {}};
    for (const RecordedErratum& erratum : recorded) {
        bool found = false;
        for (Statement& statement : result.statements) {
            if (!is_found(erratum, statement)) continue;
            statement.recorded = true;
            found = true;
        }
        if (!found) result.gone.push_back(erratum);
    }
    return result;
}

std::string_view to_words(Statement::Kind kind) {
    switch (kind) {
        case Statement::Kind::erratum: return "erratum";
        case Statement::Kind::confirmation: return "confirmation";
        case Statement::Kind::undecided: return "undecided";
    }
    return "";
}

}  // namespace gradproof::claims
