#pragma once

#include "core/augment/view_renderer.h"
#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"

#include <torch/types.h>

#include <cstdint>
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
/// normalised, on the CPU.
torch::Tensor render_plain(const Corpus& corpus, const InputOptions& options,
                           const std::vector<std::int64_t>& positions, int num_threads);

/// Renders the views of one batch into `output`, (V * N, C, H, W): view 0 of all samples, then
/// view 1.
void render_views(const Corpus& corpus, const InputOptions& options,
                  const std::vector<std::int64_t>& positions, std::int64_t epoch, int num_threads,
                  torch::Tensor& output);

}  // namespace pretext
