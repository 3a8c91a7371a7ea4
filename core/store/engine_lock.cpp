#include "core/store/engine_lock.h"

#include "core/base/error.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestLog = 4 << 20;  // Bytes; then it is rotated once.

constexpr int kStartDescriptor = 3;  // Of the start's lock, in an engine.

fs::path lock_file(const fs::path& workspace, std::string device, const std::string& lane,
                   const char* ending = ".lock") {
  // From a workspace's rows, which may be a stranger's: a name, never a path.
  auto name = std::move(device) + "-" + lane;
  std::ranges::replace(name, ':', '-');
  std::ranges::replace(name, '/', '-');
  return workspace / "engines" / (name + ending);
}

bool is_locked(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
  ::close(descriptor);
  return locked;
}

/// The locked file of a start; -1 where another is under way.
int lock_start(const fs::path& file) {
  std::error_code ignored;
  fs::create_directory(file.parent_path(), ignored);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (descriptor >= 0) ::close(descriptor);
  return -1;
}

/// The environment of an engine, ended by a null. Threads of the interactive lane sleep while they
/// wait for each other: spinning beside those that train, on the same cores, both would be some
/// thirty times slower.
std::vector<char*> environment_of(const std::string& lane) {
  static char sleeping[] = "OMP_WAIT_POLICY=passive";
  static auto start = std::string(EngineStart::kVariable) + "=" + std::to_string(kStartDescriptor);
  std::vector<char*> entries;
  for (char** entry = environ; *entry; ++entry) entries.push_back(*entry);
  if (lane == "interactive" && !std::getenv("OMP_WAIT_POLICY")) entries.push_back(sleeping);
  entries.push_back(start.data());
  entries.push_back(nullptr);
  return entries;
}

}  // namespace

EngineLock::EngineLock(const fs::path& workspace, const std::string& device,
                       const std::string& lane) {
  const auto file = lock_file(workspace, device, lane);
  std::error_code ignored;
  fs::create_directory(file.parent_path(), ignored);
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  bool taken = false;
  // Whoever asks is_held() holds it shared for a moment, and an engine that has retired until it is
  // gone.
  for (int attempt = 0; attempt < 50 && descriptor_ >= 0 && !taken; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    taken = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  }
  if (!taken) {
    if (descriptor_ >= 0) ::close(descriptor_);
    throw UserError("An engine works on " + device + " (" + lane +
                    ") already: it takes the queue's work by itself; nothing more is needed.");
  }
}

EngineLock::~EngineLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool EngineLock::is_held(const fs::path& workspace, const std::string& device,
                         const std::string& lane) {
  return is_locked(lock_file(workspace, device, lane));
}

bool EngineStart::is_under_way(const fs::path& workspace, const std::string& device,
                               const std::string& lane) {
  return is_locked(lock_file(workspace, device, lane, ".start"));
}

void EngineStart::is_over() {
  if (const char* descriptor = std::getenv(kVariable))
    ::close(static_cast<int>(std::strtol(descriptor, nullptr, 10)));
  ::unsetenv(kVariable);
}

void start_engine(const fs::path& workspace, const std::string& lane, const std::string& device) {
  const auto program = fs::read_symlink("/proc/self/exe").parent_path() / "pretext-engine";
  if (!fs::exists(program)) {
    throw UserError("The engine " + program.string() + " is missing: install Pretext again.");
  }
  const auto log = workspace / "engine.log";
  std::error_code ignored;
  if (fs::file_size(log, ignored) > kLargestLog && !ignored)
    fs::rename(log, workspace / "engine.1.log", ignored);
  const auto directory = fs::absolute(workspace).string();
  auto environment = environment_of(lane);
  const int start = lock_start(lock_file(workspace, device, lane, ".start"));
  if (start < 0) return;
  const pid_t child = ::fork();
  if (child < 0) {
    ::close(start);
    throw UserError("Cannot start the engine: too many processes; close some.");
  }
  if (child > 0) {
    ::close(start);
    ::waitpid(child, nullptr, 0);
    return;
  }
  // Only calls that are safe after fork from here on.
  ::setsid();
  if (::fork() != 0) ::_exit(0);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int input = ::open("/dev/null", O_RDONLY);
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(output, 2);
  ::dup2(start, kStartDescriptor);  // Without the flag that would close it.
  if (start == kStartDescriptor) ::fcntl(start, F_SETFD, 0);
  for (int descriptor = kStartDescriptor + 1; descriptor < 1024; ++descriptor) ::close(descriptor);
  ::execle(program.c_str(), program.c_str(), "--workspace", directory.c_str(), "--lane",
           lane.c_str(), "--device", device.c_str(), nullptr, environment.data());
  ::_exit(127);
}

}  // namespace pretext
