#include "core/augment/view_recipe.h"

#include "core/spec/share_field.h"

#include <cmath>

namespace pretext {
namespace {

using Preset = std::vector<std::pair<std::string, FieldValue>>;

Field amount(std::string key, double fallback, double high, std::string label, std::string help) {
  auto field = share_field(std::move(key), fallback, std::move(label), std::move(help));
  field.high = high;
  return field;
}

Field range(std::string key, std::vector<double> fallback, double low, double high,
            std::string unit, std::string label, std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kReals,
          .fallback = std::move(fallback),
          .low = low,
          .high = high,
          .unit = std::move(unit),
          .label = std::move(label),
          .help = std::move(help)};
}

std::vector<double> pair_of(double low, double high) {
  return {low, high};
}

/// Colour jitter of strength `s` as SimCLR scales it.
Preset colour(double s) {
  return {{"views.jitter_probability", 0.8},
          {"views.brightness", 0.8 * s},
          {"views.contrast", 0.8 * s},
          {"views.saturation", 0.8 * s},
          {"views.hue", 0.2 * s},
          {"views.grayscale_probability", 0.2}};
}

Preset joined(Preset first, const Preset& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Preset geometry(double area_low) {
  return {{"views.crop_probability", 1.0},
          {"views.crop_scale", pair_of(area_low, 1.0)},
          {"views.crop_ratio", pair_of(0.75, 4.0 / 3.0)},
          {"views.flip_probability", 0.5},
          {"views.vertical_flip_probability", 0.0},
          {"views.rotation_probability", 0.0},
          {"views.solarise_probability", 0.0}};
}

}  // namespace

std::vector<Field> view_fields() {
  return {
      {.key = "views.preset",
       .kind = FieldKind::kChoice,
       .fallback = std::string("custom"),
       .choices = view_preset_names(),
       .label = "Preset",
       .help = "Sets all operations of the views; keys given beside it override it."},
      {.key = "views.size",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{0},
       .low = 0,
       .high = 1024,
       .unit = "px",
       .zero = "the corpus's own",
       .label = "View size",
       .help = "Side of a view. 0 takes the corpus's own size, up to 224."},
      {.key = "views.interpolation",
       .kind = FieldKind::kChoice,
       .fallback = std::string("bilinear"),
       .choices = {"bilinear", "bicubic"},
       .label = "Interpolation",
       .help = "Of the crop; antialiased either way."},
      probability_field("views.crop_probability", 1, "Random resized crop",
                        "Probability of a random crop; else the whole image is taken."),
      range("views.crop_scale", {0.2, 1.0}, 0.001, 1, "of area", "Crop area",
            "Smallest and largest share of the image that a crop covers."),
      range("views.crop_ratio", {0.75, 4.0 / 3.0}, 0.05, 20, "", "Crop ratio",
            "Smallest and largest width / height of a crop."),
      probability_field("views.flip_probability", 0.5, "Horizontal flip",
                        "Mirrors left and right."),
      probability_field("views.vertical_flip_probability", 0, "Vertical flip",
                        "Mirrors up and down."),
      probability_field("views.rotation_probability", 0, "Rotation", "Turns about the centre."),
      amount("views.rotation_degrees", 30, 180, "Rotation range",
             "Angle uniform between minus and plus this many degrees."),
      probability_field("views.jitter_probability", 0.8, "Colour jitter",
                        "Brightness, contrast, saturation and hue, in random order."),
      amount("views.brightness", 0.4, 2, "Brightness", "Factor uniform in 1 +- this."),
      amount("views.contrast", 0.4, 2, "Contrast", "Factor uniform in 1 +- this."),
      amount("views.saturation", 0.4, 2, "Saturation", "Factor uniform in 1 +- this."),
      amount("views.hue", 0.1, 0.5, "Hue", "Shift uniform in +- this share of the colour circle."),
      probability_field("views.grayscale_probability", 0.2, "Grayscale", "Drops the colour."),
      probability_field("views.blur_probability", 0, "Gaussian blur", "Blurs with a random width."),
      range("views.blur_sigma", {0.1, 2.0}, 0.01, 20, "px", "Blur width",
            "Smallest and largest standard deviation of the blur."),
      probability_field("views.solarise_probability", 0, "Solarise",
                        "Inverts the values above the threshold."),
      amount("views.solarise_threshold", 0.5, 1, "Solarise threshold",
             "Values at or above it are inverted."),
  };
}

const std::vector<std::string>& view_preset_names() {
  static const std::vector<std::string> names = {
      "custom", "simclr-imagenet", "simclr-cifar", "moco-v2", "byol", "none"};
  return names;
}

std::vector<std::pair<std::string, FieldValue>> view_preset(const std::string& name) {
  const Preset blur = {{"views.blur_probability", 0.5}, {"views.blur_sigma", pair_of(0.1, 2.0)}};
  const Preset no_blur = {{"views.blur_probability", 0.0}};
  if (name == "simclr-imagenet") return joined(joined(geometry(0.08), colour(1.0)), blur);
  if (name == "simclr-cifar") return joined(joined(geometry(0.08), colour(0.5)), no_blur);
  if (name == "moco-v2") return joined(joined(geometry(0.2), colour(0.5)), blur);
  if (name == "byol") {
    auto preset = joined(joined(geometry(0.08), colour(0.5)), blur);
    preset.push_back({"views.saturation", 0.2});
    preset.push_back({"views.blur_probability", 0.55});
    preset.push_back({"views.solarise_probability", 0.1});
    return preset;
  }
  if (name == "none") {
    auto preset = geometry(1.0);
    for (const auto* key :
         {"views.crop_probability", "views.flip_probability", "views.jitter_probability",
          "views.grayscale_probability", "views.blur_probability"}) {
      preset.push_back({key, 0.0});
    }
    return preset;
  }
  return {};
}

namespace {

/// What one of two views gets of a mean probability: as much as it can take, or the rest.
float share_of(float mean, bool is_first) {
  const float most = std::min(1.f, 2 * mean);
  return is_first ? most : 2 * mean - most;
}

}  // namespace

ViewRecipe view_recipe(const Experiment& experiment, std::int64_t natural_size, int view) {
  const auto number = [&](const char* key) {
    return static_cast<float>(experiment.real(std::string("views.") + key));
  };
  const auto& area = experiment.reals("views.crop_scale");
  const auto& ratio = experiment.reals("views.crop_ratio");
  const auto& sigma = experiment.reals("views.blur_sigma");
  const auto size = experiment.integer("views.size");
  ViewRecipe recipe;
  recipe.size = static_cast<std::int32_t>(size > 0 ? size : natural_size);
  recipe.bicubic = experiment.text("views.interpolation") == "bicubic";
  recipe.crop_probability = number("crop_probability");
  recipe.area_low = static_cast<float>(area[0]);
  recipe.area_high = static_cast<float>(area[1]);
  recipe.log_ratio_low = static_cast<float>(std::log(ratio[0]));
  recipe.log_ratio_high = static_cast<float>(std::log(ratio[1]));
  recipe.flip_probability = number("flip_probability");
  recipe.vertical_flip_probability = number("vertical_flip_probability");
  recipe.rotation_probability = number("rotation_probability");
  recipe.rotation_degrees = number("rotation_degrees");
  recipe.jitter_probability = number("jitter_probability");
  recipe.brightness = number("brightness");
  recipe.contrast = number("contrast");
  recipe.saturation = number("saturation");
  recipe.hue = number("hue");
  recipe.grayscale_probability = number("grayscale_probability");
  recipe.blur_probability = number("blur_probability");
  recipe.sigma_low = static_cast<float>(sigma[0]);
  recipe.sigma_high = static_cast<float>(sigma[1]);
  recipe.solarise_probability = number("solarise_probability");
  recipe.solarise_threshold = number("solarise_threshold");
  // Grill et al., NeurIPS 2020, appendix B: blur 1.0 / 0.1 and solarise 0.0 / 0.2 for the two
  // views; other settings, which are means of the two, are shared out likewise.
  if (experiment.text("views.preset") == "byol") {
    recipe.blur_probability = share_of(recipe.blur_probability, view == 0);
    recipe.solarise_probability = share_of(recipe.solarise_probability, view == 1);
  }
  return recipe;
}

}  // namespace pretext
