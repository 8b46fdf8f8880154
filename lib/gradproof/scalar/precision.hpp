// The two formats that subjects compute in.
#pragma once

namespace gradproof::scalar {

/// The format of a subject's numbers. They travel as double in both; in binary32 each of them is
/// exactly a float.
enum class Precision { binary64, binary32 };

}  // namespace gradproof::scalar
