#pragma once

#include "core/corpus/corpus.h"
#include "core/text/vocabulary.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/language.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace pretext {

/// A piece that a language model would put into a blank.
struct Candidate {
  std::int32_t id = 0;
  double probability = 0.0;
};

/// The likeliest pieces, first to last, for each [MASK] of a sequence `ids` ([CLS] … [SEP]). Modes
/// are put back.
std::vector<std::vector<Candidate>> fill(Encoder& encoder, LanguageObjective& objective,
                                         const Vocabulary& vocabulary,
                                         const std::vector<std::int32_t>& ids,
                                         std::int64_t num_candidates, const torch::Device& device);

/// A sentence of the validation split with one whole word hidden.
struct Blank {
  std::vector<std::int32_t> ids;  ///< [CLS] … [MASK] … [SEP]
  std::int32_t original = 0;      ///< The hidden piece.
};

/// The same few blanks whenever it is called: sentences of 8 to 40 pieces, of each the longest word
/// of a single piece in its second half hidden; at most one a document. `positions`: what a blank
/// has at most, [CLS] and [SEP] among them.
std::vector<Blank> validation_blanks(const Corpus& corpus, std::size_t count,
                                     std::int64_t positions);

}  // namespace pretext
