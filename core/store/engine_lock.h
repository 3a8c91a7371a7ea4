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

/// Starts `pretext-engine` beside this program, in a session of its own, its output in
/// `DIR/engine.log`; returns at once. Throws UserError when the program is missing.
void start_engine(const std::filesystem::path& workspace, const std::string& lane,
                  const std::string& device);

}  // namespace pretext
