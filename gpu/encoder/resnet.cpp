#include "gpu/encoder/resnet.h"

#include <torch/torch.h>

namespace pretext {
namespace {

namespace nn = torch::nn;

nn::Conv2d convolution(std::int64_t in, std::int64_t out, std::int64_t kernel,
                       std::int64_t stride) {
  return nn::Conv2d(
      nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

/// One residual block, basic (two 3x3) or bottleneck (1x1, 3x3, 1x1).
class Block final : public nn::Module {
 public:
  Block(std::int64_t in, std::int64_t planes, std::int64_t stride, bool bottleneck) {
    const std::int64_t out = planes * (bottleneck ? 4 : 1);
    if (bottleneck) {
      add(in, planes, 1, 1);
      add(planes, planes, 3, stride);
      add(planes, out, 1, 1);
    } else {
      add(in, planes, 3, stride);
      add(planes, planes, 3, 1);
    }
    if (stride == 1 && in == out) return;
    downsample_ = register_module(
        "downsample", nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out)));
  }

  torch::Tensor forward(const torch::Tensor& input) {
    auto x = input;
    for (std::size_t i = 0; i < convolutions_.size(); ++i) {
      x = norms_[i](convolutions_[i](x));
      if (i + 1 < convolutions_.size()) x = torch::relu_(x);
    }
    x = x + (downsample_.is_empty() ? input : downsample_->forward(input));
    return torch::relu_(x);
  }

 private:
  void add(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride) {
    const auto number = std::to_string(convolutions_.size() + 1);
    convolutions_.push_back(register_module("conv" + number, convolution(in, out, kernel, stride)));
    norms_.push_back(register_module("bn" + number, nn::BatchNorm2d(out)));
  }

  std::vector<nn::Conv2d> convolutions_;
  std::vector<nn::BatchNorm2d> norms_;
  nn::Sequential downsample_{nullptr};
};

}  // namespace

// oneDNN's kernels for the weights of 1x1 convolutions, channels last: AVX2's never returns when
// the channels are no multiple of 8; AVX-512's writes past its workspace when they are fewer than
// the 16 of a block.
ResNet::ResNet(const EncoderShape& shape)
    : has_pool_(!shape.small_stem),
      can_be_channels_last_(shape.width % 8 == 0 && shape.width >= 16) {
  conv1_ = register_module("conv1", convolution(shape.channels, shape.width,
                                                shape.small_stem ? 3 : 7, shape.stem_stride));
  bn1_ = register_module("bn1", nn::BatchNorm2d(shape.width));
  std::int64_t in = shape.width;
  for (std::size_t stage = 0; stage < 4; ++stage) {
    nn::Sequential blocks;
    const std::int64_t planes = shape.width << stage;
    for (int i = 0; i < shape.kind.blocks[stage]; ++i) {
      const std::int64_t stride = stage > 0 && i == 0 ? 2 : 1;
      blocks->push_back(Block(in, planes, stride, shape.kind.bottleneck));
      in = planes * (shape.kind.bottleneck ? 4 : 1);
    }
    stages_.push_back(register_module("layer" + std::to_string(stage + 1), blocks));
  }
  for (auto& module : modules(false)) {
    if (auto* conv = module->as<nn::Conv2d>()) {
      nn::init::kaiming_normal_(conv->weight, 0.0, torch::kFanOut, torch::kReLU);
    }
  }
}

void ResNet::lay_out() {
  if (!can_be_channels_last_) return;
  format_ = at::MemoryFormat::ChannelsLast;
  // A picture of one channel has no layout of its own: the filters decide for the whole network.
  for (auto& parameter : parameters()) {
    if (parameter.dim() == 4) parameter.set_data(parameter.detach().contiguous(format_));
  }
}

torch::Tensor ResNet::forward(const Batch& batch) {
  auto x = bn1_(conv1_(batch.images.contiguous(format_)));
  x = torch::relu_(x);
  if (has_pool_) x = torch::max_pool2d(x, 3, 2, 1);
  for (auto& stage : stages_) x = stage->forward(x);
  return x.mean({2, 3});
}

}  // namespace pretext
