// What must hold of the source tree: its parts include only what the table lists, everything has
// its place and its name. Each rule is first shown a violation that it must catch.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "include_table.hpp"
#include "layout.hpp"
#include "source_file.hpp"

namespace {

namespace fs = std::filesystem;
using namespace gradproof::structure;

const fs::path root = GRADPROOF_SOURCE_DIR;
const fs::path build_tree = GRADPROOF_BINARY_DIR;

std::vector<fs::path> every_file() {
    std::vector<fs::path> paths;
    for (const char* folder : {"lib", "properties", "fixtures"}) {
        const auto below = files_below(root, folder);
        paths.insert(paths.end(), below.begin(), below.end());
    }
    return paths;
}

std::string listed(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) text += "  " + sentence + "\n";
    return text;
}

TEST(TheIncludeTable, catches_a_planted_include_of_a_later_part) {
    const SourceFile planted{"lib/gradproof/oracle/stencil.cpp",
                             "// A stencil.\n#include <gradproof/scalar/wide.hpp>\n"
                             "#include <gradproof/primitives/catalogue.hpp>\n"};
    EXPECT_EQ(forbidden_includes(planted),
              std::vector<std::string>{
                  "lib/gradproof/oracle/stencil.cpp:3 includes gradproof/primitives/catalogue.hpp: "
                  "the include table does not let oracle include primitives"});
}

TEST(TheIncludeTable, catches_an_include_that_hides_its_part) {
    const SourceFile planted{"lib/gradproof/oracle/stencil.cpp",
                             "#include \"../primitives/catalogue.hpp\"\n"};
    EXPECT_EQ(forbidden_includes(planted).size(), 1U);
}

TEST(TheIncludeTable, catches_an_include_of_the_front_door_from_inside) {
    const SourceFile planted{"lib/gradproof/check/report.hpp",
                             " # include <gradproof/gtest.hpp>\n"};
    EXPECT_EQ(forbidden_includes(planted).size(), 1U);
}

TEST(TheIncludeTable, catches_a_part_that_is_in_no_table) {
    EXPECT_EQ(forbidden_includes({"lib/gradproof/extras/x.hpp", ""}).size(), 1U);
    EXPECT_EQ(forbidden_includes({"lib/gradproof/cli/x.hpp", "#include <gradproof/extras/x.hpp>\n"})
                  .size(),
              1U);
}

TEST(TheIncludeTable, catches_test_libraries_in_parts_that_promise_none) {
    const SourceFile planted{"lib/gradproof/check/report.cpp",
                             "#include <gtest/gtest.h>\n#include <rapidcheck.h>\n"};
    EXPECT_EQ(forbidden_includes(planted).size(), 2U);
}

TEST(TheIncludeTable, allows_the_part_itself_what_it_lists_and_other_libraries) {
    const SourceFile allowed{
        "lib/gradproof/gtest.hpp",
        "#include <vector>\n#include <gtest/gtest.h>\n#include <rapidcheck.h>\n"
        "#include <gradproof/testing/rc_params.hpp>\n"
        "#include <gradproof/laws/adjoint_identity.hpp>\n"};
    EXPECT_EQ(forbidden_includes(allowed), std::vector<std::string>{});
}

TEST(TheIncludeTable, has_no_cycle_and_lists_only_its_own_parts) {
    std::set<std::string> settled;
    std::size_t before = 0;
    do {
        before = settled.size();
        for (const auto& [part, others] : include_table()) {
            if (std::includes(settled.begin(), settled.end(), others.begin(), others.end())) {
                settled.insert(part);
            }
        }
    } while (settled.size() > before);
    EXPECT_EQ(settled.size(), include_table().size()) << "the parts not settled include each other";
}

TEST(TheLibrary, obeys_the_include_table) {
    int files = 0;
    for (const fs::path& path : files_below(root, "lib/gradproof")) {
        if (!is_cpp(path)) continue;
        ++files;
        const std::vector<std::string> sentences = forbidden_includes(read_source(root, path));
        EXPECT_EQ(listed(sentences), "");
    }
    EXPECT_GT(files, 0) << "no file of the library was found below " << root;
}

