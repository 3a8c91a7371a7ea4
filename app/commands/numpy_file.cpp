#include "app/commands/numpy_file.h"

#include "core/base/new_file.h"

#include <string>

namespace pretext {

void writeNumpyFile(const std::filesystem::path& file, const std::vector<float>& values,
                    std::int64_t rows, std::int64_t columns) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                       std::to_string(rows) + ", " + std::to_string(columns) + "), }";
  constexpr std::size_t kPreamble = 10;
  header.resize((kPreamble + header.size() + 1 + 63) / 64 * 64 - kPreamble, ' ');
  header.back() = '\n';
  const char size[2] = {static_cast<char>(header.size() & 255),
                        static_cast<char>(header.size() >> 8)};
  NewFile out(file);
  out.write("\x93NUMPY\x01\x00", 8);
  out.write(size, sizeof size);
  out.write(header);
  out.write(values.data(), values.size() * sizeof(float));
  out.finish();
}

}  // namespace pretext
