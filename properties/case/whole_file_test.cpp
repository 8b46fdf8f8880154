// What must hold of files as a whole: they are replaced or left as they were, and errors name them.
#include <gradproof/case/file.hpp>

#include "../failing_disk.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gradproof::cases {
namespace {

namespace fs = std::filesystem;
using testing::CommonUser;
using testing::FullDisk;

/// A directory of its own for each test.
class AWholeFile : public ::testing::Test {
protected:
    AWholeFile() {
        std::string pattern = (fs::temp_directory_path() / "gradproof-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error(pattern + " was not made");
        directory = pattern;
    }
    ~AWholeFile() override {
        fs::permissions(directory, fs::perms::owner_all);
        fs::remove_all(directory);
    }

    [[nodiscard]] std::ptrdiff_t files() const {
        return std::distance(fs::directory_iterator(directory), fs::directory_iterator());
    }

    fs::path directory;
};

/// What `call` throws as a FileError.
std::string file_error(const std::function<void()>& call) {
    try {
        call();
    } catch (const FileError& error) {
        return error.what();
    }
    return "no FileError";
}

Case some_case() {
    Case drawn;
    drawn.graph.add_input("x", {2});
    drawn.inputs = {{1, 2}};
    drawn.cotangent = {1, 0};
    return drawn;
}

TEST_F(AWholeFile, holds_the_case_that_was_written_and_nothing_lies_beside_it) {
    const fs::path path = directory / "case.json";
    write_file(path, some_case());
    EXPECT_EQ(read_whole(path, 1000), write(some_case()));
    EXPECT_EQ(read_file(path).drawn.inputs, some_case().inputs);
    replace_whole(path, "other");
    EXPECT_EQ(read_whole(path, 1000), "other");
    EXPECT_EQ(files(), 1);
}

TEST_F(AWholeFile, stays_as_it_was_when_the_disk_is_full) {
    const fs::path path = directory / "case.json";
    replace_whole(path, "before");
    std::string error;
    {
        const FullDisk full(100);
        error = file_error([&] { replace_whole(path, std::string(1000, 'x')); });
    }
    EXPECT_EQ(error, path.string() +
                         ": could not be written: File too large; make room, or choose "
                         "another place");
    EXPECT_EQ(read_whole(path, 1000), "before");
    EXPECT_EQ(files(), 1);
}

TEST_F(AWholeFile, stays_as_it_was_where_nothing_may_be_made_beside_it) {
    const fs::path path = directory / "case.json";
    replace_whole(path, "before");
    fs::permissions(directory, fs::perms::all & ~fs::perms::owner_write & ~fs::perms::group_write &
                                   ~fs::perms::others_write);
    std::string error;
    {
        const CommonUser user;
        error = file_error([&] { replace_whole(path, "after"); });
    }
    EXPECT_EQ(error, path.string() +
                         ": could not be written: Permission denied; change its permissions, or "
                         "choose another place");
    EXPECT_EQ(read_whole(path, 1000), "before");
}

TEST_F(AWholeFile, keeps_its_permissions_and_the_link_that_leads_to_it) {
    const fs::path path = directory / "case.json", link = directory / "link.json";
    replace_whole(path, "before");
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
    fs::create_symlink(path, link);
    replace_whole(link, "after");
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_EQ(read_whole(path, 1000), "after");
    EXPECT_EQ(fs::status(path).permissions(),
              fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
}

TEST_F(AWholeFile, may_have_a_relative_path) {
    const fs::path before = fs::current_path();
    fs::current_path(directory);
    replace_whole("case.json", "text");
    EXPECT_EQ(read_whole("case.json", 1000), "text");
    fs::current_path(before);
    EXPECT_EQ(files(), 1);
}

TEST_F(AWholeFile, that_cannot_be_written_is_named_with_the_reason) {
    EXPECT_EQ(
        file_error([] { replace_whole("/dev/full", "text"); }),
        "/dev/full: could not be written: No space left on device; make room, or choose another "
        "place");
    const fs::path missing = directory / "missing" / "case.json";
    EXPECT_EQ(file_error([&] { replace_whole(missing, "text"); }),
              missing.string() +
                  ": could not be written: No such file or directory; mend the path, or "
                  "make the directory");
    EXPECT_EQ(file_error([&] { replace_whole(directory, "text"); }),
              directory.string() + ": could not be written: Is a directory; mend the path");
    replace_whole(directory / "file", "text");
    EXPECT_NE(file_error([&] {
                  replace_whole(directory / "file" / "case.json", "text");
              }).find("Not a directory; mend the path"),
              std::string::npos);
    EXPECT_NE(file_error([&] {
                  replace_whole(directory / std::string(300, 'x'), "text");
              }).find("File name too long; mend the path"),
              std::string::npos);
    EXPECT_EQ(files(), 1);
}

TEST_F(AWholeFile, that_cannot_be_read_is_named_with_the_reason) {
    const fs::path missing = directory / "case.json";
    EXPECT_EQ(file_error([&] { static_cast<void>(read_file(missing)); }),
              missing.string() +
                  ": could not be read: No such file or directory; mend the path, or "
                  "make the directory");
    EXPECT_EQ(file_error([&] { static_cast<void>(read_file(directory)); }),
              directory.string() + ": could not be read: Is a directory; mend the path");
    EXPECT_EQ(
        file_error([] { static_cast<void>(read_whole("/dev/zero", 1000)); }),
        "/dev/zero: given more than 1000 bytes, wanted a file that a person could look at; mend "
        "the path");
}

TEST_F(AWholeFile, that_is_a_pipe_without_a_writer_is_refused_at_once) {
    const fs::path pipe = directory / "pipe.json";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(file_error([&] { static_cast<void>(read_file(pipe)); }),
              pipe.string() +
                  ": could not be read: given a pipe that nobody writes to, wanted a text; start "
                  "the writer first, or give a file");
}

TEST_F(AWholeFile, may_be_a_pipe_whose_writer_takes_its_time) {
    const fs::path pipe = directory / "pipe.json";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    const std::string text = write(some_case());
    // Opened for both, it has a writer at once, and the opening waits for nobody.
    const int end = ::open(pipe.c_str(), O_RDWR);
    ASSERT_GE(end, 0);
    std::thread writer([&] {
        const auto send = [end](const std::string& part) {
            return ::write(end, part.data(), part.size()) == static_cast<ssize_t>(part.size());
        };
        const bool begun = send(text.substr(0, 30));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        EXPECT_TRUE(begun && send(text.substr(30)));
        ::close(end);
    });
    const Case read_back = read_file(pipe).drawn;
    writer.join();
    EXPECT_EQ(read_back.inputs, some_case().inputs);
}

TEST_F(AWholeFile, that_grows_for_ever_is_refused_at_its_limit) {
    const fs::path path = directory / "growing.json";
    replace_whole(path, "[");
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        std::ofstream growing(path, std::ios::app);
        while (!stop) growing << std::string(4096, '0') << std::flush;
    });
    while (fs::file_size(path) < 100'000) std::this_thread::yield();
    const std::string error = file_error([&] { static_cast<void>(read_whole(path, 100'000)); });
    stop = true;
    writer.join();
    EXPECT_NE(error.find("given more than 100000 bytes"), std::string::npos) << error;
}

TEST_F(AWholeFile, has_a_name_that_is_claimed_once) {
    const fs::path path = directory / "case.json";
    EXPECT_TRUE(claim(path));
    EXPECT_FALSE(claim(path));
    EXPECT_NE(file_error([&] {
                  static_cast<void>(claim(directory / "missing" / "case.json"));
              }).find("No such file or directory; mend the path, or make the directory"),
              std::string::npos);
}

TEST_F(AWholeFile, that_is_empty_is_a_broken_case_file) {
    const fs::path path = directory / "empty.json";
    replace_whole(path, "");
    try {
        static_cast<void>(read_file(path));
        ADD_FAILURE() << "an empty file was read";
    } catch (const FormatError& error) {
        EXPECT_EQ(error.what(), path.string() +
                                    ":1:1: given an empty text, wanted JSON; take a whole "
                                    "copy");
    }
}

}  // namespace
}  // namespace gradproof::cases
