// A file of the source tree, as the tests of its structure read it.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradproof::structure {

/// `path` is relative to the root of the tree.
struct SourceFile {
    std::filesystem::path path;
    std::string text;
};

[[nodiscard]] inline bool is_cpp(const std::filesystem::path& path) {
    return path.extension() == ".hpp" || path.extension() == ".cpp";
}

/// The file at `path` below `root`.
[[nodiscard]] inline SourceFile read_source(const std::filesystem::path& root,
                                            const std::filesystem::path& path) {
    std::ifstream file(root / path, std::ios::binary);
    std::ostringstream text;
    if (!(text << file.rdbuf()))
        throw std::runtime_error((root / path).string() + " is unreadable");
    return {path, text.str()};
}

/// Every file below the folder `below` of `root`, in the order of their paths.
[[nodiscard]] inline std::vector<std::filesystem::path> files_below(
    const std::filesystem::path& root, const std::filesystem::path& below) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / below)) {
        if (entry.is_regular_file()) paths.push_back(entry.path().lexically_relative(root));
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace gradproof::structure
