#include "core/augment/view_sampling.h"

namespace pretext {

ViewParameters sample_view(const ViewRecipe& recipe, std::uint64_t seed, std::uint64_t sample_key,
                           std::uint32_t epoch, std::uint8_t view, std::int32_t width,
                           std::int32_t height) {
  return draw_view(recipe, seed, sample_key, epoch, view, width, height);
}

ViewParameters plain_view(std::int32_t width, std::int32_t height) {
  ViewParameters plain;
  sampling::centre(width, height, plain);
  return plain;
}

}  // namespace pretext
