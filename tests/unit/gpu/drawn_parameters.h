#pragma once

#include "core/augment/view_sampling.h"

#include <cstdint>
#include <vector>

namespace pretext {

inline constexpr std::int32_t kDrawnWidth = 300;  ///< px
inline constexpr std::int32_t kDrawnHeight = 211;

/// Draws the parameters of view 0 of the samples from `first` on, seed 11, epoch 5, on the GPU.
void draw_on_device(const ViewRecipe& recipe, std::uint64_t first,
                    std::vector<ViewParameters>& drawn);

}  // namespace pretext
