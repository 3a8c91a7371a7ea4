#include "core/text/text_views.h"

#include "core/base/error.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/objective_registry.h"

#include <algorithm>

namespace pretext {
namespace {

MaskUnit mask_unit(const std::string& name) {
  if (name == "word") return MaskUnit::kWord;
  if (name == "span") return MaskUnit::kSpan;
  return name == "n-gram" ? MaskUnit::kNGram : MaskUnit::kPiece;
}

TextAugmentation augmentation_of(const Experiment& experiment) {
  const auto operation = [&](const std::string& name) {
    return TextOperation{experiment.real("views." + name + "_probability"),
                         experiment.real("views." + name + "_share")};
  };
  return {.reordering = operation("reordering"),
          .synonyms = operation("synonym"),
          .replacement = operation("replacement"),
          .swap = operation("swap"),
          .deletion = operation("deletion")};
}

}  // namespace

TextOptions text_options(const Experiment& experiment) {
  TextOptions options;
  options.sequences = {.length = experiment.integer("views.length"),
                       .pairs = find_objective(experiment.text("objective.kind")).pairs,
                       .packs = experiment.flag("views.packing"),
                       .is_causal = is_causal_encoder(experiment),
                       .seed = static_cast<std::uint64_t>(experiment.integer("seed"))};
  if (experiment.has("views.short_probability"))
    options.sequences.short_probability = experiment.real("views.short_probability");
  if (!experiment.has("views.mask_probability")) return options;
  options.masking = {.probability = experiment.real("views.mask_probability"),
                     .mask_share = experiment.real("views.mask_share"),
                     .random_share = experiment.real("views.random_share"),
                     .unit = mask_unit(experiment.text("views.mask_unit"))};
  return options;
}

std::vector<ReadySequence> read_row(const PieceTable& table, const Vocabulary& vocabulary,
                                    const SequencePlan& plan, const TextOptions& options,
                                    std::uint32_t epoch, std::int64_t row) {
  std::vector<ReadySequence> ready;
  for (const auto& sequence : plan.row(row % plan.num_rows())) {
    auto& one = ready.emplace_back();
    one.pieces = read_sequence(table, vocabulary, sequence, options.sequences.is_causal);
    if (!options.sequences.is_causal) {
      one.masked = mask_pieces(one.pieces.ids, vocabulary, options.masking, options.sequences.seed,
                               epoch, sequence.key);
    }
    one.label = sequence.label;
  }
  return ready;
}

TextViewMaker::TextViewMaker(const PieceTable& table, const Vocabulary& vocabulary,
                             const Experiment& experiment)
    : table_(table),
      vocabulary_(vocabulary),
      augmentation_(augmentation_of(experiment)),
      seed_(static_cast<std::uint64_t>(experiment.integer("seed"))),
      longest_(static_cast<std::size_t>(experiment.integer("views.length")) - 2),
      by_sentence_(experiment.text("objective.unit") == "sentence"),
      is_causal_(is_causal_encoder(experiment)) {
  const auto& file = experiment.text("views.synonyms");
  if (!file.empty()) {
    synonyms_ = Synonyms(file, vocabulary);
  } else if (augmentation_.synonyms.probability > 0) {
    throw UserError("views.synonym_probability is more than 0: name a file in views.synonyms.");
  }
}

std::vector<TextSample> TextViewMaker::samples(std::span<const PlanDocument> documents) const {
  constexpr std::int64_t kFewest = 3;  // Pieces.
  std::vector<TextSample> samples;
  for (const auto& document : documents) {
    const auto [first, last] = table_.sentences_of(document.position);
    if (!by_sentence_) {
      if (first < last) samples.push_back({first, last, document.key});
      continue;
    }
    for (auto sentence = first; sentence < last; ++sentence) {
      if (table_.num_pieces_of(sentence) < kFewest) continue;
      const auto place = static_cast<std::uint64_t>(sentence - first);
      samples.push_back({sentence, sentence + 1, document.key ^ place * 0xD1B54A32D192ED03ull});
    }
  }
  return samples;
}

std::vector<std::vector<std::int32_t>> TextViewMaker::sentences_of(const TextSample& sample) const {
  std::vector<std::vector<std::int32_t>> sentences;
  std::size_t num_read = 0;
  for (auto number = sample.begin; number < sample.end && num_read < longest_; ++number) {
    auto& sentence = sentences.emplace_back(static_cast<std::size_t>(table_.num_pieces_of(number)));
    table_.copy_pieces(number, sentence);
    num_read += sentence.size();
  }
  return sentences;
}

/// With what stands around a text, cut to a view's length.
ReadySequence TextViewMaker::ready(std::vector<std::int32_t> pieces) const {
  pieces.resize(std::min(pieces.size(), longest_));
  ReadySequence sequence;
  auto& ids = sequence.pieces.ids;
  if (!is_causal_) ids.push_back(vocabulary_.classify());
  ids.insert(ids.end(), pieces.begin(), pieces.end());
  ids.push_back(vocabulary_.separate());
  sequence.pieces.segments.resize(ids.size(), 0);
  return sequence;
}

ReadySequence TextViewMaker::make(const TextSample& sample, std::uint32_t epoch,
                                  std::uint8_t view) const {
  return ready(augment(sentences_of(sample), vocabulary_, augmentation_, synonyms_, seed_, epoch,
                       sample.key, view));
}

ReadySequence TextViewMaker::original(const TextSample& sample) const {
  std::vector<std::int32_t> pieces;
  for (const auto& sentence : sentences_of(sample))
    pieces.insert(pieces.end(), sentence.begin(), sentence.end());
  return ready(std::move(pieces));
}

}  // namespace pretext
