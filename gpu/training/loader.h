#pragma once

#include "core/corpus/corpus.h"
#include "gpu/training/batch_plan.h"
#include "gpu/training/batch_source.h"
#include "gpu/training/input.h"

#include <torch/types.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace pretext {

/// Prepares the views of training steps, one batch ahead, on its own threads. Two buffers take
/// turns, so that nothing is allocated per batch.
class Loader : public BatchSource {
 public:
  /// Starts at `first_step`. `corpus` must outlive the loader. `pinned`: the views lie in memory
  /// that a GPU copies from without waiting.
  Loader(const Corpus& corpus, const InputOptions& options, BatchPlan plan, std::int64_t first_step,
         std::int64_t last_step, int num_threads, bool pinned);
  ~Loader() override;
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  /// On the CPU. Throws what rendering threw.
  const torch::Tensor& next() override;

 private:
  void work(std::stop_token stop);

  const Corpus& corpus_;
  InputOptions options_;
  BatchPlan plan_;
  std::int64_t last_step_;
  int num_threads_;
  torch::Tensor buffers_[2];

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::int64_t rendered_;       // Steps rendered so far. Guarded by mutex_.
  std::int64_t consumed_;       // Steps handed out and done with. Guarded by mutex_.
  std::int64_t handed_;         // Steps handed out.
  std::exception_ptr failure_;  // Guarded by mutex_.
  std::jthread thread_;         // Last: it uses all of the above.
};

}  // namespace pretext
