#pragma once

#include "core/spec/experiment.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pretext {

enum class EncoderFamily { kResNet, kViT };

/// What an encoder *is*, without any tensor; `gpu/encoder` builds it.
struct EncoderKind {
  std::string name;  ///< As in `encoder.kind`.
  EncoderFamily family;
  std::vector<int> blocks;  ///< ResNet: blocks of the four stages. ViT: {depth}.
  bool bottleneck = false;  ///< ResNet: bottleneck blocks, four times as wide at their end.
  int width = 64;           ///< ViT: width of a token.
  int heads = 0;            ///< ViT: attention heads.
};

std::span<const EncoderKind> encoder_kinds();

/// Throws UserError, naming those there are, for an unknown name.
const EncoderKind& find_encoder(const std::string& name);

/// An encoder with its settings resolved: everything `gpu/encoder` needs to build it.
struct EncoderShape {
  EncoderKind kind;           ///< `blocks` already replaced by `encoder.blocks` where that is set.
  std::int64_t channels = 3;  ///< Of the input.
  std::int64_t image_size = 32;  ///< Of the views, in px.
  std::int64_t width = 64;       ///< Channels of a ResNet's first stage.
  bool small_stem = true;        ///< 3x3 without max-pool; ViT: patches of 4 px.
  std::int64_t stem_stride = 1;  ///< Of a ResNet's first convolution.

  /// Width of the features that evaluation reads.
  std::int64_t num_features() const;
  /// Trainable parameters, without any head.
  std::int64_t num_parameters() const;
  /// Multiply-accumulates of one forward pass of one image.
  std::int64_t num_multiply_adds() const;
  /// Values that one image's forward pass keeps for the backward pass.
  std::int64_t num_activations() const;
  /// Pixels a side of a ViT's patch.
  std::int64_t patch_size() const { return small_stem ? 4 : 16; }
};

/// `image_size`: the views' size in px, resolved; `channels`: the corpus's.
EncoderShape encoder_shape(const Experiment& experiment, std::int64_t channels,
                           std::int64_t image_size);

}  // namespace pretext
