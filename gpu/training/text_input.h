#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "core/text/text_views.h"
#include "gpu/training/batch.h"

#include <cstdint>
#include <vector>

namespace pretext {

/// How documents are read from their start.
struct ReadingOptions {
  ReadingOptions(const Experiment& resolved, const Corpus& corpus);

  std::int64_t length;  ///< Pieces of a row; what is longer is cut.
  bool is_causal;
  bool has_pairs;     ///< A document is two texts: [CLS] first [SEP] second [SEP].
  bool packs = true;  ///< Next to the document before where there is room.
};

/// Lays rows of sequences out: R rows of `length` pieces, padded with `padding`. A row's sequences
/// fit into it. `is_causal`: each piece predicts the next; else what is masked is predicted.
TokenBatch lay_out_rows(const std::vector<std::vector<ReadySequence>>& rows, std::int64_t length,
                        std::int32_t padding, bool is_causal = false);

/// Documents from their start, in the order of `positions`.
TokenBatch read_documents(const PackedText& text, const std::vector<std::int64_t>& positions,
                          const ReadingOptions& options);

/// The same, with what a language model is asked of each: if causal the next piece, else 15 % of
/// its pieces, which depend on its key alone.
TokenBatch read_questions(const PackedText& text, const std::vector<PlanDocument>& documents,
                          const ReadingOptions& options);

/// Two views of each of `samples`: the first of all, then the second.
Batch read_views(const TextViewMaker& maker, const std::vector<TextSample>& samples,
                 std::uint32_t epoch, const ReadingOptions& options, std::int32_t padding);

/// A damaged copy of each of `samples`, and beside it the original.
Batch read_damaged(const TextViewMaker& maker, const std::vector<TextSample>& samples,
                   std::uint32_t epoch, const ReadingOptions& options, std::int32_t padding);

/// Rows [first, first + count) of a plan, read and masked; rows past the end begin again.
TokenBatch read_rows(const PackedText& text, const SequencePlan& plan, const TextOptions& options,
                     std::uint32_t epoch, std::int64_t first, std::int64_t count);

}  // namespace pretext
