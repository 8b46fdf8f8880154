// A proof in a folder of its own, for tests that look at its outcome.
#pragma once

#include <gradproof/testing/proof.hpp>

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace gradproof::testing {

/// An empty folder that is removed at the end.
class Folder {
public:
    Folder() {
        const ::testing::TestInfo* running =
            ::testing::UnitTest::GetInstance()->current_test_info();
        path_ = std::filesystem::path(::testing::TempDir()) /
                ("gradproof-" + std::string(running->test_suite_name()) + "-" + running->name());
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

[[nodiscard]] inline Proof proven(const HandWritten& claim, std::uint64_t seed = 1,
                                  std::size_t cases = 100) {
    const Folder folder;
    return prove(claim, "Suite.test", {seed, cases, true, folder.path()});
}

[[nodiscard]] inline std::string text_of(const Proof& proof, const HandWritten& claim) {
    std::string text;
    for (const std::string& line : to_lines(proof, claim)) text += line + "\n";
    return text;
}

}  // namespace gradproof::testing
