#pragma once

#include "core/text/vocabulary.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pretext {

/// What is chosen to be predicted at once.
enum class MaskUnit {
  kPiece,
  kWord,   ///< All pieces of a word (whole-word masking).
  kSpan,   ///< Words in a row, their number geometric with p = 0.2, at most 10 (SpanBERT).
  kNGram,  ///< Up to 3 words in a row, the shorter the likelier, as 1/n (ALBERT).
};

/// How pieces are hidden for masked language modelling.
struct MaskingOptions {
  double probability = 0.15;  ///< Of a piece to be predicted.
  double mask_share = 0.8;    ///< Of those: replaced by [MASK],
  double random_share = 0.1;  ///< by a random piece; the others are left as they are.
  MaskUnit unit = MaskUnit::kPiece;
};

/// A piece to be predicted.
struct MaskedPiece {
  std::int32_t position = 0;  ///< In the sequence.
  std::int32_t original = 0;  ///< Its id.

  bool operator==(const MaskedPiece&) const = default;
};

/// Hides pieces of a sequence in place and returns those to be predicted, ascending.
///
/// As google-research/bert's create_pretraining_data.py: max(1, round(probability · length))
/// pieces, never special ones, a unit left out where it would be too many. Draws depend on (seed,
/// epoch, key) alone.
///
/// Devlin et al., "BERT", NAACL 2019, section 3.1; Joshi et al., "SpanBERT", TACL 2020; Lan et al.,
/// "ALBERT", ICLR 2020.
std::vector<MaskedPiece> mask_pieces(std::span<std::int32_t> ids, const Vocabulary& vocabulary,
                                     const MaskingOptions& options, std::uint64_t seed,
                                     std::uint32_t epoch, std::uint64_t key);

}  // namespace pretext
