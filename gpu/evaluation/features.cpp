#include "gpu/evaluation/features.h"

#include "gpu/training/device.h"

#include <torch/torch.h>

namespace pretext {
namespace {

constexpr std::size_t kBatch = 256;

template <typename Work>
torch::Tensor in_batches(const std::vector<std::int64_t>& positions, const Work& work) {
  std::vector<torch::Tensor> parts;
  for (std::size_t begin = 0; begin < positions.size(); begin += kBatch) {
    const auto end = std::min(positions.size(), begin + kBatch);
    parts.push_back(
        work(std::vector<std::int64_t>(positions.begin() + static_cast<std::ptrdiff_t>(begin),
                                       positions.begin() + static_cast<std::ptrdiff_t>(end))));
  }
  return parts.empty() ? torch::empty({0, 1}) : torch::cat(parts);
}

}  // namespace

torch::Tensor extract_features(Encoder& encoder, const torch::Device& device,
                               const SampleReader& reader,
                               const std::vector<std::int64_t>& positions,
                               const std::function<torch::Tensor(const Batch&)>& read) {
  const torch::NoGradGuard no_grad;
  const Tf32Guard tf32;
  const bool was_training = encoder.is_training();
  encoder.eval();
  const auto features = in_batches(positions, [&](const std::vector<std::int64_t>& batch) {
    const auto seen = reader.plain(batch).to(device);
    return (read ? read(seen) : encoder.forward(seen)).to(torch::kCPU, torch::kFloat32);
  });
  encoder.train(was_training);
  return features;
}

torch::Tensor raw_features(const SampleReader& reader, const std::vector<std::int64_t>& positions) {
  return in_batches(positions,
                    [&](const std::vector<std::int64_t>& batch) { return reader.raw(batch); });
}

torch::Tensor labels_of(const Corpus& corpus, const std::vector<std::int64_t>& positions) {
  auto labels = torch::empty({static_cast<std::int64_t>(positions.size())}, torch::kInt64);
  auto* data = labels.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < positions.size(); ++i) data[i] = corpus.label(positions[i]);
  return labels;
}

}  // namespace pretext
