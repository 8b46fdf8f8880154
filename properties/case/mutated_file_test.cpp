// What damage may do to a case file: it becomes an error, or another case that is as sound as any.
#include <gradproof/case/file.hpp>

#include "any_case.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gradproof::cases {
namespace {

constexpr int kFilesPerCase = 20;

/// What a slip of an editor or of a generator puts in.
const std::vector<std::string> kPieces{
    "\"",       "{",       "}",        "[",      "]",        ",",          ":",
    "null",     "true",    "-0",       "1e999",  "0.1",      "-1",         "1e-9",
    "99999999", "\"nan\"", "\"x\"",    "\"n2\"", "\"relu\"", "\\u0000",    "\\",
    "\xFF",     "\xC3",    "\xF0\x9F", "[[[[[[", "{\"a\":",  "4294967296", std::string(1, '\0')};

std::string damaged(std::string text, generate::Dice& dice) {
    for (std::size_t slips = 1 + dice.below(3); slips > 0 && !text.empty(); --slips) {
        const std::size_t at = dice.below(text.size());
        const std::size_t other = dice.below(text.size());
        const std::size_t length = 1 + dice.below(12);
        switch (dice.below(6)) {
            case 0: text.resize(at); break;
            case 1: text.erase(at, length); break;
            case 2: text.insert(at, text.substr(other, length)); break;
            case 3: text.insert(at, dice.one_of(kPieces)); break;
            case 4: text.replace(at, 1, dice.one_of(kPieces)); break;
            default: text[at] = static_cast<char>(text[at] ^ (1 << dice.below(8))); break;
        }
    }
    return text;
}

/// Numbers for numbers, names for names: damage that leaves the JSON whole.
std::string swapped_tokens(std::string text, generate::Dice& dice) {
    const std::string marks = " ,[]{}:\n";
    const auto token = [&](std::size_t at, std::size_t& end) {
        const std::size_t begin = text.find_first_not_of(marks, at);
        if (begin == text.npos) return text.npos;
        end = std::min(text.find_first_of(marks, begin), text.size());
        return begin;
    };
    std::size_t end = 0, other_end = 0;
    const std::size_t begin = token(dice.below(text.size()), end);
    const std::size_t other = token(dice.below(text.size()), other_end);
    if (begin == text.npos || other == text.npos) return text;
    return text.replace(begin, end - begin, text.substr(other, other_end - other));
}

RC_GTEST_PROP(ADamagedFile, is_refused_or_is_another_case, (std::uint64_t seed)) {
    generate::Dice dice{rc::Random(seed)};
    const Finding finding{"law", "subject", 42, "wrong", {"line", "line"}, "0.1.0"};
    const std::string text = write(any_case(dice), finding);
    int refused = 0;
    for (int i = 0; i < kFilesPerCase; ++i) {
        const std::string file = dice.chance(30) ? swapped_tokens(text, dice) : damaged(text, dice);
        try {
            const CaseFile read_case = read(file, "damaged.json");
            const std::string again = write(read_case.drawn, read_case.finding);
            const CaseFile reread = read(again, "again.json");
            RC_ASSERT(write(reread.drawn, reread.finding) == again);
        } catch (const FormatError& refusal) {
            ++refused;
            RC_ASSERT(std::string(refusal.what()).starts_with("damaged.json:"));
        }
    }
    RC_TAG(refused == kFilesPerCase ? "all refused" : "some are cases");
}

}  // namespace
}  // namespace gradproof::cases
