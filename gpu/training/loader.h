#pragma once

#include "gpu/training/batch_source.h"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace pretext {

/// Prepares the batches of training steps one step ahead, on a thread of its own. Two batches take
/// turns, so that whoever prepares them can write over the tensors of the last but one.
class Loader : public BatchSource {
 public:
  /// Fills `batch`, empty at first, with step `step`. Called in the order of steps, on one thread.
  using Prepare = std::function<void(std::int64_t step, Batch& batch)>;

  /// Steps [first_step, last_step).
  Loader(Prepare prepare, std::int64_t first_step, std::int64_t last_step);
  ~Loader() override;
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  /// On the CPU. Throws what preparing threw.
  Batch next() override;

 private:
  void work(const std::stop_token& stop);

  Prepare prepare_;
  std::int64_t last_step_;
  Batch buffers_[2];

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::int64_t prepared_;       // Steps prepared so far. Guarded by mutex_.
  std::int64_t consumed_;       // Steps handed out and done with. Guarded by mutex_.
  std::int64_t handed_;         // Steps handed out.
  std::exception_ptr failure_;  // Guarded by mutex_.
  std::jthread thread_;         // Last: it uses all of the above.
};

}  // namespace pretext
