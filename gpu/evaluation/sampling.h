#pragma once

#include "core/text/vocabulary.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/language.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace pretext {

/// How a text is gone on with.
struct SamplingOptions {
  std::int64_t length = 40;      ///< Pieces to add at most; [SEP] ends it sooner.
  double temperature = 1.0;      ///< Divides the scores; 0 always takes the likeliest piece.
  std::int64_t top_k = 40;       ///< Chosen among this many; 0: among all.
  std::int64_t positions = 512;  ///< What the encoder can see; older pieces fall out of sight.
  std::uint64_t seed = 0;
};

/// Goes on with `start` (at least one piece), piece by piece, and returns what was added. Special
/// pieces but [SEP] are never chosen. Draws depend on (seed, place) alone. Modes are put back.
///
/// Fan et al., "Hierarchical Neural Story Generation", ACL 2018 (top-k).
std::vector<std::int32_t> sample_pieces(Encoder& encoder, LanguageObjective& objective,
                                        const Vocabulary& vocabulary,
                                        const std::vector<std::int32_t>& start,
                                        const SamplingOptions& options,
                                        const torch::Device& device);

}  // namespace pretext
