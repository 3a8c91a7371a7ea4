#pragma once

#include "core/augment/view_sampling.h"

#include <cstdint>

/// Colour operations on planar floats in [0, 1], with torchvision's formulas and order of clamping.
/// `image` has shape (channels, pixels); hue, saturation and grayscale need three channels.
namespace pretext::colour {

void clamp(float* values, std::int64_t count);
void brightness(float* image, std::int64_t count, float factor);
void contrast(float* image, int channels, std::int64_t pixels, float factor);
void saturation(float* image, std::int64_t pixels, float factor);
/// `shift`: share of the colour circle, -0.5 to 0.5.
void hue(float* image, std::int64_t pixels, float shift);
void grayscale(float* image, std::int64_t pixels);
void solarise(float* image, std::int64_t count, float threshold);

/// The four parts in the drawn order; what one channel cannot have is left out.
void jitter(float* image, int channels, std::int64_t pixels, const ViewParameters& drawn);

}  // namespace pretext::colour
