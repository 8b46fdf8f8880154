// The kinds of damage: to bytes, to tokens, to lines.
#include "mutated_file.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace gradproof::cases {

namespace {

using generate::Dice;
using Pieces = std::vector<std::string>;

/// What stands between bytes by mistake.
const Pieces kBytes{"\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\\",
                    "\xFF",
                    "\xC3",
                    "\xF0\x9F",
                    "\\u0000",
                    "\\ud800",
                    "//",
                    "/*",
                    "'",
                    "\xEF\xBB\xBF",
                    "\xC2\x9B",
                    std::string(1, '\0')};
const Pieces kOtherTypes{"null",    "true",   "false", "{}",      "[]",   "\"\"",  "\"text\"",
                         "-1",      "1.5",    "0",     "-0",      "1e1",  "01",    "+1",
                         "\"nan\"", "\"-0\"", "NaN",   "\"inf\"", "[[]]", "\"n1\""};
const Pieces kHugeNumbers{"1e9",
                          "1000000000",
                          "4294967296",
                          "99999999",
                          "18446744073709551615",
                          "18446744073709551616",
                          "1e308",
                          "1e309",
                          "-1e999",
                          "1e-400",
                          "5e-324",
                          "1e99999999999999999999",
                          "1000001",
                          std::string(5000, '9'),
                          "0." + std::string(5000, '0') + "1",
                          "3.4028236e38"};

/// Where a token begins and how long it is.
struct Token {
    std::size_t at = 0;
    std::size_t length = 0;
};

/// The tokens of a JSON text but for its punctuation.
[[nodiscard]] std::vector<Token> tokens(const std::string& text) {
    constexpr std::string_view between = " ,[]{}:\n";
    std::vector<Token> all;
    for (std::size_t at = text.find_first_not_of(between); at < text.size();) {
        std::size_t end = at + 1;
        if (text[at] == '"') {
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
        } else {
            end = std::min(text.find_first_of(between, at), text.size());
        }
        all.push_back({at, end - at});
        at = text.find_first_not_of(between, end);
    }
    return all;
}

/// The text with one token replaced by what `change` makes of it.
template <class Change>
[[nodiscard]] std::string with_token(std::string text, Dice& dice, Change change) {
    const std::vector<Token> all = tokens(text);
    if (all.empty()) return text;
    const Token token = all[dice.below(all.size())];
    return text.replace(token.at, token.length, change(text.substr(token.at, token.length)));
}

/// The place behind a bracket or comma at which a further item could stand.
[[nodiscard]] std::size_t item_place(const std::string& text, Dice& dice) {
    const std::size_t at = text.find_first_of("[{,", dice.below(text.size()));
    return at == text.npos ? 0 : at + 1;
}

[[nodiscard]] std::string truncated(std::string text, const std::string&, Dice& dice) {
    text.resize(dice.below(text.size()));
    return text;
}

[[nodiscard]] std::string spliced(std::string text, const std::string& other, Dice& dice) {
    text.resize(dice.below(text.size()));
    return text + other.substr(dice.below(other.size()));
}

[[nodiscard]] std::string with_lines_of_another(std::string text, const std::string& other,
                                                Dice& dice) {
    const std::size_t from = other.find('\n', dice.below(other.size()));
    if (from == other.npos) return text;
    const std::size_t to = other.find('\n', from + 1);
    const std::size_t at = text.find('\n', dice.below(text.size()));
    return text.insert(std::min(at, text.size()), other.substr(from, to - from));
}

[[nodiscard]] std::string with_bytes(std::string text, const std::string&, Dice& dice) {
    const std::size_t at = dice.below(text.size());
    switch (dice.below(4)) {
        case 0: return text.erase(at, 1 + dice.below(12));
        case 1: return text.insert(at, dice.one_of(kBytes));
        case 2: return text.replace(at, 1, dice.one_of(kBytes));
        default: text[at] = static_cast<char>(text[at] ^ (1 << dice.below(8))); return text;
    }
}

/// Numbers for numbers, names for names: damage that leaves the JSON whole.
[[nodiscard]] std::string with_swapped_tokens(std::string text, const std::string&, Dice& dice) {
    const std::vector<Token> all = tokens(text);
    if (all.empty()) return text;
    Token first = all[dice.below(all.size())], second = first;
    const auto quoted = [&](const Token& token) { return text[token.at] == '"'; };
    for (int tries = 0; tries < 10 && second.at == first.at; ++tries) {
        const Token other = all[dice.below(all.size())];
        if (quoted(other) == quoted(first)) second = other;
    }
    if (first.at == second.at) return text;
    if (second.at < first.at) std::swap(first, second);
    const std::string one = text.substr(first.at, first.length);
    const std::string two = text.substr(second.at, second.length);
    return text.replace(second.at, second.length, one).replace(first.at, first.length, two);
}

[[nodiscard]] std::string with_a_token_twice(std::string text, const std::string&, Dice& dice) {
    return with_token(std::move(text), dice,
                      [](const std::string& token) { return token + ", " + token; });
}

/// A field that is there already, in front of another one.
[[nodiscard]] std::string with_a_field_twice(std::string text, const std::string&, Dice& dice) {
    const std::size_t name = text.find('"', dice.below(text.size()));
    const std::size_t end = text.find_first_of(",}\n", std::min(name, text.size()));
    if (end == text.npos) return text;
    const std::string field = text.substr(name, end - name) + ", ";
    return text.insert(item_place(text, dice), field);
}

[[nodiscard]] std::string of_another_type(std::string text, const std::string&, Dice& dice) {
    return with_token(std::move(text), dice,
                      [&](const std::string&) { return dice.one_of(kOtherTypes); });
}

[[nodiscard]] std::string with_a_huge_number(std::string text, const std::string&, Dice& dice) {
    return with_token(std::move(text), dice, [&](const std::string& token) {
        return token[0] == '"' && dice.chance(90) ? token : dice.one_of(kHugeNumbers);
    });
}

[[nodiscard]] std::string with_another_number(std::string text, const std::string&, Dice& dice) {
    return with_token(std::move(text), dice, [&](const std::string& token) {
        return token[0] == '"' ? token : std::to_string(dice.below(5));
    });
}

[[nodiscard]] std::string deeply_nested(std::string text, const std::string&, Dice& dice) {
    const std::size_t depth = dice.chance(10) ? 20'000 : 1 + dice.below(30);
    const bool objects = dice.chance(50), closed = dice.chance(70);
    return with_token(std::move(text), dice, [&](std::string token) {
        std::string nested;
        for (std::size_t i = 0; i < depth; ++i) nested += objects ? "{\"a\":" : "[";
        nested += token;
        return closed ? nested + std::string(depth, objects ? '}' : ']') : nested;
    });
}

[[nodiscard]] std::string with_a_hole(std::string text, const std::string&, Dice& dice) {
    const std::size_t from = item_place(text, dice);
    const std::size_t to = text.find_first_of(",]}\n", from);
    return text.erase(from, to == text.npos ? to : to - from + dice.below(2));
}

}  // namespace

const std::vector<Mutation>& mutations() {
    static const std::vector<Mutation> all{
        {"truncated", truncated},
        {"spliced", spliced},
        {"with lines of another", with_lines_of_another},
        {"with bytes damaged", with_bytes},
        {"with tokens swapped", with_swapped_tokens},
        {"with a token twice", with_a_token_twice},
        {"with a field twice", with_a_field_twice},
        {"with another type", of_another_type},
        {"with a huge number", with_a_huge_number},
        {"with another number", with_another_number},
        {"deeply nested", deeply_nested},
        {"with a hole", with_a_hole},
    };
    return all;
}

}  // namespace gradproof::cases
