#include "gpu/training/text_input.h"

#include "core/base/error.h"
#include "core/corpus/batch_plan.h"
#include "core/corpus/text_ingest.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/objective_registry.h"
#include "gpu/evaluation/features.h"
#include "gpu/training/loader.h"
#include "gpu/training/resolve.h"

#include <torch/torch.h>

#include <algorithm>
#include <numeric>
#include <optional>

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

/// How documents are read from their start.
struct ReadingOptions {
  ReadingOptions(const Experiment& resolved, const Corpus& corpus)
      : length(resolved.integer("views.length")),
        is_causal(is_causal_encoder(resolved)),
        has_pairs(TextDetails::from_json(corpus.record().details).has_pairs) {}

  std::int64_t length;  ///< Pieces of a row; what is longer is cut.
  bool is_causal;
  bool has_pairs;     ///< A document is two texts: [CLS] first [SEP] second [SEP].
  bool packs = true;  ///< Next to the document before where there is room.
};

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
                   std::int32_t padding) {
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
  return lay_out_rows(rows, options.length, padding);
}

/// Documents from their start, in the order of `positions`.
TokenBatch read_documents(const PackedText& text, const std::vector<std::int64_t>& positions,
                          const ReadingOptions& options) {
  std::vector<ReadySequence> sequences;
  for (const auto position : positions)
    sequences.push_back({start_of(text, position, options), {}, TextSequence::kNoLabel});
  return lay_out(std::move(sequences), options, text.vocabulary().pad());
}

/// Documents with their labels, in a new order each epoch.
class LabelledText final : public TrainingData {
 public:
  LabelledText(const Experiment& resolved, const Corpus& corpus)
      : corpus_(corpus),
        plan_(training_samples(resolved, corpus), resolved.integer("training.batch_size"),
              static_cast<std::uint64_t>(resolved.integer("seed"))),
        reading_(resolved, corpus) {
    // A micro-batch has its share of the rows, and of the labels: with packing these differ.
    reading_.packs =
        resolved.flag("views.packing") && resolved.integer("training.accumulation") == 1;
  }

  std::int64_t steps_per_epoch() const override { return plan_.steps_per_epoch(); }

  std::unique_ptr<BatchSource> source(std::int64_t first, std::int64_t last,
                                      const torch::Device& /*device*/) const override {
    return std::make_unique<Loader>(
        [this, plan = plan_](std::int64_t step, Batch& batch) mutable {
          const auto positions = plan.batch(step);
          batch.tokens = read_documents(corpus_.text(), positions, reading_);
          batch.labels = labels_of(corpus_, positions);
        },
        first, last);
  }

 private:
  const Corpus& corpus_;
  BatchPlan plan_;
  ReadingOptions reading_;
};

/// Two views of each of `samples`: the first of all, then the second.
Batch read_views(const TextViewMaker& maker, const std::vector<TextSample>& samples,
                 std::uint32_t epoch, const ReadingOptions& options, std::int32_t padding) {
  std::vector<ReadySequence> sequences;
  for (const std::uint8_t view : {0, 1}) {
    for (const auto& sample : samples) sequences.push_back(maker.make(sample, epoch, view));
  }
  return {.tokens = lay_out(std::move(sequences), options, padding), .num_views = 2};
}

/// Two views of sentences or documents, in a new order each epoch.
class ContrastedText final : public TrainingData {
 public:
  ContrastedText(const Experiment& resolved, const Corpus& corpus)
      : corpus_(corpus),
        maker_(corpus.text(), corpus.text().vocabulary(), resolved),
        samples_(maker_.samples(corpus.plan_documents(training_samples(resolved, corpus)))),
        plan_(numbers(samples_.size()), resolved.integer("training.batch_size"),
              static_cast<std::uint64_t>(resolved.integer("seed"))),
        reading_(resolved, corpus) {
    reading_.packs = resolved.flag("views.packing");
  }

  std::int64_t steps_per_epoch() const override { return plan_.steps_per_epoch(); }

