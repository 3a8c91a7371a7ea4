#pragma once

#include "core/corpus/image_source.h"

namespace pretext {

/// The sample corpus of `pretext demo`: twelve kinds of objects, drawn by the program itself.
///
/// Each picture is 32 px, RGB, drawn at 128 px and averaged. The kind decides the shape alone; all
/// else is nuisance drawn independently of it: light on dark or dark on light, position, scale,
/// rotation, shear, colour (of low saturation), texture and lighting of object and background.
/// `split` goes into the origins; pictures depend on (seed, number) only.
std::unique_ptr<ImageSource> draw_sample_images(std::int64_t count, std::uint64_t seed,
                                                const std::string& split = {});

}  // namespace pretext
