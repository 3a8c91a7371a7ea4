#include "core/store/lock_holder.h"

#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace pretext {
namespace {

// SQLite's WAL mode keeps its locks in the file of shared memory: byte 120 is the writer's.
constexpr long kWriterByte = 120;

std::string name_of(long pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

}  // namespace

std::string lock_holder(const std::filesystem::path& database_file) {
  struct stat shared {};
  if (::stat((database_file.string() + "-shm").c_str(), &shared) != 0) return {};
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    // "7: POSIX  ADVISORY  WRITE 4711 fe:00:262150 120 120"
    std::istringstream fields(line);
    std::string number, kind, mode, access, file, last;
    long pid = 0, first = -1;
    fields >> number >> kind >> mode >> access >> pid >> file >> first >> last;
    const bool is_writers =
        fields && access == "WRITE" && first <= kWriterByte &&
        (last == "EOF" || std::strtol(last.c_str(), nullptr, 10) >= kWriterByte);
    if (!is_writers || pid == ::getpid()) continue;
    const auto inode = file.substr(file.rfind(':') + 1);
    if (inode != std::to_string(shared.st_ino)) continue;
    return "process " + std::to_string(pid) + " (" + name_of(pid) + ")";
  }
  return {};
}

}  // namespace pretext
