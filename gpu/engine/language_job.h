#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"
#include "core/store/run_store.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/objective.h"

#include <torch/types.h>

#include <cstdint>
#include <string>

namespace pretext {

/// What a run's language model puts in the place of each [MASK] of a text, as JSON:
/// {"blanks": [[{"piece", "probability"}, …five, the likeliest first], …], "untrained": whether the
/// head that tells pieces has learned nothing}. Throws UserError when
/// the run has no masked language model, or the text no [MASK] or more pieces than the encoder's
/// positions.
std::string fill_blanks(Database& database, std::int64_t run, const std::string& text,
                        const std::string& device = "auto");

/// What `pretext sample` may ask for.
struct SampleRequest {
  std::string text;          ///< To go on with; may be empty.
  std::int64_t length = 60;  ///< Pieces to add at most.
  double temperature = 0.8;
  std::int64_t top_k = 40;
  std::uint64_t seed = 0;
};

/// How a run's causal language model goes on with a text, as JSON: {"text": both together,
/// "added": pieces}. Throws UserError when the run has none.
std::string continue_text(Database& database, std::int64_t run, const SampleRequest& request,
                          const std::string& device = "auto");

/// What a language model under training thinks now, for the run's page, as JSON. Of a masked one
/// {"blanks": [{"text", "original", "candidates": [{"piece", "probability"}, …]}]}, of a causal one
/// {"samples": [{"start", "text"}]}, of the same few validation sentences each time; empty of
/// other objectives.
/// `positions`: longest sequence that the encoder sees.
std::string thoughts(Encoder& encoder, Objective& objective, const Corpus& corpus,
                     std::int64_t positions, const torch::Device& device);

/// Whether what a run's heads tell after `step` steps is chance: none was taken, and neither a
/// parent of the same objective nor an import gave them weights.
bool has_untrained_head(Database& database, const RunRecord& run, const Objective& objective,
                        std::int64_t step);

}  // namespace pretext
