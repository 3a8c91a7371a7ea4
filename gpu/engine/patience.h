#pragma once

#include "core/log/log.h"
#include "gpu/engine/heartbeat.h"

#include <chrono>
#include <exception>
#include <string>
#include <thread>

namespace pretext {

/// Whether what failed may do so no longer in a while: another program writes to the database, or
/// the disk is full.
bool may_pass(const std::exception& error);

/// Does `work`, again and again while it fails for what may pass, until the engine is asked to end.
template <typename Work>
auto patiently(const Work& work) -> decltype(work()) {
  for (bool is_first = true;; is_first = false) {
    try {
      return work();
    } catch (const std::exception& error) {
      if (!may_pass(error) || num_stop_signals() > 0) throw;
      if (is_first) log_error(std::string("tried again until it succeeds: ") + error.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

}  // namespace pretext
