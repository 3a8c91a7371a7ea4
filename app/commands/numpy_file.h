#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace pretext {

/// Writes a float32 matrix, row by row, as NumPy's format 1.0, whole or not at all. Throws
/// UserError.
void writeNumpyFile(const std::filesystem::path& file, const std::vector<float>& values,
                    std::int64_t rows, std::int64_t columns);

}  // namespace pretext
