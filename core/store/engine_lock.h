#pragma once

#include <filesystem>
#include <string>

namespace pretext {

/// `DIR/engines/<device>-<lane><ending>`: what an engine keeps beside the database.
std::filesystem::path engine_file(const std::filesystem::path& workspace, const std::string& device,
                                  const std::string& lane, const std::string& ending);

/// An engine's proof of life: an exclusive `flock` on `DIR/engines/<device>-<lane>.lock`, which the
/// kernel releases at death, however that comes.
class EngineLock {
 public:
  /// Throws UserError when another engine holds it, or it cannot be opened.
  EngineLock(const std::filesystem::path& workspace, const std::string& device,
             const std::string& lane);
  ~EngineLock();
  EngineLock(const EngineLock&) = delete;
  EngineLock& operator=(const EngineLock&) = delete;

  /// Throws UserError if the lock cannot be opened.
  static bool is_held(const std::filesystem::path& workspace, const std::string& device,
                      const std::string& lane);

 private:
  int descriptor_ = -1;
};

/// An engine's start: a lock that the starter takes and the engine inherits, until it has its own
/// lock and row, so that nobody starts a second one meanwhile. The kernel releases it at death.
class EngineStart {
 public:
  /// Throws UserError where the lock cannot be opened.
  EngineStart(const std::filesystem::path& workspace, std::string device, std::string lane);
  ~EngineStart();
  EngineStart(const EngineStart&) = delete;
  EngineStart& operator=(const EngineStart&) = delete;

  /// False while somebody else is starting one for the same lane and device.
  bool is_ours() const { return descriptor_ >= 0; }
  /// Starts `pretext-engine` in a session of its own, its output in `engine.log`; returns at once.
  /// Throws UserError when the program is missing, or there are too many processes.
  void launch();

  /// `pretext-engine`, beside this program. Throws UserError when it is missing.
  static std::filesystem::path program();
  static bool is_under_way(const std::filesystem::path& workspace, const std::string& device,
                           const std::string& lane);
  /// In an engine that has its lock and row.
  static void is_over();

  /// What tells an engine the number of the descriptor that it inherited.
  static constexpr const char* kVariable = "PRETEXT_ENGINE_START";

 private:
  std::filesystem::path workspace_;
  std::string device_, lane_;
  int descriptor_ = -1;
};

}  // namespace pretext
