#include "gpu/augment/device_views.h"

#include "gpu/augment/view_kernel.h"
#include "gpu/evaluation/features.h"
#include "gpu/training/device.h"

#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <cassert>
#include <cstring>

namespace pretext {
namespace {

constexpr std::int64_t kChunk = std::int64_t{64} << 20;  // bytes

constexpr std::int64_t kAlignment = 16;  // bytes; a 16-bit pixel may not lie across two words.

/// Bytes of a sample with what follows it.
std::int64_t padded(const ImageView& image) {
  const auto bytes = static_cast<std::int64_t>(image.num_bytes());
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

/// Copies bytes to a device, a chunk at a time, so that a corpus never lies in host memory whole.
class ChunkedUpload {
 public:
  explicit ChunkedUpload(torch::Tensor target)
      : target_(std::move(target)), chunk_(torch::empty({kChunk}, torch::kUInt8)) {}

  void add(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const auto size =
          std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(kChunk - used_));
      std::memcpy(chunk_.data_ptr<std::uint8_t>() + used_, bytes.data(), size);
      used_ += static_cast<std::int64_t>(size);
      bytes = bytes.subspan(size);
      if (used_ == kChunk) flush();
    }
  }
  void flush() {
    if (used_ == 0) return;
    target_.narrow(0, done_, used_).copy_(chunk_.narrow(0, 0, used_));
    done_ += used_;
    used_ = 0;
  }

 private:
  torch::Tensor target_;
  torch::Tensor chunk_;
  std::int64_t used_ = 0;
  std::int64_t done_ = 0;
};

torch::Tensor to_device(const void* data, std::int64_t num_bytes, const torch::Device& device) {
  auto host = torch::empty({num_bytes}, torch::kUInt8);
  std::memcpy(host.data_ptr<std::uint8_t>(), data, static_cast<std::size_t>(num_bytes));
  return host.to(device);
}

}  // namespace

std::int64_t DeviceCorpus::num_bytes(const Corpus& corpus) {
  std::int64_t bytes = 0;
  for (std::int64_t i = 0; i < corpus.size(); ++i) {
    bytes += padded(corpus.images().image(i)) + static_cast<std::int64_t>(sizeof(DeviceSample));
  }
  return bytes;
}

bool DeviceCorpus::fits(const Corpus& corpus, const torch::Device& device) {
  return num_bytes(corpus) <= free_device_memory(device) / 3;
}

DeviceCorpus::DeviceCorpus(const Corpus& corpus, const torch::Device& device)
    : device_(device), num_blocks_(view_blocks(device.index())) {
  const auto& images = corpus.images();
  std::vector<DeviceSample> samples;
  samples.reserve(static_cast<std::size_t>(corpus.size()));
  std::int64_t offset = 0;
  for (std::int64_t i = 0; i < corpus.size(); ++i) {
    images.check_contents(i);
    const auto image = images.image(i);
    samples.push_back(
        {offset, corpus.draw_key(i), image.width, image.height, image.channels, image.dtype});
    offset += padded(image);
  }
  samples_ = to_device(samples.data(),
                       static_cast<std::int64_t>(samples.size() * sizeof(DeviceSample)), device);
  pixels_ = torch::empty({offset}, torch::TensorOptions(torch::kUInt8).device(device));
  ChunkedUpload upload(pixels_);
  constexpr std::byte kPadding[kAlignment] = {};
  for (std::int64_t i = 0; i < corpus.size(); ++i) {
    const auto image = images.image(i);
    upload.add(image.bytes());
    upload.add(
        std::span(kPadding).first(static_cast<std::size_t>(padded(image)) - image.num_bytes()));
  }
  upload.flush();
}

void DeviceCorpus::render(const InputOptions& options, const std::vector<std::int64_t>& positions,
                          std::int64_t epoch, torch::Tensor& output) {
  const auto size = options.recipes[0].size;
  if (!scratch_.defined() || scratch_.size(1) != options.channels || scratch_.size(2) != size) {
    scratch_ = torch::empty({num_blocks_, options.channels, size, size}, output.options());
  }
  const auto on_device = torch::tensor(positions, torch::kInt64).to(device_);
  ViewLaunch launch{};
  launch.pixels = pixels_.data_ptr<std::uint8_t>();
  launch.samples = reinterpret_cast<const DeviceSample*>(samples_.data_ptr<std::uint8_t>());
  launch.positions = on_device.data_ptr<std::int64_t>();
  launch.num_samples = static_cast<std::int64_t>(positions.size());
  launch.channels = options.channels;
  assert(options.recipes.size() <= ViewLaunch::kMaxViews);
  std::copy(options.recipes.begin(), options.recipes.end(), launch.recipes);
  launch.num_views = static_cast<std::int32_t>(options.recipes.size());
  launch.window = options.window;
  launch.normalisation = options.normalisation;
  launch.seed = options.seed;
  launch.epoch = static_cast<std::uint32_t>(epoch);
  launch.output = output.data_ptr<float>();
  launch.scratch = scratch_.data_ptr<float>();
  launch.num_blocks = num_blocks_;
  const c10::DeviceGuard guard(device_);
  const auto stream = c10::impl::VirtualGuardImpl(device_.type()).getStream(device_);
  launch_views(launch, stream.native_handle());
}

DeviceViews::DeviceViews(const Corpus& corpus, const InputOptions& options, BatchPlan plan,
                         bool has_labels, std::int64_t first_step, const torch::Device& device)
    : host_corpus_(corpus),
      corpus_(corpus, device),
      options_(options),
      plan_(std::move(plan)),
      has_labels_(has_labels),
      step_(first_step) {
  const auto rows =
      static_cast<std::int64_t>(plan_.batch(first_step).size() * options_.recipes.size());
  const auto size = options_.recipes[0].size;
  views_ = torch::empty({rows, options_.channels, size, size},
                        torch::TensorOptions(torch::kFloat32).device(device));
}

Batch DeviceViews::next() {
  const auto positions = plan_.batch(step_);
  corpus_.render(options_, positions, plan_.epoch_of(step_), views_);
  ++step_;
  Batch batch{.images = views_, .num_views = static_cast<std::int64_t>(options_.recipes.size())};
  if (has_labels_) batch.labels = labels_of(host_corpus_, positions);
  return batch;
}

}  // namespace pretext
