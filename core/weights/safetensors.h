#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pretext {

/// A tensor's bytes with their meaning, without any tensor library.
struct WeightTensor {
  std::string dtype = "F32";  ///< As safetensors names it: F32, F64, F16, BF16, I64, U8, …
  std::vector<std::int64_t> shape;
  std::vector<std::byte> data;  ///< Row-major, little-endian.
};

/// Tensors by name; the order is the names'.
using WeightMap = std::map<std::string, WeightTensor>;

/// Reads a safetensors file. Throws UserError, with what to do, for a damaged file, or for a pickle
/// (`.pth`, `.pt`), which may run code when it is loaded and is never opened.
WeightMap read_safetensors(const std::filesystem::path& file);

/// Writes beside its place, flushes, renames. The bytes depend on the tensors alone. Throws
/// UserError when the disk is full.
void write_safetensors(const std::filesystem::path& file, const WeightMap& weights);

/// Bytes of one element of a dtype; 0 for an unknown one.
std::size_t element_size(const std::string& dtype);

}  // namespace pretext
