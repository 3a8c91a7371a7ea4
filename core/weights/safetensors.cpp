#include "core/weights/safetensors.h"

#include "core/base/error.h"
#include "core/base/json_file.h"
#include "core/base/new_file.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::uint64_t kLargestHeader = 100'000'000;  // The format's own bound.

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
  throw UserError("The weights file " + file.string() + " " + why + ": export it again.");
}

void refuse_pickle(const fs::path& file, const char* head) {
  const bool zip = head[0] == 'P' && head[1] == 'K';
  const bool pickle = static_cast<unsigned char>(head[0]) == 0x80;
  if (!zip && !pickle) return;
  throw UserError(file.string() +
                  " is a Python pickle, which may run code when it is opened; convert it with:\n"
                  "  import torch, safetensors.torch as s\n"
                  "  s.save_file(torch.load(\"" +
                  file.filename().string() + "\", weights_only=True), \"" + file.stem().string() +
                  ".safetensors\")");
}

/// The values of a list of whole numbers; none where it is another thing.
template <typename Number>
std::vector<Number> whole_numbers(const fs::path& file, const json& list) {
  const bool is_sound = list.is_array() && std::ranges::all_of(list, [](const json& value) {
                          return value.is_number_unsigned();
                        });
  if (!is_sound) refuse(file, "is damaged");
  return list.get<std::vector<Number>>();
}

/// Where the tensors lie, by offset. Each byte belongs to one: else a few kilobytes would name
/// gigabytes.
using Extents = std::map<std::uint64_t, std::uint64_t>;  // End by begin.

void claim(const fs::path& file, Extents& extents, std::uint64_t begin, std::uint64_t end) {
  if (begin == end) return;
  const auto behind = extents.lower_bound(begin);
  const bool overlaps = (behind != extents.end() && behind->first < end) ||
                        (behind != extents.begin() && std::prev(behind)->second > begin);
  if (overlaps) refuse(file, "is damaged: two of its tensors lie in one place");
  extents.emplace(begin, end);
}

WeightTensor read_tensor(const fs::path& file, std::ifstream& stream, const json& entry,
                         std::uint64_t data_begin, std::uint64_t file_size, Extents& extents) {
  WeightTensor tensor;
  tensor.dtype = entry.at("dtype").get<std::string>();
  tensor.shape = whole_numbers<std::int64_t>(file, entry.at("shape"));
  const auto offsets = whole_numbers<std::uint64_t>(file, entry.at("data_offsets"));
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > file_size - data_begin) {
    refuse(file, "is cut off or damaged");
  }
  std::uint64_t expected = element_size(tensor.dtype);
  if (expected == 0) refuse(file, "has values of the unknown type " + tensor.dtype);
  for (const auto extent : tensor.shape) {
    if (extent < 0 || (extent > 0 && expected > file_size / static_cast<std::uint64_t>(extent))) {
      refuse(file, "is damaged");
    }
    expected *= static_cast<std::uint64_t>(extent);
  }
  if (expected != offsets[1] - offsets[0]) refuse(file, "is damaged");
  claim(file, extents, offsets[0], offsets[1]);
  tensor.data.resize(expected);
  stream.seekg(static_cast<std::streamoff>(data_begin + offsets[0]));
  stream.read(reinterpret_cast<char*>(tensor.data.data()), static_cast<std::streamsize>(expected));
  if (!stream) refuse(file, "is cut off");
  return tensor;
}

}  // namespace

std::size_t element_size(const std::string& dtype) {
  if (dtype == "F64" || dtype == "I64" || dtype == "U64") return 8;
  if (dtype == "F32" || dtype == "I32" || dtype == "U32") return 4;
  if (dtype == "F16" || dtype == "BF16" || dtype == "I16" || dtype == "U16") return 2;
  if (dtype == "I8" || dtype == "U8" || dtype == "BOOL") return 1;
  return 0;
}

WeightMap read_safetensors(const fs::path& file) {
  std::error_code error;  // A pipe would be waited for.
  std::ifstream stream;
  if (fs::is_regular_file(file, error)) stream.open(file, std::ios::binary);
  if (!stream.is_open())
    throw UserError("Cannot read the weights file " + file.string() + ": check its name.");
  const auto file_size = static_cast<std::uint64_t>(fs::file_size(file));
  char head[8] = {};
  stream.read(head, sizeof head);
  std::uint64_t header_size = 0;
  std::memcpy(&header_size, head, sizeof header_size);
  // A header's length may well begin with the byte that a pickle begins with; only a pickle goes on
  // with something else than an object.
  const bool is_plausible = stream && header_size <= kLargestHeader &&
                            header_size + 8 <= file_size && stream.peek() == '{';
  if (!is_plausible) {
    refuse_pickle(file, head);
    refuse(file, "is not a safetensors file, or is cut off");
  }
  std::string header(header_size, '\0');
  stream.read(header.data(), static_cast<std::streamsize>(header_size));
  WeightMap weights;
  try {
    const auto document =
        parse_json(header, "The header of " + file.string(), "export it again", kAnyNumber);
    Extents extents;
    for (const auto& [name, entry] : document.items()) {
      if (name == "__metadata__") continue;
      weights[name] = read_tensor(file, stream, entry, 8 + header_size, file_size, extents);
    }
  } catch (const json::exception&) {
    refuse(file, "is damaged");
  }
  return weights;
}

void write_safetensors(const fs::path& file, const WeightMap& weights) {
  ordered_json document = ordered_json::object();
  std::uint64_t offset = 0;
  for (const auto& [name, tensor] : weights) {
    document[name] = {{"dtype", tensor.dtype},
                      {"shape", tensor.shape},
                      {"data_offsets", {offset, offset + tensor.data.size()}}};
    offset += tensor.data.size();
  }
  auto header = document.dump();
  header.resize((header.size() + 7) / 8 * 8, ' ');
  const auto header_size = static_cast<std::uint64_t>(header.size());

  NewFile whole(file);
  whole.write(&header_size, sizeof header_size);
  whole.write(header);
  for (const auto& [name, tensor] : weights) whole.write(tensor.data.data(), tensor.data.size());
  whole.finish();
}

}  // namespace pretext
