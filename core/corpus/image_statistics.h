#pragma once

#include "core/corpus/packed_images.h"
#include "core/store/corpus_store.h"

#include <array>
#include <cstdint>
#include <vector>

namespace pretext {

/// Gathers what a corpus's record says of its pictures: sizes, channels, mean and deviation per
/// channel, and for 16 bit the window between the 0.5 and 99.5 percentiles.
class ImageStatistics {
 public:
  void add(const ImageView& image);
  void describe(CorpusRecord& corpus) const;

 private:
  // Of values: exact counts give every moment and percentile. Grey pictures count for all channels.
  std::array<std::vector<std::int64_t>, 3> histogram_;
  int channels_ = 1;
  bool is_wide_ = false;  // 16 bit
  int min_width_ = 0, max_width_ = 0, min_height_ = 0, max_height_ = 0;
};

}  // namespace pretext
