#pragma once

#include "core/corpus/packed_images.h"

#include <QImage>

namespace pretext {

/// A stored picture for the screen; 16-bit values through `window`.
QImage toImage(const ImageView& image, ValueWindow window);

/// Planar floats in [0, 1], (channels, size, size), for the screen.
QImage toImage(const float* planar, int channels, int size);

}  // namespace pretext
