#pragma once

#include <filesystem>
#include <string>

namespace pretext {

/// An engine's proof of life: an exclusive `flock` on `DIR/engines/<device>-<lane>.lock`, which the
/// kernel releases at death, however that comes.
class EngineLock {
 public:
  /// Throws UserError when another engine holds it.
  EngineLock(const std::filesystem::path& workspace, const std::string& device,
             const std::string& lane);
  ~EngineLock();
  EngineLock(const EngineLock&) = delete;
  EngineLock& operator=(const EngineLock&) = delete;

  static bool is_held(const std::filesystem::path& workspace, const std::string& device,
                      const std::string& lane);

 private:
  int descriptor_ = -1;
};

/// The time from an engine's start until it has its lock and row: a lock that the starter takes and
/// the engine inherits, so that nobody starts a second one meanwhile. The kernel releases it at
/// death.
class EngineStart {
 public:
  static bool is_under_way(const std::filesystem::path& workspace, const std::string& device,
                           const std::string& lane);
  /// In an engine that has its lock and row.
  static void is_over();

  /// What tells an engine the number of the descriptor that it inherited.
  static constexpr const char* kVariable = "PRETEXT_ENGINE_START";
};

/// Starts `pretext-engine` beside this program, in a session of its own, its output in
/// `DIR/engine.log`; returns at once. Does nothing while another one starts for the same lane and
/// device. Throws UserError when the program is missing.
void start_engine(const std::filesystem::path& workspace, const std::string& lane,
                  const std::string& device);

}  // namespace pretext