TEST(TheLibrary, hands_every_file_of_a_part_to_the_build) {
    // A header that is forgotten there compiles here and is missing from the installed package.
    for (const fs::path& path : files_below(root, "lib/gradproof")) {
        if (!is_cpp(path)) continue;
        const fs::path below = path.lexically_relative("lib/gradproof");
        const std::string part = below.has_parent_path() ? below.begin()->string() : "testing";
        const fs::path folder = fs::path("lib/gradproof") / part;
        const std::string name = path.lexically_relative(folder).string();
        const std::string build = read_source(root, folder / "CMakeLists.txt").text;
        EXPECT_NE((' ' + build).find(' ' + name), std::string::npos)
            << path << " is not named in " << folder / "CMakeLists.txt";
    }
}

TEST(TheRoot, rule_catches_a_stray_and_a_missing_name) {
    EXPECT_EQ(misplaced_at_root({"lib", "properties", "CMakeLists.txt", "README.md", "LICENSE",
                                 ".gitignore", "src"}),
              (std::vector<std::string>{"src has no place at the root",
                                        "fixtures is missing at the root"}));
}

TEST(TheRoot, holds_what_the_layout_says_and_nothing_else) {
    // Build trees are nobody's layout: the presets' and, if it lies inside, the one at work.
    const std::set<std::string> built{"build",
                                      build_tree.lexically_relative(root).begin()->string()};
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (!built.contains(name)) names.push_back(name);
    }
    const std::vector<std::string> sentences = misplaced_at_root(names);
    EXPECT_EQ(listed(sentences), "");
}

TEST(TheNames, rule_catches_a_name_without_a_concept) {
    EXPECT_EQ(empty_names("lib/gradproof/oracle/utils.hpp").size(), 1U);
    EXPECT_EQ(empty_names("lib/gradproof/common/shape.hpp").size(), 1U);
    EXPECT_EQ(empty_names("lib/gradproof/oracle/common_points.hpp").size(), 0U);
}

TEST(TheNames, each_tell_a_concept) {
    for (const fs::path& path : every_file()) {
        const std::vector<std::string> sentences = empty_names(path);
        EXPECT_EQ(listed(sentences), "");
    }
}

TEST(TheFirstComment, rule_catches_a_file_without_a_sentence) {
    EXPECT_TRUE(begins_with_a_sentence({"a.hpp", "// The wide type.\n#pragma once\n"}));
    EXPECT_TRUE(begins_with_a_sentence({"a.hpp", "// What the oracle\n// answers.\n"}));
    EXPECT_FALSE(begins_with_a_sentence({"a.hpp", "#pragma once\n// The wide type.\n"}));
    EXPECT_FALSE(begins_with_a_sentence({"a.hpp", "// wide\n"}));
    EXPECT_FALSE(begins_with_a_sentence({"a.hpp", ""}));
}

TEST(TheFirstComment, of_every_file_says_what_it_is) {
    for (const fs::path& path : every_file()) {
        if (!is_cpp(path)) continue;
        EXPECT_TRUE(begins_with_a_sentence(read_source(root, path)))
            << path << " does not begin with a comment that says in a sentence what it is";
    }
}

TEST(AHeader, rule_catches_a_source_that_does_not_begin_with_it) {
    const std::string path = "lib/gradproof/oracle/stencil.cpp";
    const std::string own = "#include <gradproof/oracle/stencil.hpp>\n";
    EXPECT_TRUE(includes_its_header_first({path, "// A stencil.\n" + own + "#include <vector>\n"}));
    EXPECT_FALSE(includes_its_header_first({path, "// A stencil.\n#include <vector>\n" + own}));
    EXPECT_FALSE(includes_its_header_first({path, "// A stencil.\n"}));
}

TEST(AHeader, is_the_first_include_of_the_source_of_its_name) {
    // The build verifies headers without such a source only; these are proven by it.
    for (const fs::path& path : files_below(root, "lib/gradproof")) {
        if (path.extension() != ".cpp" ||
            !fs::exists(fs::path(root / path).replace_extension("hpp")))
            continue;
        EXPECT_TRUE(includes_its_header_first(read_source(root, path)))
            << path << " does not begin with its own header";
    }
}

}  // namespace
