#include "gpu/training/text_input.h"

#include "core/corpus/text_ingest.h"
#include "core/encoder/text_encoder.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

torch::Tensor to_tensor(const std::vector<std::int64_t>& values) {
  return torch::tensor(values, torch::kInt64);
}

/// The two sentences of a document as a pair.
TextSequence whole_pair(const PackedText& text, std::int64_t document, std::int64_t first) {
  const auto segment = [&](std::int64_t number) {
    return TextSegment{number, number + 1, 0,
                       static_cast<std::int32_t>(text.num_pieces_of(number))};
  };
  return {.document = document,
          .partner = document,
          .first = segment(first),
          .second = segment(first + 1)};
}

/// [CLS] (not if causal), as much of the document as fits, [SEP].
SequencePieces start_of(const PackedText& text, std::int64_t document,
                        const ReadingOptions& options) {
  const auto room = static_cast<std::int32_t>(options.length - (options.is_causal ? 1 : 2));
  const auto [first, last] = text.sentences_of(document);
  if (options.has_pairs && last - first == 2) {
    auto pair = whole_pair(text, document, first);
    while (pair.first.size + pair.second.size > room - 1)
      --(pair.first.size > pair.second.size ? pair.first : pair.second).size;
    return read_sequence(text, text.vocabulary(), pair, options.is_causal);
  }
  TextSequence sequence{.document = document, .first = {first, first}};
  while (sequence.first.end < last && sequence.first.size < room)
    sequence.first.size += static_cast<std::int32_t>(text.num_pieces_of(sequence.first.end++));
  sequence.first.size = std::min(sequence.first.size, room);
  return read_sequence(text, text.vocabulary(), sequence, options.is_causal);
}

/// Sequences in their order, each in a row of its own or next to the one before.
TokenBatch lay_out(std::vector<ReadySequence> sequences, const ReadingOptions& options,
                   std::int32_t padding, bool is_causal = false) {
  std::vector<std::vector<ReadySequence>> rows;
  std::int64_t room = 0;  // Of the last row.
  for (auto& sequence : sequences) {
    const auto size = static_cast<std::int64_t>(sequence.pieces.ids.size());
    if (rows.empty() || !options.packs || size > room) {
      rows.emplace_back();
      room = options.length;
    }
    room -= size;
    rows.back().push_back(std::move(sequence));
  }
  return lay_out_rows(rows, options.length, padding, is_causal);
}

}  // namespace

ReadingOptions::ReadingOptions(const Experiment& resolved, const Corpus& corpus)
    : length(resolved.integer("views.length")),
      is_causal(is_causal_encoder(resolved)),
      has_pairs(TextDetails::from_json(corpus.record().details).has_pairs) {}

TokenBatch lay_out_rows(const std::vector<std::vector<ReadySequence>>& rows, std::int64_t length,
                        std::int32_t padding, bool is_causal) {
  const auto num_rows = static_cast<std::int64_t>(rows.size());
  TokenBatch batch;
  batch.ids = torch::full({num_rows, length}, padding, torch::kInt64);
  batch.segments = torch::zeros({num_rows, length}, torch::kInt64);
  batch.positions = torch::zeros({num_rows, length}, torch::kInt64);
  batch.sequences = torch::full({num_rows, length}, -1, torch::kInt64);
  auto* ids = batch.ids.data_ptr<std::int64_t>();
  auto* segments = batch.segments.data_ptr<std::int64_t>();
  auto* positions = batch.positions.data_ptr<std::int64_t>();
  auto* numbers = batch.sequences.data_ptr<std::int64_t>();
  std::vector<std::int64_t> starts, predicted, targets, labels;
  for (std::int64_t row = 0; row < num_rows; ++row) {
    auto place = row * length;
    for (const auto& sequence : rows[static_cast<std::size_t>(row)]) {
      const auto size = static_cast<std::int64_t>(sequence.pieces.ids.size());
      TORCH_CHECK(place + size <= (row + 1) * length, "a row's sequences must fit into it");
      for (const auto& one : sequence.masked) {
        predicted.push_back(place + one.position);
        targets.push_back(one.original);
      }
      for (std::int64_t i = 1; is_causal && i < size; ++i) {
        predicted.push_back(place + i - 1);
        targets.push_back(sequence.pieces.ids[static_cast<std::size_t>(i)]);
      }
      for (std::int64_t i = 0; i < size; ++i) {
        ids[place + i] = sequence.pieces.ids[static_cast<std::size_t>(i)];
        segments[place + i] = sequence.pieces.segments[static_cast<std::size_t>(i)];
        positions[place + i] = i;
        numbers[place + i] = static_cast<std::int64_t>(starts.size());
      }
      starts.push_back(place);
      labels.push_back(sequence.label);
      batch.num_pieces += size;
      place += size;
    }
  }
  batch.starts = to_tensor(starts);
  batch.predicted = to_tensor(predicted);
  batch.targets = to_tensor(targets);
  batch.pair_labels = to_tensor(labels);
  return batch;
}

TokenBatch read_documents(const PackedText& text, const std::vector<std::int64_t>& positions,
                          const ReadingOptions& options) {
  std::vector<ReadySequence> sequences;
  for (const auto position : positions)
    sequences.push_back({start_of(text, position, options), {}, TextSequence::kNoLabel});
  return lay_out(std::move(sequences), options, text.vocabulary().pad());
}

TokenBatch read_questions(const PackedText& text, const std::vector<PlanDocument>& documents,
                          const ReadingOptions& options) {
  std::vector<ReadySequence> sequences;
  for (const auto& document : documents) {
    ReadySequence sequence{start_of(text, document.position, options), {}, TextSequence::kNoLabel};
    if (!options.is_causal)
      sequence.masked = mask_pieces(sequence.pieces.ids, text.vocabulary(), {.probability = 0.15},
                                    0, 0, document.key);
    sequences.push_back(std::move(sequence));
  }
  return lay_out(std::move(sequences), options, text.vocabulary().pad(), options.is_causal);
}

Batch read_views(const TextViewMaker& maker, const std::vector<TextSample>& samples,
                 std::uint32_t epoch, const ReadingOptions& options, std::int32_t padding) {
  std::vector<ReadySequence> sequences;
  for (const std::uint8_t view : {0, 1}) {
    for (const auto& sample : samples) sequences.push_back(maker.make(sample, epoch, view));
  }
  return {.tokens = lay_out(std::move(sequences), options, padding), .num_views = 2};
}

Batch read_damaged(const TextViewMaker& maker, const std::vector<TextSample>& samples,
                   std::uint32_t epoch, const ReadingOptions& options, std::int32_t padding) {
  std::vector<ReadySequence> damaged, originals;
  for (const auto& sample : samples) {
    damaged.push_back(maker.make(sample, epoch, 0));
    originals.push_back(maker.original(sample));
  }
  return {.tokens = lay_out(std::move(damaged), options, padding),
          .originals = lay_out(std::move(originals), options, padding, true)};
}

TokenBatch read_rows(const PackedText& text, const SequencePlan& plan, const TextOptions& options,
                     std::uint32_t epoch, std::int64_t first, std::int64_t count) {
  std::vector<std::vector<ReadySequence>> rows;
  for (std::int64_t i = 0; i < count; ++i)
    rows.push_back(read_row(text, text.vocabulary(), plan, options, epoch, first + i));
  return lay_out_rows(rows, options.sequences.length, text.vocabulary().pad(),
                      options.sequences.is_causal);
}

}  // namespace pretext
