#pragma once

#include "core/corpus/image_source.h"

#include <opencv2/core.hpp>

namespace pretext {

/// Brings a picture to the size that is asked for.
cv::Mat sized(cv::Mat image, const ResizeOptions& size);

}  // namespace pretext
