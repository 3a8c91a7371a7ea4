#include "core/store/engine_log.h"

#include <algorithm>
#include <deque>
#include <fcntl.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr off_t kLargestLog = 4 << 20;  // Bytes; then it is rotated once.
constexpr off_t kTail = 8192;           // Bytes of it that are looked at.

fs::path log_file(const fs::path& workspace) {
  return workspace / "engine.log";
}

/// Opens a regular file, and nothing else; -1 where it is none. `status`: what it is.
int open_plain(const fs::path& file, int flags, struct stat& status) {
  const int descriptor =
      ::open(file.c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return -1;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) return descriptor;
  ::close(descriptor);
  return -1;
}

std::string end_of_log(const fs::path& workspace) {
  struct stat status {};
  const int descriptor = open_plain(log_file(workspace), O_RDONLY, status);
  if (descriptor < 0) return "";
  std::string text(static_cast<std::size_t>(std::min(kTail, status.st_size)), '\0');
  const auto size =
      ::pread(descriptor, text.data(), text.size(), std::max<off_t>(0, status.st_size - kTail));
  ::close(descriptor);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(0, size)));
  return text;
}

}  // namespace

int open_engine_log(const fs::path& workspace) {
  struct stat status {};
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND;
  const int descriptor = open_plain(log_file(workspace), kFlags, status);
  if (descriptor < 0 || status.st_size <= kLargestLog) return descriptor;
  ::close(descriptor);
  std::error_code ignored;
  fs::rename(log_file(workspace), workspace / "engine.1.log", ignored);
  return open_plain(log_file(workspace), kFlags, status);
}

std::string last_words(const fs::path& workspace, std::int64_t pid) {
  constexpr std::size_t kLines = 3, kLongest = 300;
  const auto mark = "pretext-engine " + std::to_string(pid) + " ended by ";
  std::string end;
  std::deque<std::string> lines;
  std::istringstream log(end_of_log(workspace));
  for (std::string line; std::getline(log, line);) {
    if (line.starts_with(mark)) {
      end = "by " + line.substr(mark.size());
    } else if (!line.empty()) {
      lines.push_back(line.substr(0, kLongest));
      if (lines.size() > kLines) lines.pop_front();
    }
  }
  if (end.empty() && pid > 0) end = "most likely by SIGKILL, as when memory runs out";
  std::string tail;
  for (const auto& line : lines) tail += (tail.empty() ? "" : " | ") + line;
  if (!tail.empty()) end += std::string(end.empty() ? "" : " ") + "(engine.log: " + tail + ")";
  return end.empty() ? end : end + ".";
}

}  // namespace pretext
