#pragma once

#include "core/corpus/batch_plan.h"
#include "core/corpus/corpus.h"
#include "gpu/training/batch_source.h"
#include "gpu/training/input.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace pretext {

/// A corpus's pictures as they are stored, in the memory of a GPU.
class DeviceCorpus {
 public:
  /// Copies all samples. Throws c10::OutOfMemoryError where they do not fit.
  DeviceCorpus(const Corpus& corpus, const torch::Device& device);

  /// What it takes, bytes.
  static std::int64_t num_bytes(const Corpus& corpus);
  /// True where it takes at most a third of the device's free memory, so that training keeps the
  /// rest.
  static bool fits(const Corpus& corpus, const torch::Device& device);

  /// Draws and renders the views of samples, (V * N, C, H, W), into `output`, contiguous on the
  /// device; the values of `render_views`, to rounding.
  void render(const InputOptions& options, const std::vector<std::int64_t>& positions,
              std::int64_t epoch, torch::Tensor& output);

 private:
  torch::Device device_;
  std::int32_t num_blocks_;
  torch::Tensor pixels_;   // uint8
  torch::Tensor samples_;  // uint8, DeviceSample each.
  torch::Tensor scratch_;  // (num_blocks, C, H, W)
};

/// The views of training steps, made on the GPU in the stream of the training itself: there is
/// nothing to wait for, so nothing is made ahead.
class DeviceViews : public BatchSource {
 public:
  /// Starts at `first_step`. `corpus` must outlive it. `has_labels`: batches carry them.
  DeviceViews(const Corpus& corpus, const InputOptions& options, BatchPlan plan, bool has_labels,
              std::int64_t first_step, const torch::Device& device);

  Batch next() override;

 private:
  const Corpus& host_corpus_;
  DeviceCorpus corpus_;
  InputOptions options_;
  BatchPlan plan_;
  bool has_labels_;
  std::int64_t step_;
  torch::Tensor views_;
};

}  // namespace pretext
