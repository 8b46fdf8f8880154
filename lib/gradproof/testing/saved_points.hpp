// The points at which a test failed, kept in a file that each later run of the test begins with.
//
//   {
//     "format": "gradproof points",
//     "version": 1,
//     "test": "Kernels.SoftplusSum",
//     "numbers": "binary64",
//     "points": [
//       {"inputs": [{"name": "x", "shape": [3], "values": [1, 0.5, "-0"]}],
//        "cotangent": [1], "law_seed": 17, "law": "vjp agrees with finite differences"}
//     ]
//   }
//
// Numbers are written and read as in case files (gradproof/case/file.hpp). A point of a function with
// attributes has "attributes", their values in order, before its cotangent; a jvp has a "tangent", flat
// over all inputs, and no cotangent, and a Jacobian neither.
#pragma once

#include <gradproof/testing/point.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::testing {

struct SavedPoint {
    Point point;
    std::string law;  ///< that it broke
};

/// DIRECTORY/gradproof-TEST.json.
[[nodiscard]] std::filesystem::path points_path(const std::filesystem::path& directory,
                                                std::string_view test);

/// The points that `text` holds for this test. Throws `cases::FormatError` unless every field is there
/// and known, and names, shapes, domains and numbers are those of the claim.
[[nodiscard]] std::vector<SavedPoint> read_points(std::string_view text, std::string_view file_name,
                                                  std::string_view test, const HandWritten& claim);
[[nodiscard]] std::string write_points(const std::vector<SavedPoint>& points, std::string_view test,
                                       const HandWritten& claim);

/// The points of a file; none where there is no file. Throws as `read_points` does, and
/// `cases::FileError`.
[[nodiscard]] std::vector<SavedPoint> load_points(const std::filesystem::path& path,
                                                  std::string_view test, const HandWritten& claim);
/// Puts the point behind those of the file, unless it is there. Throws `cases::FileError`; the file
/// stays whole.
void keep_point(const std::filesystem::path& path, std::vector<SavedPoint> points,
                const SavedPoint& added, std::string_view test, const HandWritten& claim);

}  // namespace gradproof::testing
