#pragma once

#include "core/augment/view_renderer.h"

#include <cstdint>

namespace pretext {

/// Where a sample lies in a device-resident corpus, and how.
struct DeviceSample {
  std::int64_t offset;     ///< Of its first pixel, bytes.
  std::uint64_t draw_key;  ///< Corpus::draw_key.
  std::int32_t width, height;
  std::int32_t channels;  ///< 1 or 3
  PixelType dtype;
};

/// One launch of the views' kernel. All pointers are to device memory.
struct ViewLaunch {
  static constexpr int kMaxViews = 8;

  const std::uint8_t* pixels;     ///< Of the corpus, rows of interleaved pixels.
  const DeviceSample* samples;    ///< By position in the corpus.
  const std::int64_t* positions;  ///< (num_samples)
  std::int64_t num_samples;
  std::int32_t channels;          ///< Of the views, 1 or 3; no sample has more.
  ViewRecipe recipes[kMaxViews];  ///< One a view, all of one size.
  std::int32_t num_views;
  ValueWindow window;
  Normalisation normalisation;
  std::uint64_t seed;
  std::uint32_t epoch;
  float* output;   ///< (num_views * num_samples, channels, size, size)
  float* scratch;  ///< (num_blocks, channels, size, size)
  std::int32_t num_blocks;
};

/// How many thread blocks the device `ordinal` keeps busy. Throws std::runtime_error with CUDA's
/// message.
std::int32_t view_blocks(int ordinal);

/// Draws and renders all views in one pass, on `stream` (a cudaStream_t) of the current device.
/// Throws std::runtime_error with CUDA's message.
void launch_views(const ViewLaunch& launch, void* stream);

}  // namespace pretext
