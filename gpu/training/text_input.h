#pragma once

#include "core/text/text_views.h"
#include "gpu/training/sample_reader.h"
#include "gpu/training/training_data.h"

#include <memory>
#include <span>
#include <vector>

namespace pretext {

/// Lays rows of sequences out: R rows of `length` pieces, padded with `padding`. A row's sequences
/// fit into it. `is_causal`: each piece predicts the next; else what is masked is predicted.
TokenBatch lay_out_rows(const std::vector<std::vector<ReadySequence>>& rows, std::int64_t length,
                        std::int32_t padding, bool is_causal = false);

/// Rows [first, first + count) of a plan, read and masked; rows past the end begin again.
TokenBatch read_rows(const PackedText& text, const SequencePlan& plan, const TextOptions& options,
                     std::uint32_t epoch, std::int64_t first, std::int64_t count);

std::unique_ptr<TrainingData> make_text_data(const Experiment& resolved, const Corpus& corpus);

/// Throws UserError when `seen` was cut with another vocabulary than `own`.
std::unique_ptr<SampleReader> make_text_reader(const Experiment& resolved, const Corpus& own,
                                               const Corpus& seen);

}  // namespace pretext
