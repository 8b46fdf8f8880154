// The include table: which part of lib/gradproof may include which, directly.
#include "include_table.hpp"

#include <regex>
#include <sstream>

namespace gradproof::structure {
namespace {

/// Libraries that must reach a consumer only through the parts that are about them.
const std::map<std::string, std::set<std::string>>& reserved_libraries() {
    static const std::map<std::string, std::set<std::string>> parts_by_library{
        {"rapidcheck", {"generate", "laws", "testing", "campaign", "cli"}},
        {"gtest", {"testing"}},
        {"gmock", {}},
    };
    return parts_by_library;
}

/// The part that a path below lib/gradproof belongs to. A header beside the parts, such as
/// gradproof/gtest.hpp, is a front door of testing.
std::string part_of(const std::filesystem::path& below_gradproof) {
    const std::string first = below_gradproof.begin()->string();
    return below_gradproof.has_parent_path() ? first : "testing";
}

/// What an include names up to the first slash or dot: the library or, in quotes, anything.
std::string first_word(const std::string& included) {
    return included.substr(0, included.find_first_of("/."));
}

}  // namespace

const std::map<std::string, std::set<std::string>>& include_table() {
    static const std::map<std::string, std::set<std::string>> table{
        {"scalar", {}},
        {"callable", {"scalar"}},
        {"oracle", {"callable", "scalar"}},
        {"backprop", {"scalar"}},
        {"primitives", {"backprop", "scalar"}},
        {"case", {"primitives", "backprop", "callable", "scalar"}},
        {"subject", {"callable", "case", "primitives", "scalar"}},
        {"check", {"subject", "oracle", "callable", "scalar"}},
        {"generate", {"case", "primitives", "backprop", "scalar"}},
        {"laws", {"check", "generate", "subject", "case"}},
        {"testing", {"laws", "check", "generate", "subject", "case", "callable", "scalar"}},
        {"campaign",
         {"laws", "check", "generate", "subject", "case", "primitives", "backprop", "scalar"}},
        {"claims", {"check", "case", "oracle"}},
        {"cli",
         {"scalar", "callable", "oracle", "backprop", "primitives", "case", "subject", "check",
          "generate", "laws", "testing", "campaign", "claims"}},
    };
    return table;
}

std::vector<std::string> forbidden_includes(const SourceFile& file) {
    static const std::regex include_line(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
    const std::string part = part_of(file.path.lexically_relative("lib/gradproof"));
    const auto row = include_table().find(part);
    if (row == include_table().end()) {
        return {file.path.string() + " is in no part that the include table knows"};
    }

    std::vector<std::string> sentences;
    std::istringstream lines(file.text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (!std::regex_match(line, match, include_line)) continue;
        const std::string included = match[2];
        const auto forbid = [&](const std::string& why) {
            sentences.push_back(file.path.string() + ":" + std::to_string(number) + " includes " +
                                included + ": " + why);
        };
        if (match[1] == "\"") {
            forbid("a file of the library is included as <gradproof/part/file.hpp>");
            continue;
        }
        const std::string library = first_word(included);
        if (const auto reserved = reserved_libraries().find(library);
            reserved != reserved_libraries().end() && !reserved->second.contains(part)) {
            forbid(part + " must not make its consumers need " + library);
        }
        if (library != "gradproof") continue;
        const std::string other =
            part_of(std::filesystem::path(included).lexically_relative("gradproof"));
        if (other != part && !row->second.contains(other)) {
            forbid("the include table does not let " + part + " include " + other);
        }
    }
    return sentences;
}

}  // namespace gradproof::structure
