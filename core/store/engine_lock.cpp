#include "core/store/engine_lock.h"

#include "core/base/error.h"
#include "core/store/engine_log.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr int kStartDescriptor = 3;  // Of the start's lock, in an engine.
constexpr const char* kLock = ".lock";
constexpr const char* kStart = ".start";

[[noreturn]] void refuse(const fs::path& file, int error) {
  throw UserError("Cannot open " + file.string() + " (" + std::strerror(error) +
                  "), so it is unknown whether an engine is running: make the workspace's folder "
                  "\"engines\" your own.");
}

/// Throws UserError if the file cannot be opened: a live engine must not be treated as dead.
bool is_locked(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0 && errno != ENOENT) refuse(file, errno);
  if (descriptor < 0) return false;
  const bool locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
  ::close(descriptor);
  return locked;
}

/// The locked file; -1 if somebody else holds it. Retries, since a check for a live engine holds
/// the lock for a moment, and a retiring engine until its process has ended.
int lock(const fs::path& file, int num_attempts) {
  std::error_code ignored;
  if (fs::is_symlink(file.parent_path(), ignored)) refuse(file, ELOOP);
  fs::create_directory(file.parent_path(), ignored);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) refuse(file, errno);
  for (int attempt = 0; attempt < num_attempts; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  }
  ::close(descriptor);
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

fs::path engine_file(const fs::path& workspace, const std::string& device, const std::string& lane,
                     const std::string& ending) {
  auto name = device + "-" + lane;  // From rows that may be a stranger's: a name, never a path.
  std::ranges::replace(name, ':', '-');
  std::ranges::replace(name, '/', '-');
  return workspace / "engines" / (name + ending);
}

EngineLock::EngineLock(const fs::path& workspace, const std::string& device,
                       const std::string& lane)
    : descriptor_(lock(engine_file(workspace, device, lane, kLock), 50)) {
  if (descriptor_ >= 0) return;
  throw UserError("An engine works on " + device + " (" + lane +
                  ") already: it takes the queue's work by itself; nothing more is needed.");
}

EngineLock::~EngineLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool EngineLock::is_held(const fs::path& workspace, const std::string& device,
                         const std::string& lane) {
  return is_locked(engine_file(workspace, device, lane, kLock));
}

EngineStart::EngineStart(const fs::path& workspace, std::string device, std::string lane)
    : workspace_(workspace),
      device_(std::move(device)),
      lane_(std::move(lane)),
      descriptor_(lock(engine_file(workspace, device_, lane_, kStart), 3)) {}

EngineStart::~EngineStart() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool EngineStart::is_under_way(const fs::path& workspace, const std::string& device,
                               const std::string& lane) {
  return is_locked(engine_file(workspace, device, lane, kStart));
}

void EngineStart::is_over() {
  if (const char* descriptor = std::getenv(kVariable))
    ::close(static_cast<int>(std::strtol(descriptor, nullptr, 10)));
  ::unsetenv(kVariable);
}

fs::path EngineStart::program() {
  const auto program = fs::read_symlink("/proc/self/exe").parent_path() / "pretext-engine";
  if (!fs::exists(program))
    throw UserError("The engine " + program.string() + " is missing: install Pretext again.");
  return program;
}

void EngineStart::launch() {
  const auto file = program();
  const auto directory = fs::absolute(workspace_).string();
  auto environment = environment_of(lane_);
  const int output = open_engine_log(workspace_);
  const pid_t child = ::fork();
  if (child != 0) {
    if (output >= 0) ::close(output);
    if (child < 0) throw UserError("Cannot start the engine: too many processes; close some.");
    ::waitpid(child, nullptr, 0);
    return;
  }
  // Only calls that are safe after fork from here on.
  ::setsid();
  if (::fork() != 0) ::_exit(0);
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, 0);
  ::dup2(output >= 0 ? output : nothing, 1);
  ::dup2(output >= 0 ? output : nothing, 2);
  ::dup2(descriptor_, kStartDescriptor);  // Without the flag that would close it.
  if (descriptor_ == kStartDescriptor) ::fcntl(descriptor_, F_SETFD, 0);
  for (int descriptor = kStartDescriptor + 1; descriptor < 1024; ++descriptor) ::close(descriptor);
  ::execle(file.c_str(), file.c_str(), "--workspace", directory.c_str(), "--lane", lane_.c_str(),
           "--device", device_.c_str(), nullptr, environment.data());
  ::_exit(127);
}

}  // namespace pretext
