#pragma once

namespace pretext {

/// Keeps the machine from going to sleep for as long as it lives, where there is a login manager to
/// ask (org.freedesktop.login1 on the system bus); elsewhere it does nothing. Who asks for sleep by
/// hand is told by the desktop that a run is training.
class SleepInhibitor {
 public:
  SleepInhibitor();
  ~SleepInhibitor();
  SleepInhibitor(const SleepInhibitor&) = delete;
  SleepInhibitor& operator=(const SleepInhibitor&) = delete;

 private:
  int descriptor_ = -1;  // The login manager lets go when it is closed.
};

}  // namespace pretext
