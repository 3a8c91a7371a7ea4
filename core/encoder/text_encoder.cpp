#include "core/encoder/text_encoder.h"

#include "core/base/error.h"
#include "core/objective/objective_registry.h"

#include <algorithm>
#include <vector>

namespace pretext {

namespace {

const TextEncoderKind& kind_of(const Experiment& experiment) {
  return *std::ranges::find(text_encoder_kinds(), experiment.text("encoder.kind"),
                            &TextEncoderKind::name);
}

/// GPT predicts what comes next, which an encoder that sees it would copy; the others need both
/// sides of a hidden piece.
void check_family(const Experiment& experiment) {
  const auto& objective = find_objective(experiment.text("objective.kind"));
  const auto& kind = experiment.text("encoder.kind");
  const bool is_causal = is_causal_encoder(experiment);
  if (objective.text_task == TextTask::kNextPiece && !is_causal) {
    throw UserError("objective.kind = " + objective.name + " predicts the next piece, which " +
                    kind + " would see: set encoder.kind to a gpt.");
  }
  if (objective.text_task == TextTask::kMaskedPieces && is_causal) {
    throw UserError("objective.kind = " + objective.name + " needs both sides of a piece, and " +
                    kind +
                    " sees only what stands before it: set encoder.kind to a bert or modern.");
  }
}

}  // namespace

std::span<const TextEncoderKind> text_encoder_kinds() {
  using enum TextFamily;
  static const std::vector<TextEncoderKind> kinds = {{"bert-tiny", kBert, 2, 128, 2},
                                                     {"bert-mini", kBert, 4, 256, 4},
                                                     {"bert-small", kBert, 4, 512, 8},
                                                     {"bert-medium", kBert, 8, 512, 8},
                                                     {"bert-base", kBert, 12, 768, 12},
                                                     {"bert-large", kBert, 24, 1024, 16},
                                                     {"gpt-tiny", kGpt, 2, 128, 2},
                                                     {"gpt-mini", kGpt, 4, 256, 4},
                                                     {"gpt-small", kGpt, 12, 768, 12},
                                                     {"gpt-medium", kGpt, 24, 1024, 16},
                                                     {"modern-tiny", kModernBert, 2, 128, 2},
                                                     {"modern-mini", kModernBert, 4, 256, 4},
                                                     {"modern-small", kModernBert, 4, 512, 8},
                                                     {"modern-base", kModernBert, 12, 768, 12}};
  return kinds;
}

std::int64_t inner_width(TextFamily family, std::int64_t width) {
  if (family != TextFamily::kModernBert) return 4 * width;
  constexpr std::int64_t kStep = 64;
  return std::max<std::int64_t>(1, (8 * width / 3 + kStep / 2) / kStep) * kStep;
}

bool is_causal_encoder(const Experiment& experiment) {
  return kind_of(experiment).family == TextFamily::kGpt;
}

std::int64_t TextEncoderShape::num_parameters() const {
  const auto linear = [](std::int64_t in, std::int64_t out) { return in * out + out; };
  if (family == TextFamily::kModernBert) {
    const auto block = 4 * width * width + 3 * width * inner + 2 * width;
    return vocabulary * width + width + layers * block;  // Final norm; the first layer lacks one.
  }
  const auto block =
      4 * linear(width, width) + linear(width, inner) + linear(inner, width) + 4 * width;
  if (family == TextFamily::kGpt)
    return (vocabulary + positions) * width + layers * block + 2 * width;
  const auto embeddings = (vocabulary + positions + 2) * width + 2 * width;
  return embeddings + layers * block + linear(width, width);
}

std::int64_t TextEncoderShape::num_multiply_adds(std::int64_t length) const {
  const auto matrices = family == TextFamily::kModernBert ? 3 : 2;
  return layers * (4 * width * width + matrices * width * inner + 2 * length * width);
}

std::int64_t TextEncoderShape::num_activations(std::int64_t length) const {
  // Queries, keys, values, mixed, output, two norms, sums and dropouts; the inner layer twice.
  return 3 * width + layers * (12 * width + 2 * inner + heads * length);
}

TextEncoderShape text_encoder_shape(const Experiment& experiment, std::int64_t vocabulary) {
  check_family(experiment);
  const auto& kind = kind_of(experiment);
  const auto chosen = [&](const char* key, std::int64_t own) {
    const auto asked = experiment.integer(key);
    return asked > 0 ? asked : own;
  };
  TextEncoderShape shape;
  shape.family = kind.family;
  shape.layers = chosen("encoder.layers", kind.layers);
  shape.width = chosen("encoder.width", kind.width);
  shape.heads = chosen("encoder.heads", kind.heads);
  shape.inner = inner_width(shape.family, shape.width);
  shape.vocabulary = chosen("encoder.vocabulary", vocabulary);
  shape.positions = experiment.integer("encoder.positions");
  shape.dropout = experiment.real("encoder.dropout");
  if (shape.width % shape.heads != 0) {
    throw UserError("encoder.heads (" + std::to_string(shape.heads) +
                    ") must divide encoder.width (" + std::to_string(shape.width) + ").");
  }
  for (const std::string key : {"views.length", "views.long_length"}) {
    if (!experiment.has(key) || experiment.integer(key) <= shape.positions) continue;
    throw UserError(key + " (" + std::to_string(experiment.integer(key)) +
                    ") is more than encoder.positions (" + std::to_string(shape.positions) +
                    "): choose shorter rows or more positions.");
  }
  return shape;
}

std::vector<Field> text_encoder_fields() {
  std::vector<std::string> kinds;
  for (const auto& kind : text_encoder_kinds()) kinds.push_back(kind.name);
  const auto size = [](std::string key, double high, std::string label, std::string help) {
    return Field{.key = std::move(key),
                 .kind = FieldKind::kInteger,
                 .fallback = std::int64_t{0},
                 .low = 0,
                 .high = high,
                 .zero = "its own",
                 .label = std::move(label),
                 .help = std::move(help)};
  };
  return {
      {.key = "encoder.kind",
       .kind = FieldKind::kChoice,
       .fallback = std::string("bert-mini"),
       .choices = kinds,
       .label = "Encoder",
       .help =
           "The backbone that is trained; the sizes are those of google-research/bert and GPT-2. "
           "gpt sees only what stands before a piece; modern is pre-norm with rotary positions "
           "and GeGLU, without biases."},
      size("encoder.layers", 96, "Layers", "Blocks of the encoder; 0 takes the kind's own."),
      size("encoder.width", 8192, "Width", "Of a piece's state; 0 takes the kind's own."),
      size("encoder.heads", 128, "Heads", "Of attention; 0 takes the kind's own."),
      size("encoder.vocabulary", 1e7, "Vocabulary", "Pieces; 0 takes the corpus's own number."),
      {.key = "encoder.positions",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{512},
       .low = 8,
       .high = 1 << 20,
       .unit = "pieces",
       .label = "Positions",
       .help = "Longest sequence that the encoder can see; training may use shorter rows."},
      {.key = "encoder.dropout",
       .kind = FieldKind::kReal,
       .fallback = 0.1,
       .low = 0,
       .high = 0.9,
       .label = "Dropout",
       .help = "Share of states and attention weights that are left out in training."},
      {.key = "encoder.weights",
       .kind = FieldKind::kText,
       .fallback = std::string(),
       .label = "Initial weights",
       .help = "Name of imported weights to start from; empty starts at random."},
  };
}

std::vector<Field> text_view_fields() {
  return {
      {.key = "views.length",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{128},
       .low = 8,
       .high = 1 << 16,
       .unit = "pieces",
       .label = "Row length",
       .help = "Pieces of a row, [CLS] and [SEP] among them; longer texts are cut."},
      {.key = "views.packing",
       .kind = FieldKind::kBoolean,
       .fallback = true,
       .label = "Packing",
       .help = "Lays several sequences into a row, each seeing only itself, so that hardly a piece "
               "is padding."},
  };
}

}  // namespace pretext
