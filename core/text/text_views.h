#pragma once

#include "core/spec/experiment.h"
#include "core/text/masking.h"
#include "core/text/sequence_plan.h"
#include "core/text/text_augmentation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pretext {

/// How text is cut into sequences, laid out and hidden: the views of an experiment on text.
struct TextOptions {
  SequenceOptions sequences;
  MaskingOptions masking;
};

TextOptions text_options(const Experiment& experiment);

/// A sequence ready to be laid into a row.
struct ReadySequence {
  SequencePieces pieces;  ///< Hidden where `masked` says so.
  std::vector<MaskedPiece> masked;
  std::int32_t label = TextSequence::kNoLabel;
};

/// The sequences of one row of an epoch's plan, read and masked as training sees them. Rows past
/// the end begin again.
std::vector<ReadySequence> read_row(const PieceTable& table, const Vocabulary& vocabulary,
                                    const SequencePlan& plan, const TextOptions& options,
                                    std::uint32_t epoch, std::int64_t row);

/// What is contrasted with others, or damaged: sentences [begin, end).
struct TextSample {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::uint64_t key = 0;  ///< For its draws.
};

/// Makes views of texts as an experiment that augments them sees them. Table and vocabulary must
/// outlive it.
class TextViewMaker {
 public:
  /// Throws UserError when the file of synonyms cannot be read.
  TextViewMaker(const PieceTable& table, const Vocabulary& vocabulary,
                const Experiment& experiment);

  /// Of each document its sentences of at least three pieces, or the whole of it.
  std::vector<TextSample> samples(std::span<const PlanDocument> documents) const;
  /// [CLS] … [SEP], at most `views.length` pieces. Draws depend on (seed, epoch, sample, view)
  /// alone.
  ReadySequence make(const TextSample& sample, std::uint32_t epoch, std::uint8_t view) const;
  /// The same with nothing changed.
  ReadySequence original(const TextSample& sample) const;

 private:
  std::vector<std::vector<std::int32_t>> sentences_of(const TextSample& sample) const;
  ReadySequence ready(std::vector<std::int32_t> pieces) const;

  const PieceTable& table_;
  const Vocabulary& vocabulary_;
  TextAugmentation augmentation_;
  Synonyms synonyms_;
  std::uint64_t seed_;
  std::size_t longest_;  // Pieces of a view without the special ones.
  bool by_sentence_;
  bool is_causal_;
};

}  // namespace pretext
