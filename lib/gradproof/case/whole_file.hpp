// Files read and replaced as a whole: whoever looks sees the old text or the new one, never a part.
#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gradproof::cases {

/// A file that could not be read or written; the message names it, the reason and what to do.
class FileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The text of a file of at most `largest` bytes, which may be a pipe with a writer. Throws `FileError`.
[[nodiscard]] std::string read_whole(const std::filesystem::path& path, std::size_t largest);

/// Makes an empty file, which nobody else has then: false where one of that name is there already.
/// Throws `FileError` where none can be made.
[[nodiscard]] bool claim(const std::filesystem::path& path);

/// Puts `text` in the place of the file's, or makes the file. Where that fails the file stays as it
/// was, and `FileError` is thrown. A link is followed; a device or a pipe is written to directly.
void replace_whole(const std::filesystem::path& path, std::string_view text);

}  // namespace gradproof::cases
