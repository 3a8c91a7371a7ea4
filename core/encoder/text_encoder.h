#pragma once

#include "core/spec/experiment.h"

#include <cstdint>
#include <span>
#include <string>

namespace pretext {

/// What a text encoder is built like; `gpu/encoder` has a class for each.
enum class TextFamily {
  kBert,
  kGpt,         ///< A piece sees only those before it.
  kModernBert,  ///< Pre-norm, no biases, GeGLU, rotary positions.
};

/// What a text encoder *is*, without any tensor: the sizes of google-research/bert's models.
struct TextEncoderKind {
  std::string name;  ///< As in `encoder.kind`.
  TextFamily family;
  std::int64_t layers;
  std::int64_t width;  ///< Of a piece's state.
  std::int64_t heads;
};

std::span<const TextEncoderKind> text_encoder_kinds();

/// A text encoder with its settings resolved: everything `gpu/encoder` needs to build it.
struct TextEncoderShape {
  std::int64_t layers = 2;
  std::int64_t width = 128;
  std::int64_t heads = 2;
  std::int64_t inner = 512;        ///< Width of a block's feed-forward layer.
  std::int64_t vocabulary = 8192;  ///< Pieces.
  std::int64_t positions = 512;    ///< Longest sequence.
  double dropout = 0.1;
  TextFamily family = TextFamily::kBert;

  /// Trainable parameters, the pooler among them, without any head.
  std::int64_t num_parameters() const;
  /// Multiply-accumulates of one forward pass of one piece in a row of `length`.
  std::int64_t num_multiply_adds(std::int64_t length) const;
  /// Values that the forward pass of one piece keeps for the backward pass.
  std::int64_t num_activations(std::int64_t length) const;
};

/// Width of the feed-forward layer: four times the encoder's; with GeGLU, which has three matrices
/// instead of two, 8/3 of it in steps of 64.
std::int64_t inner_width(TextFamily family, std::int64_t width);

/// Whether `encoder.kind` names an encoder whose pieces see only those before them.
bool is_causal_encoder(const Experiment& experiment);

/// `vocabulary`: pieces of the corpus, where the experiment has not resolved it. Throws UserError
/// when the heads do not divide the width, a row is longer than the positions, or the objective
/// needs an encoder of another family.
TextEncoderShape text_encoder_shape(const Experiment& experiment, std::int64_t vocabulary);

/// Fields of `encoder.…` and `views.…` of an experiment on text.
std::vector<Field> text_encoder_fields();
std::vector<Field> text_view_fields();

}  // namespace pretext
