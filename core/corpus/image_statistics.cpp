#include "core/corpus/image_statistics.h"

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

template <typename Pixel>
void count(const ImageView& image, std::array<std::vector<std::int64_t>, 3>& histogram) {
  const auto* pixels = reinterpret_cast<const Pixel*>(image.data);
  const auto num_pixels = static_cast<std::int64_t>(image.width) * image.height;
  for (std::int64_t i = 0; i < num_pixels; ++i) {
    for (int c = 0; c < 3; ++c) {
      const auto value = pixels[i * image.channels + (image.channels == 3 ? c : 0)];
      ++histogram[static_cast<std::size_t>(c)][value];
    }
  }
}

double percentile(const std::vector<std::int64_t>& histogram, double share) {
  std::int64_t total = 0;
  for (const auto number : histogram) total += number;
  std::int64_t seen = 0;
  for (std::size_t value = 0; value < histogram.size(); ++value) {
    seen += histogram[value];
    if (static_cast<double>(seen) >= share * static_cast<double>(total)) {
      return static_cast<double>(value);
    }
  }
  return 0.0;
}

}  // namespace

void ImageStatistics::add(const ImageView& image) {
  for (auto& channel : histogram_) {
    if (channel.empty()) channel.resize(1 << 16);
  }
  const bool is_first = max_width_ == 0;
  min_width_ = is_first ? image.width : std::min(min_width_, image.width);
  min_height_ = is_first ? image.height : std::min(min_height_, image.height);
  max_width_ = std::max(max_width_, image.width);
  max_height_ = std::max(max_height_, image.height);
  channels_ = std::max(channels_, image.channels);
  if (image.dtype == PixelType::kU8) {
    count<std::uint8_t>(image, histogram_);
  } else {
    is_wide_ = true;
    count<std::uint16_t>(image, histogram_);
  }
}

void ImageStatistics::describe(CorpusRecord& corpus) const {
  corpus.channels = channels_;
  corpus.min_width = min_width_;
  corpus.max_width = max_width_;
  corpus.min_height = min_height_;
  corpus.max_height = max_height_;
  if (is_wide_) {
    corpus.value_low = percentile(histogram_[0], 0.005);
    corpus.value_high = std::max(corpus.value_low + 1.0, percentile(histogram_[0], 0.995));
  }
  const double range = corpus.value_high - corpus.value_low;
  for (int c = 0; c < channels_; ++c) {
    const auto& histogram = histogram_[static_cast<std::size_t>(c)];
    double total = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t value = 0; value < histogram.size(); ++value) {
      const double scaled =
          std::clamp((static_cast<double>(value) - corpus.value_low) / range, 0.0, 1.0);
      const auto number = static_cast<double>(histogram[value]);
      total += number;
      sum += number * scaled;
      squares += number * scaled * scaled;
    }
    const double mean = sum / total;
    corpus.mean.push_back(mean);
    // A constant channel is centred, not divided by nothing.
    const double deviation = std::sqrt(std::max(0.0, squares / total - mean * mean));
    corpus.deviation.push_back(deviation > 1e-6 ? deviation : 1.0);
  }
}

}  // namespace pretext
