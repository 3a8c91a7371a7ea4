#include "gpu/training/text_input.h"

#include "core/base/error.h"
#include "gpu/training/loader.h"
#include "gpu/training/resolve.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

torch::Tensor to_tensor(const std::vector<std::int64_t>& values) {
  return torch::tensor(values, torch::kInt64);
}

class TextData final : public TrainingData {
 public:
  TextData(const Experiment& resolved, const Corpus& corpus)
      : text_(corpus.text()),
        options_(text_options(resolved)),
        rows_a_step_(resolved.integer("training.batch_size")),
        documents_(corpus.plan_documents(training_samples(resolved, corpus))) {
    const SequencePlan plan(text_, documents_, options_.sequences, 0);
    steps_per_epoch_ = plan.num_rows() / rows_a_step_;
    if (steps_per_epoch_ == 0) {
      throw UserError("training.batch_size is " + std::to_string(rows_a_step_) +
                      " rows but the training documents fill " + std::to_string(plan.num_rows()) +
                      ": choose a smaller batch or a larger corpus.");
    }
  }

  std::int64_t steps_per_epoch() const override { return steps_per_epoch_; }

  std::unique_ptr<BatchSource> source(std::int64_t first, std::int64_t last,
                                      const torch::Device& /*device*/) const override {
    return std::make_unique<Loader>(
        [this, plan = std::shared_ptr<SequencePlan>(), planned = std::int64_t{-1}](
            std::int64_t step, Batch& batch) mutable {
          const auto epoch = step / steps_per_epoch_;
          if (epoch != planned) {
            plan = std::make_shared<SequencePlan>(text_, documents_, options_.sequences,
                                                  static_cast<std::uint32_t>(epoch));
            planned = epoch;
          }
          batch.tokens = read_rows(text_, *plan, options_, static_cast<std::uint32_t>(epoch),
                                   step % steps_per_epoch_ * rows_a_step_, rows_a_step_);
        },
        first, last);
  }

 private:
  const PackedText& text_;
  TextOptions options_;
  std::int64_t rows_a_step_;
  std::vector<PlanDocument> documents_;
  std::int64_t steps_per_epoch_;
};

class TextReader final : public SampleReader {
 public:
  TextReader(const Corpus& corpus, std::int64_t length) : SampleReader(corpus), length_(length) {}

  Batch plain(const std::vector<std::int64_t>& positions) const override {
    const auto& vocabulary = corpus().text().vocabulary();
    std::vector<std::vector<ReadySequence>> rows;
    std::int64_t room = 0;  // Of the last row.
    for (const auto position : positions) {
      ReadySequence sequence{start_of(position), {}, TextSequence::kNoLabel};
      const auto size = static_cast<std::int64_t>(sequence.pieces.ids.size());
      if (rows.empty() || size > room) {
        rows.emplace_back();
        room = length_;
      }
      room -= size;
      rows.back().push_back(std::move(sequence));
    }
    return {.tokens = lay_out_rows(rows, length_, vocabulary.pad())};
  }

  std::optional<torch::Tensor> raw(const std::vector<std::int64_t>& /*positions*/) const override {
    return std::nullopt;
  }
  std::optional<Batch> two_views(const std::vector<std::int64_t>& /*positions*/) const override {
    return std::nullopt;
  }

 private:
  /// [CLS], as much of the document as fits, [SEP].
  SequencePieces start_of(std::int64_t document) const {
    const auto& text = corpus().text();
    const auto [first, last] = text.sentences_of(document);
    TextSequence sequence{.document = document, .first = {first, first}};
    while (sequence.first.end < last && sequence.first.size < length_ - 2)
      sequence.first.size += static_cast<std::int32_t>(text.num_pieces_of(sequence.first.end++));
    sequence.first.size = std::min(sequence.first.size, static_cast<std::int32_t>(length_ - 2));
    return read_sequence(text, text.vocabulary(), sequence, false);
  }

  std::int64_t length_;
};

}  // namespace

TokenBatch lay_out_rows(const std::vector<std::vector<ReadySequence>>& rows, std::int64_t length,
                        std::int32_t padding) {
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
  std::vector<std::int64_t> starts, masked, originals, labels;
  for (std::int64_t row = 0; row < num_rows; ++row) {
    auto place = row * length;
    for (const auto& sequence : rows[static_cast<std::size_t>(row)]) {
      const auto size = static_cast<std::int64_t>(sequence.pieces.ids.size());
      TORCH_CHECK(place + size <= (row + 1) * length, "a row's sequences must fit into it");
      for (const auto& one : sequence.masked) {
        masked.push_back(place + one.position);
        originals.push_back(one.original);
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
  batch.masked = to_tensor(masked);
  batch.originals = to_tensor(originals);
  batch.pair_labels = to_tensor(labels);
  return batch;
}

TokenBatch read_rows(const PackedText& text, const SequencePlan& plan, const TextOptions& options,
                     std::uint32_t epoch, std::int64_t first, std::int64_t count) {
  std::vector<std::vector<ReadySequence>> rows;
  for (std::int64_t i = 0; i < count; ++i)
    rows.push_back(read_row(text, text.vocabulary(), plan, options, epoch, first + i));
  return lay_out_rows(rows, options.sequences.length, text.vocabulary().pad());
}

std::unique_ptr<TrainingData> make_text_data(const Experiment& resolved, const Corpus& corpus) {
  return std::make_unique<TextData>(resolved, corpus);
}

std::unique_ptr<SampleReader> make_text_reader(const Experiment& resolved, const Corpus& own,
                                               const Corpus& seen) {
  if (own.text().vocabulary().digest() != seen.text().vocabulary().digest()) {
    throw UserError("The corpus \"" + seen.record().name +
                    "\" was cut with another vocabulary than \"" + own.record().name +
                    "\": cut it anew with \"pretext retokenize " + seen.record().name +
                    " --vocab " + own.record().path + "/vocab.txt\".");
  }
  return std::make_unique<TextReader>(seen, resolved.integer("views.length"));
}

}  // namespace pretext
