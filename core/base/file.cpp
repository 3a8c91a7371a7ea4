#include "core/base/file.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/new_file.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace pretext {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostUnpacked = std::uint64_t{4} << 30;

}  // namespace

int open_regular_file(const fs::path& file) {
  // Without waiting for whoever may write into a pipe.
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    throw UserError("Cannot read " + file.string() + ": check its name and permissions.");
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) return descriptor;
  ::close(descriptor);
  throw UserError("Cannot read " + file.string() + ": it is no file but " +
                  (S_ISDIR(status.st_mode)    ? "a folder"
                   : S_ISFIFO(status.st_mode) ? "a pipe, whose content is to be saved first"
                                              : "a device") +
                  ".");
}

bool is_swollen(std::uint64_t unpacked, std::uint64_t packed) {
  constexpr std::uint64_t kHarmless = std::uint64_t{64} << 20;
  constexpr std::uint64_t kMostTimes = 250;
  return unpacked > kHarmless && unpacked / kMostTimes > packed;
}

std::vector<unsigned char> read_file(const fs::path& file, std::uint64_t most_bytes) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose)> stream(gzdopen(open_regular_file(file), "rb"),
                                                             &gzclose);
  if (!stream) throw UserError("Cannot read " + file.string() + ": free some memory.");
  std::vector<unsigned char> bytes;
  std::vector<unsigned char> block(1 << 20);
  int got = 0;
  while ((got = gzread(stream.get(), block.data(), static_cast<unsigned>(block.size()))) > 0) {
    bytes.insert(bytes.end(), block.begin(), block.begin() + got);
    const bool is_packed = gzdirect(stream.get()) == 0;
    const auto most = is_packed ? std::min(most_bytes, kMostUnpacked) : most_bytes;
    if (bytes.size() > most) {
      throw UserError("The file " + file.string() + " holds more than " +
                      byte_count(static_cast<std::int64_t>(most)) +
                      ": give the file that was meant.");
    }
    if (is_packed && is_swollen(bytes.size(), static_cast<std::uint64_t>(gzoffset(stream.get())))) {
      throw UserError("The file " + file.string() +
                      " unpacks to more than 250 times its size, as no data do: unpack it with "
                      "gunzip if you trust it.");
    }
  }
  int status = Z_OK;
  gzerror(stream.get(), &status);
  if (got < 0 || status == Z_BUF_ERROR) {
    throw UserError("The file " + file.string() + " is cut off or damaged: fetch it again.");
  }
  return bytes;
}

std::string read_text_file(const fs::path& file, std::uint64_t most_bytes) {
  const auto bytes = read_file(file, most_bytes);
  return {bytes.begin(), bytes.end()};
}

void write_text_file(const fs::path& file, std::string_view text) {
  NewFile whole(file);
  whole.write(text);
  whole.finish();
}

}  // namespace pretext
