// What must hold of saved counterexamples beside their replay, which ctest runs file by file: sound
// backprop keeps the laws along other directions, too, and each wrong rule is still refuted by its file.
#include <gradproof/case/file.hpp>
#include <gradproof/case/whole_file.hpp>
#include <gradproof/laws/law.hpp>

#include <wrong_rules/wrong_rule.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using namespace gradproof;

const fs::path kFolder = GRADPROOF_COUNTEREXAMPLES;
constexpr std::uint64_t kDirections = 4;

[[nodiscard]] std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

[[nodiscard]] std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

TEST(ACounterexample, holds_along_every_direction_that_is_drawn) {
    const subject::Backprop library;
    const std::vector<fs::path> files = files_below(kFolder);
    EXPECT_GE(files.size(), 60U);
    for (const fs::path& file : files) {
        const cases::CaseFile saved = cases::read_file(file);
        for (const laws::Law& law : laws::all_laws()) {
            for (std::uint64_t k = 0; k < kDirections; ++k) {
                const std::uint64_t seed = saved.finding ? saved.finding->seed + k : k;
                const check::Report report = law.holds(library, saved.drawn, seed);
                EXPECT_TRUE(report.holds()) << file << "\n" << joined(check::to_lines(report));
            }
        }
    }
}

TEST(ACounterexample, of_a_wrong_rule_still_refutes_it) {
    const std::vector<fs::path> files = files_below(kFolder / "wrong_rules");
    EXPECT_GE(files.size(), 30U);
    for (const fs::path& file : files) {
        const cases::CaseFile saved = cases::read_file(file);
        ASSERT_TRUE(saved.finding) << file;
        const auto& rules = fixtures::wrong_rules();
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const auto& known) {
            return known.name == saved.finding->subject;
        });
        ASSERT_NE(rule, rules.end()) << file << ": no wrong rule \"" << saved.finding->subject
                                     << "\" is left; rename the subject, or move the file";
        const laws::Law* law = laws::find_law(saved.finding->law);
        ASSERT_NE(law, nullptr) << file << ": " << saved.finding->law;
        EXPECT_FALSE(law->holds(*rule->subject(), saved.drawn, saved.finding->seed).holds())
            << file << ": " << rule->name << " passes \"" << law->name << "\"";
    }
}

TEST(ACounterexample, is_laid_out_as_every_case_file) {
    for (const fs::path& file : files_below(kFolder)) {
        const cases::CaseFile saved = cases::read_file(file);
        EXPECT_EQ(cases::write(saved.drawn, saved.finding), cases::read_whole(file, 100'000))
            << file;
    }
}

}  // namespace