  std::unique_ptr<BatchSource> source(std::int64_t first, std::int64_t last,
                                      const torch::Device& /*device*/) const override {
    return std::make_unique<Loader>(
        [this, plan = plan_](std::int64_t step, Batch& batch) mutable {
          std::vector<TextSample> chosen;
          for (const auto number : plan.batch(step))
            chosen.push_back(samples_[static_cast<std::size_t>(number)]);
          batch = read_views(maker_, chosen, static_cast<std::uint32_t>(plan.epoch_of(step)),
                             reading_, corpus_.text().vocabulary().pad());
        },
        first, last);
  }

 private:
  static std::vector<std::int64_t> numbers(std::size_t count) {
    std::vector<std::int64_t> all(count);
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  const Corpus& corpus_;
  TextViewMaker maker_;
  std::vector<TextSample> samples_;
  BatchPlan plan_;
  ReadingOptions reading_;
};

class TextReader final : public SampleReader {
 public:
  TextReader(const Corpus& corpus, const Experiment& resolved)
      : SampleReader(corpus), reading_(resolved, corpus) {
    if (resolved.text("objective.kind") == "simcse")
      maker_.emplace(corpus.text(), corpus.text().vocabulary(), resolved);
  }

  Batch plain(const std::vector<std::int64_t>& positions) const override {
    return {.tokens = read_documents(corpus().text(), positions, reading_)};
  }

  torch::Tensor raw(const std::vector<std::int64_t>& positions) const override {
    const auto& text = corpus().text();
    std::vector<std::int64_t> rows, pieces;
    for (std::size_t row = 0; row < positions.size(); ++row) {
      const auto [first, last] = text.sentences_of(positions[row]);
      for (auto sentence = first; sentence < last; ++sentence) {
        for (const auto piece : text.pieces(sentence)) pieces.push_back(piece);
      }
      rows.resize(pieces.size(), static_cast<std::int64_t>(row));
    }
    return torch::sparse_coo_tensor(torch::stack({to_tensor(rows), to_tensor(pieces)}),
                                    torch::ones({static_cast<std::int64_t>(pieces.size())}),
                                    {static_cast<std::int64_t>(positions.size()),
                                     std::int64_t{text.vocabulary().size()}})
        .coalesce();
  }

  /// Where the objective makes no views, the same twice: dropout makes the difference.
  std::optional<Batch> two_views(const std::vector<std::int64_t>& positions) const override {
    const auto& text = corpus().text();
    if (!maker_) {
      auto twice = positions;
      twice.insert(twice.end(), positions.begin(), positions.end());
      return Batch{.tokens = read_documents(text, twice, reading_), .num_views = 2};
    }
    std::vector<TextSample> samples;
    for (const auto& document : corpus().plan_documents(positions)) {
      if (const auto all = maker_->samples({&document, 1}); !all.empty())
        samples.push_back(all.front());
    }
    return read_views(*maker_, samples, 0, reading_, text.vocabulary().pad());
  }

 private:
  std::optional<TextViewMaker> maker_;  // Of an objective that contrasts views.
  ReadingOptions reading_;
};

}  // namespace

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

TokenBatch read_rows(const PackedText& text, const SequencePlan& plan, const TextOptions& options,
                     std::uint32_t epoch, std::int64_t first, std::int64_t count) {
  std::vector<std::vector<ReadySequence>> rows;
  for (std::int64_t i = 0; i < count; ++i)
    rows.push_back(read_row(text, text.vocabulary(), plan, options, epoch, first + i));
  return lay_out_rows(rows, options.sequences.length, text.vocabulary().pad(),
                      options.sequences.is_causal);
}

std::unique_ptr<TrainingData> make_text_data(const Experiment& resolved, const Corpus& corpus) {
  if (find_objective(resolved.text("objective.kind")).is_supervised)
    return std::make_unique<LabelledText>(resolved, corpus);
  if (resolved.text("objective.kind") == "simcse")
    return std::make_unique<ContrastedText>(resolved, corpus);
  return std::make_unique<TextData>(resolved, corpus);
}

std::unique_ptr<SampleReader> make_text_reader(const Experiment& resolved, const Corpus& own,
                                               const Corpus& seen) {
  require_same_vocabulary(own.record(), seen.record());
  return std::make_unique<TextReader>(seen, resolved);
}

}  // namespace pretext
