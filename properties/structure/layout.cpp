// The layout of the tree: what the root holds, what a file may be called, how it begins.
#include "layout.hpp"

#include <set>
#include <sstream>

namespace gradproof::structure {

std::vector<std::string> misplaced_at_root(const std::vector<std::string>& names) {
    const std::set<std::string> required{"lib", "properties", "fixtures", "CMakeLists.txt",
                                         "README.md"};
    // CMake and licence scanners look for these at the root; the user presets are a user's own.
    const std::set<std::string> tolerated{"CMakePresets.json", "CMakeUserPresets.json", "LICENSE"};

    std::vector<std::string> sentences;
    std::set<std::string> missing = required;
    for (const std::string& name : names) {
        missing.erase(name);
        const bool dotfile = name.starts_with('.');
        if (!dotfile && !required.contains(name) && !tolerated.contains(name)) {
            sentences.push_back(name + " has no place at the root");
        }
    }
    for (const std::string& name : missing) {
        sentences.push_back(name + " is missing at the root");
    }
    return sentences;
}

std::vector<std::string> empty_names(const std::filesystem::path& path) {
    const std::set<std::string> empty{"util", "utils", "helper", "helpers", "misc", "common"};
    std::vector<std::string> sentences;
    for (const std::filesystem::path& step : path) {
        if (empty.contains(step.stem().string())) {
            sentences.push_back(path.string() + ": \"" + step.string() +
                                "\" names no concept; name what is in it");
        }
    }
    return sentences;
}

bool begins_with_a_sentence(const SourceFile& file) {
    std::string comment;
    std::istringstream lines(file.text);
    for (std::string line; std::getline(lines, line) && line.starts_with("// ");) {
        comment += line.substr(2);
    }
    // A sentence of one word would only repeat the file's name.
    return comment.find(' ', 1) != std::string::npos &&
           comment.find_first_of(".:") != std::string::npos;
}

bool includes_its_header_first(const SourceFile& source) {
    const std::size_t first = source.text.find("#include");
    if (first == std::string::npos) return false;
    const std::string line = source.text.substr(first, source.text.find('\n', first) - first);
    const std::string header = std::filesystem::path(source.path).replace_extension("hpp").string();
    const std::string in_library = "lib/";
    return header.starts_with(in_library) &&
           line == "#include <" + header.substr(in_library.size()) + ">";
}

}  // namespace gradproof::structure
