#include "widgets/image_conversion.h"

#include <algorithm>

namespace pretext {
namespace {

template <typename Pixel>
void copyRow(const Pixel* source, int count, ValueWindow window, uchar* target) {
  const float gain = 255.f / (window.high - window.low);
  for (int i = 0; i < count; ++i) {
    const float value = (static_cast<float>(source[i]) - window.low) * gain;
    target[i] = static_cast<uchar>(std::clamp(value + 0.5f, 0.f, 255.f));
  }
}

}  // namespace

QImage toImage(const ImageView& image, ValueWindow window) {
  QImage result(image.width, image.height,
                image.channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
  const int row = image.width * image.channels;
  for (int y = 0; y < image.height; ++y) {
    const auto offset = static_cast<std::ptrdiff_t>(y) * row;
    if (image.dtype == PixelType::kU8) {
      copyRow(reinterpret_cast<const std::uint8_t*>(image.data) + offset, row, window,
              result.scanLine(y));
    } else {
      copyRow(reinterpret_cast<const std::uint16_t*>(image.data) + offset, row, window,
              result.scanLine(y));
    }
  }
  return result;
}

QImage toImage(const float* planar, int channels, int size) {
  QImage result(size, size, channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
  const int pixels = size * size;
  for (int y = 0; y < size; ++y) {
    uchar* row = result.scanLine(y);
    for (int x = 0; x < size; ++x) {
      for (int c = 0; c < channels; ++c) {
        const float value = planar[c * pixels + y * size + x];
        row[x * channels + c] = static_cast<uchar>(std::clamp(255.f * value + 0.5f, 0.f, 255.f));
      }
    }
  }
  return result;
}

}  // namespace pretext
