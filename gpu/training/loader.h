#pragma once

#include "core/augment/view_renderer.h"
#include "core/corpus/corpus.h"
#include "gpu/training/batch_plan.h"

#include <torch/types.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace pretext {

/// How a corpus's pictures become an encoder's input.
struct InputOptions {
  std::vector<ViewRecipe> recipes;  ///< One a view.
  Normalisation normalisation;
  ValueWindow window;
  int channels = 3;
  std::uint64_t seed = 0;
};

/// Normalisation and window from the corpus's record, recipes from the experiment.
InputOptions input_options(const Experiment& experiment, const Corpus& corpus, int num_views);

/// The same for the pictures of another corpus than the run's own: its own value window where the
/// type of the pixels differs. Throws UserError when the encoder cannot see them.
InputOptions input_for(const InputOptions& options, const Corpus& own, const Corpus& other);

/// Renders samples as evaluation sees them: centred square, nothing random. Returns (N, C, H, W),
/// normalised, on the CPU. `size`: side, px.
torch::Tensor render_plain(const Corpus& corpus, const InputOptions& options,
                           const std::vector<std::int64_t>& positions, int num_threads);

/// Renders the views of one batch into `output`, (V * N, C, H, W): view 0 of all samples, then
/// view 1.
void render_views(const Corpus& corpus, const InputOptions& options,
                  const std::vector<std::int64_t>& positions, std::int64_t epoch, int num_threads,
                  torch::Tensor& output);

/// Prepares the views of training steps, one batch ahead, on its own threads. Two buffers take
/// turns, so that nothing is allocated per batch.
class Loader {
 public:
  /// Starts at `first_step`. `corpus` must outlive the loader.
  Loader(const Corpus& corpus, const InputOptions& options, BatchPlan plan, std::int64_t first_step,
         std::int64_t last_step, int num_threads);
  ~Loader();
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  /// The views of the next step; valid until the call after the next one. Throws what rendering
  /// threw.
  const torch::Tensor& next();

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
