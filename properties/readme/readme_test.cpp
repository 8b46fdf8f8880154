// What the README shows is what there is. Before a fenced block a comment says where it comes from:
//
//   <!-- from FILE -->       the block stands in that file, line for line
//   <!-- printed by ARGS --> the block is printed by `gradproof ARGS` at the root of the tree; DIR is a
//                            folder that is not there yet
//
// A line "..." leaves lines out, lines may be indented differently, and "~" stands for what differs by
// machine.
#include "../folder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Block {
    std::string source;  ///< what the comment before it says; empty where there is none
    std::vector<std::string> lines;
    std::size_t at = 0;  ///< line number of the fence
};

[[nodiscard]] std::vector<std::string> lines_of(std::istream& text) {
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

[[nodiscard]] std::vector<std::string> lines_of_file(const std::string& name) {
    std::ifstream file(std::filesystem::path(GRADPROOF_SOURCE_DIR) / name);
    EXPECT_TRUE(file.good()) << name;
    return lines_of(file);
}

[[nodiscard]] std::string trimmed(const std::string& line) {
    const auto first = line.find_first_not_of(" \t"), last = line.find_last_not_of(" \t");
    return first == std::string::npos ? "" : line.substr(first, last - first + 1);
}

[[nodiscard]] std::vector<Block> blocks() {
    std::vector<Block> all;
    std::string comment;
    bool inside = false;
    std::size_t number = 0;
    for (const std::string& line : lines_of_file("README.md")) {
        ++number;
        if (line.starts_with("```")) {
            inside = !inside;
            if (inside) all.push_back({comment, {}, number});
            comment.clear();
        } else if (inside) {
            all.back().lines.push_back(line);
        } else if (line.starts_with("<!-- ") && line.ends_with(" -->")) {
            comment = line.substr(5, line.size() - 9);
        }
    }
    return all;
}

[[nodiscard]] std::vector<std::string> printed_by(std::string arguments) {
    const gradproof::testing::Folder folder;
    const std::string placeholder = " DIR ";
    if (const auto at = arguments.find(placeholder); at != std::string::npos)
        arguments.replace(at + 1, placeholder.size() - 2, (folder.path() / "campaign").string());
    std::string command = "cd \"" GRADPROOF_SOURCE_DIR "\" && \"" GRADPROOF_COMMAND "\" ";
    command.append(arguments).append(" 2>/dev/null");
    FILE* pipe = popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::string text;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), count);
    pclose(pipe);
    std::istringstream stream(text);
    return lines_of(stream);
}

/// Whether `shown` is `line`, "~" in it standing for anything.
[[nodiscard]] bool matches(const std::string& shown, const std::string& line) {
    const auto hole = shown.find('~');
    if (hole == std::string::npos) return shown == line;
    const std::string before = shown.substr(0, hole), after = shown.substr(hole + 1);
    return line.size() >= before.size() + after.size() && line.starts_with(before) &&
           line.ends_with(after);
}

/// The first line of the block that `lines` does not have in its place; empty where all fit.
[[nodiscard]] std::string missing(const Block& block, const std::vector<std::string>& lines) {
    for (std::size_t start = 0; start < lines.size(); ++start) {
        if (!matches(trimmed(block.lines.front()), trimmed(lines[start]))) continue;
        std::size_t at = start;
        bool skipping = false;
        for (const std::string& shown : block.lines) {
            if (trimmed(shown) == "...") {
                skipping = true;
                continue;
            }
            while (skipping && at < lines.size() && !matches(trimmed(shown), trimmed(lines[at])))
                ++at;
            skipping = false;
            if (at >= lines.size() || !matches(trimmed(shown), trimmed(lines[at]))) return shown;
            ++at;
        }
        return "";
    }
    return block.lines.front();
}

TEST(Readme, shows_code_that_stands_in_files_which_are_built_and_run) {
    std::size_t found = 0;
    for (const Block& block : blocks()) {
        if (!block.source.starts_with("from ")) continue;
        ++found;
        EXPECT_EQ(missing(block, lines_of_file(block.source.substr(5))), "")
            << "README.md:" << block.at << ", " << block.source;
    }
    EXPECT_GE(found, 3U);
}

TEST(Readme, shows_output_that_the_command_prints) {
    std::size_t found = 0;
    for (const Block& block : blocks()) {
        if (!block.source.starts_with("printed by ")) continue;
        ++found;
        EXPECT_EQ(missing(block, printed_by(block.source.substr(11))), "")
            << "README.md:" << block.at << ", " << block.source;
    }
    EXPECT_GE(found, 3U);
}

TEST(Readme, begins_with_the_two_commands_of_the_first_minute) {
    const std::vector<Block> all = blocks();
    ASSERT_FALSE(all.empty());
    ASSERT_EQ(all.front().lines.size(), 2U);
    EXPECT_TRUE(all.front().lines[0].ends_with("gradproof verify"));
    EXPECT_EQ(all.front().lines[1], "ctest --preset test");
}

TEST(Readme, says_of_each_block_where_it_comes_from) {
    // But for the two commands, and for the shell lines that a reader adapts.
    for (const Block& block : blocks()) {
        const bool commands = !block.lines.empty() && block.source.empty();
        if (!commands) continue;
        for (const std::string& line : block.lines) {
            const bool shell = line.starts_with(".ci/") || line.starts_with("ctest ") ||
                               line.starts_with("gradproof ") || line.starts_with("RC_PARAMS=") ||
                               line.starts_with("cmake ");
            EXPECT_TRUE(shell) << "README.md:" << block.at << " shows \"" << line << "\" of nobody";
        }
    }
}

}  // namespace
