#include "core/text/text_views.h"

namespace pretext {
namespace {

MaskUnit mask_unit(const std::string& name) {
  if (name == "word") return MaskUnit::kWord;
  if (name == "span") return MaskUnit::kSpan;
  return name == "n-gram" ? MaskUnit::kNGram : MaskUnit::kPiece;
}

PairKind pair_kind(const std::string& objective) {
  if (objective == "bert") return PairKind::kNextSentence;
  return objective == "sop" ? PairKind::kSentenceOrder : PairKind::kNone;
}

}  // namespace

TextOptions text_options(const Experiment& experiment) {
  TextOptions options;
  options.sequences = {.length = experiment.integer("views.length"),
                       .pairs = pair_kind(experiment.text("objective.kind")),
                       .short_probability = experiment.real("views.short_probability"),
                       .packs = experiment.flag("views.packing"),
                       .seed = static_cast<std::uint64_t>(experiment.integer("seed"))};
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
    one.masked = mask_pieces(one.pieces.ids, vocabulary, options.masking, options.sequences.seed,
                             epoch, sequence.key);
    one.label = sequence.label;
  }
  return ready;
}

}  // namespace pretext
