#pragma once

#include "core/spec/experiment.h"
#include "core/text/masking.h"
#include "core/text/sequence_plan.h"

#include <cstdint>
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

}  // namespace pretext
