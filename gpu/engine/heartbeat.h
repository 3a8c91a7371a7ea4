#pragma once

#include "core/store/engine_queue.h"

#include <filesystem>
#include <thread>

namespace pretext {

/// Writes an engine's beat once a second, on a thread and connection of its own.
class Heartbeat {
 public:
  Heartbeat(const std::filesystem::path& workspace, const EngineId& engine);

 private:
  std::jthread thread_;
};

/// Signals that ask the engine to end: 0, 1, or 2 and more (then it ends at once).
int num_stop_signals();
void watch_stop_signals();

}  // namespace pretext
