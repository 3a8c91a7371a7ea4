#include "core/encoder/encoder_registry.h"

#include "core/base/error.h"

namespace pretext {
namespace {

constexpr std::int64_t kLargestSmallImage = 64;  // px; above it the ImageNet stem is the default.

/// Adds up a network's convolutions, so that an estimate needs no tensor library.
struct Tally {
  std::int64_t parameters = 0;
  std::int64_t multiply_adds = 0;
  std::int64_t activations = 0;  // What the backward pass reads again.

  /// A convolution without bias and its batch norm; `side` is the output's, in px.
  void convolution(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t side) {
    parameters += in * out * kernel * kernel + 2 * out;
    multiply_adds += in * out * kernel * kernel * side * side;
    activations += 2 * out * side * side;  // Its output and the batch norm's, rectified in place.
  }
  void linear(std::int64_t in, std::int64_t out, std::int64_t rows) {
    parameters += in * out + out;
    multiply_adds += in * out * rows;
    activations += 2 * out * rows;  // Its output, and that of the norm, GELU or sum that follows.
  }
};

Tally tally_resnet(const EncoderShape& shape) {
  Tally tally;
  const auto width = shape.width;
  std::int64_t side = (shape.image_size + shape.stem_stride - 1) / shape.stem_stride;
  tally.convolution(shape.channels, width, shape.small_stem ? 3 : 7, side);
  if (!shape.small_stem) side = (side + 1) / 2;
  const std::int64_t expansion = shape.kind.bottleneck ? 4 : 1;
  std::int64_t input = width;
  for (std::size_t stage = 0; stage < 4; ++stage) {
    const std::int64_t planes = width << stage;
    for (int block = 0; block < shape.kind.blocks[stage]; ++block) {
      const bool strided = stage > 0 && block == 0;
      const auto input_side = side;
      if (strided) side = (side + 1) / 2;
      if (shape.kind.bottleneck) {
        tally.convolution(input, planes, 1, input_side);
        tally.convolution(planes, planes, 3, side);
        tally.convolution(planes, planes * expansion, 1, side);
      } else {
        tally.convolution(input, planes, 3, side);
        tally.convolution(planes, planes, 3, side);
      }
      if (strided || input != planes * expansion) {
        tally.convolution(input, planes * expansion, 1, side);
      }
      input = planes * expansion;
    }
  }
  return tally;
}

Tally tally_vit(const EncoderShape& shape) {
  Tally tally;
  const auto width = shape.kind.width;
  const auto patch = shape.patch_size();
  const auto side = shape.image_size / patch;
  const auto tokens = side * side + 1;
  tally.linear(shape.channels * patch * patch, width, tokens - 1);
  tally.parameters += width + tokens * width;  // Class token and positions.
  for (int block = 0; block < shape.kind.blocks[0]; ++block) {
    tally.linear(width, 3 * width, tokens);
    tally.linear(width, width, tokens);
    tally.linear(width, 4 * width, tokens);
    tally.linear(4 * width, width, tokens);
    tally.parameters += 4 * width;
    tally.multiply_adds += 2 * tokens * tokens * width;
  }
  tally.parameters += 2 * width;
  return tally;
}

Tally tally(const EncoderShape& shape) {
  return shape.kind.family == EncoderFamily::kResNet ? tally_resnet(shape) : tally_vit(shape);
}

}  // namespace

std::span<const EncoderKind> encoder_kinds() {
  static const std::vector<EncoderKind> kinds = {
      {"resnet18", EncoderFamily::kResNet, {2, 2, 2, 2}},
      {"resnet34", EncoderFamily::kResNet, {3, 4, 6, 3}},
      {"resnet50", EncoderFamily::kResNet, {3, 4, 6, 3}, true},
      {"resnet101", EncoderFamily::kResNet, {3, 4, 23, 3}, true},
      {"vit-tiny", EncoderFamily::kViT, {12}, false, 192, 3},
      {"vit-small", EncoderFamily::kViT, {12}, false, 384, 6},
      {"vit-base", EncoderFamily::kViT, {12}, false, 768, 12},
  };
  return kinds;
}

const EncoderKind& find_encoder(const std::string& name) {
  std::string all;
  for (const auto& kind : encoder_kinds()) {
    if (kind.name == name) return kind;
    all += (all.empty() ? "" : ", ") + kind.name;
  }
  throw UserError("encoder.kind takes one of " + all + ", got \"" + name + "\".");
}

std::int64_t EncoderShape::num_features() const {
  if (kind.family == EncoderFamily::kViT) return kind.width;
  return width * 8 * (kind.bottleneck ? 4 : 1);
}

std::int64_t EncoderShape::num_parameters() const {
  return tally(*this).parameters;
}

std::int64_t EncoderShape::num_multiply_adds() const {
  return tally(*this).multiply_adds;
}

std::int64_t EncoderShape::num_activations() const {
  return tally(*this).activations;
}

EncoderShape encoder_shape(const Experiment& experiment, std::int64_t channels,
                           std::int64_t image_size) {
  EncoderShape shape;
  shape.kind = find_encoder(experiment.text("encoder.kind"));
  shape.channels = channels;
  shape.image_size = image_size;
  shape.width = experiment.integer("encoder.width");
  const auto& stem = experiment.text("encoder.stem");
  shape.small_stem =
      stem.starts_with("small") || (stem == "auto" && image_size <= kLargestSmallImage);
  shape.stem_stride = shape.small_stem && stem != "small-stride2" ? 1 : 2;
  const auto blocks = static_cast<int>(experiment.integer("encoder.blocks"));
  if (blocks > 0) {
    for (auto& stage : shape.kind.blocks) stage = blocks;
  }
  if (shape.kind.family == EncoderFamily::kViT && image_size % shape.patch_size() != 0) {
    throw UserError("views.size must be a multiple of " + std::to_string(shape.patch_size()) +
                    " for " + shape.kind.name + ", got " + std::to_string(image_size) + ".");
  }
  return shape;
}

}  // namespace pretext
