#include "core/base/file.h"

#include "core/base/error.h"
#include "core/base/new_file.h"

#include <memory>
#include <zlib.h>

namespace pretext {

namespace fs = std::filesystem;

std::vector<unsigned char> read_file(const fs::path& file) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose)> stream(gzopen(file.c_str(), "rb"), &gzclose);
  if (!stream) throw UserError("Cannot read " + file.string() + ": check its name.");
  std::vector<unsigned char> bytes;
  std::vector<unsigned char> block(1 << 20);
  int got = 0;
  while ((got = gzread(stream.get(), block.data(), static_cast<unsigned>(block.size()))) > 0) {
    bytes.insert(bytes.end(), block.begin(), block.begin() + got);
  }
  int status = Z_OK;
  gzerror(stream.get(), &status);
  if (got < 0 || status == Z_BUF_ERROR) {
    throw UserError("The file " + file.string() + " is cut off or damaged: fetch it again.");
  }
  return bytes;
}

std::string read_text_file(const fs::path& file) {
  const auto bytes = read_file(file);
  return {bytes.begin(), bytes.end()};
}

void write_text_file(const fs::path& file, std::string_view text) {
  NewFile whole(file);
  whole.write(text);
  whole.finish();
}

}  // namespace pretext
