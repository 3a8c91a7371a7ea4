#pragma once

#include "core/base/statistics.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pretext {

/// How alike the two views of an image are, beside views of different images: what an encoder with
/// such features would make of the pretext task.
struct ViewHardness {
  std::vector<float> partners;  ///< Cosine of each image's two views.
  std::vector<float> others;    ///< Cosines of first views with second views of other images.
  double partner_found = 0.0;   ///< Share of images whose second view is the nearest to the first.
  Interval interval;            ///< Where that lies with 95 % confidence, of any images.
  double chance = 0.0;          ///< The same for features that say nothing: 1 / those of a group.
};

/// Images that it is measured on, and those among which a view is looked for.
inline constexpr std::int64_t kHardnessImages = 256;
inline constexpr std::int64_t kHardnessGroup = 64;

/// Of features of both views: row i of `first` and of `second` are views of image i; `dimensions`
/// values a row. The mean of all rows is taken off first, since what all views share tells none
/// apart. Images meet those of their group of `kHardnessGroup`; the rest joins the last. At least
/// two images.
ViewHardness view_hardness(std::span<const float> first, std::span<const float> second,
                           std::int64_t dimensions);

/// How much of a picture has which colour: shares of a grid of four steps a channel (of grey, 64
/// steps), 64 values. What a network may fall back on where views keep their colours (Chen et al.,
/// "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020,
/// section 3.1). `planar`: (channels, pixels), values in [0, 1]; 1 or 3 channels.
std::vector<float> colour_histogram(std::span<const float> planar, int channels);

}  // namespace pretext
