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

fs::path lock_file(const fs::path& workspace, std::string device, const std::string& lane) {
  std::ranges::replace(device, ':', '-');
  return workspace / "engines" / (device + "-" + lane + ".lock");
}

/// The environment of an engine, ended by a null. Threads of the interactive lane sleep while they
/// wait for each other: spinning beside those that train, on the same cores, both would be some
/// thirty times slower.
std::vector<char*> environment_of(const std::string& lane) {
  static char sleeping[] = "OMP_WAIT_POLICY=passive";
  std::vector<char*> entries;
  for (char** entry = environ; *entry; ++entry) entries.push_back(*entry);
  if (lane == "interactive" && !std::getenv("OMP_WAIT_POLICY")) entries.push_back(sleeping);
  entries.push_back(nullptr);
  return entries;
}

}  // namespace

EngineLock::EngineLock(const fs::path& workspace, const std::string& device,
                       const std::string& lane) {
  const auto file = lock_file(workspace, device, lane);
  fs::create_directories(file.parent_path());
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  bool taken = false;
  // Whoever asks is_held() holds it shared for a moment.
  for (int attempt = 0; attempt < 10 && descriptor_ >= 0 && !taken; ++attempt) {
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
  const int descriptor = ::open(lock_file(workspace, device, lane).c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
  ::close(descriptor);
  return held;
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
  const pid_t child = ::fork();
  if (child < 0) throw UserError("Cannot start the engine: too many processes; close some.");
  if (child > 0) {
    ::waitpid(child, nullptr, 0);
    return;
  }
  // Only calls that are safe after fork from here on.
  ::setsid();
  if (::fork() != 0) ::_exit(0);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  const int input = ::open("/dev/null", O_RDONLY);
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(output, 2);
  for (int descriptor = 3; descriptor < 1024; ++descriptor) ::close(descriptor);
  ::execle(program.c_str(), program.c_str(), "--workspace", directory.c_str(), "--lane",
           lane.c_str(), "--device", device.c_str(), nullptr, environment.data());
  ::_exit(127);
}

}  // namespace pretext
