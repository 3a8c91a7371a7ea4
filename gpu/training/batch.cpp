#include "gpu/training/batch.h"

#include <torch/torch.h>

namespace pretext {
namespace {

torch::Tensor moved(const torch::Tensor& tensor, const torch::Device& device) {
  return tensor.defined() ? tensor.to(device, true) : tensor;
}

/// Those of ascending `places` that lie in [begin, end).
torch::Tensor within(const torch::Tensor& places, std::int64_t begin, std::int64_t end) {
  return torch::logical_and(places >= begin, places < end).nonzero().squeeze(1);
}

}  // namespace

TokenBatch TokenBatch::to(const torch::Device& device) const {
  return {moved(ids, device),       moved(segments, device),    moved(positions, device),
          moved(sequences, device), moved(starts, device),      moved(predicted, device),
          moved(targets, device),   moved(pair_labels, device), num_pieces};
}

TokenBatch TokenBatch::rows(std::int64_t begin, std::int64_t count) const {
  const auto length = ids.size(1);
  const auto first = begin * length;
  const auto last = (begin + count) * length;
  TokenBatch part;
  part.ids = ids.narrow(0, begin, count);
  part.segments = segments.narrow(0, begin, count);
  part.positions = positions.narrow(0, begin, count);
  const auto own = within(starts, first, last);
  part.starts = starts.index_select(0, own) - first;
  part.pair_labels = pair_labels.index_select(0, own);
  const auto earlier = own.size(0) > 0 ? own[0].item<std::int64_t>() : 0;
  const auto numbers = sequences.narrow(0, begin, count);
  part.sequences = torch::where(numbers < 0, numbers, numbers - earlier);
  const auto hidden = within(predicted, first, last);
  part.predicted = predicted.index_select(0, hidden) - first;
  part.targets = targets.index_select(0, hidden);
  part.num_pieces = (numbers >= 0).sum().item<std::int64_t>();
  return part;
}

Batch Batch::to(const torch::Device& device) const {
  return {moved(images, device), tokens.to(device), originals.to(device), num_views,
          moved(labels, device)};
}

Batch Batch::part(std::int64_t number, std::int64_t count) const {
  if (count == 1) return *this;
  const auto index = static_cast<std::size_t>(number);
  Batch part;
  part.num_views = num_views;
  if (labels.defined()) part.labels = labels.chunk(count)[index];
  if (is_text()) {
    const auto size = tokens.ids.size(0) / count;
    part.tokens = tokens.rows(number * size, size);
    return part;
  }
  const auto samples = images.size(0) / num_views;
  part.images =
      images
          .view({num_views, count, samples / count, images.size(1), images.size(2), images.size(3)})
          .select(1, number)
          .flatten(0, 1);
  return part;
}

}  // namespace pretext
