#pragma once

#include "core/spec/experiment.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pretext {

/// How a view is made from an image. Plain numbers, so that a kernel can take it by value.
///
/// The operations run in this order: resized crop, flips, rotation, colour jitter (its four parts
/// in random order), grayscale, blur, solarise. Names and meaning are torchvision's.
struct ViewRecipe {
  std::int32_t size = 32;    ///< Side of the view, px.
  std::int32_t bicubic = 0;  ///< Crop by cubic instead of linear interpolation.
  float crop_probability =
      1.f;  ///< Else the whole image is resized to the shorter side and centred.
  float area_low = 0.2f, area_high = 1.f;  ///< Of the crop, as a share of the image.
  float log_ratio_low = -0.28768207f, log_ratio_high = 0.28768207f;  ///< ln(width / height).
  float flip_probability = 0.5f;
  float vertical_flip_probability = 0.f;
  float rotation_probability = 0.f;
  float rotation_degrees = 0.f;  ///< Angle uniform in ± this.
  float jitter_probability = 0.8f;
  float brightness = 0.4f, contrast = 0.4f, saturation = 0.4f, hue = 0.1f;
  float grayscale_probability = 0.2f;
  float blur_probability = 0.f;
  float sigma_low = 0.1f, sigma_high = 2.f;  ///< Of the blur, px.
  float solarise_probability = 0.f;
  float solarise_threshold = 0.5f;  ///< Values at or above it are inverted.
};

/// The fields "views.…" of a specification.
std::vector<Field> view_fields();

/// Names of the presets, "custom" first.
const std::vector<std::string>& view_preset_names();

/// The fields that a preset sets; empty for "custom".
std::vector<std::pair<std::string, FieldValue>> view_preset(const std::string& name);

/// The recipe of an experiment. `natural_size`: side to use for `views.size = 0`, px; `view`: 0 or
/// 1, since BYOL's two views differ in blur and solarise.
ViewRecipe view_recipe(const Experiment& experiment, std::int64_t natural_size, int view = 0);

}  // namespace pretext
