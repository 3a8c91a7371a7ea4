#pragma once

#include "core/corpus/image_source.h"

namespace pretext {

/// A folder of image files, at any depth. Sub-folders are classes when there are at least two of
/// them with images; `train`, `val`/`validation` and `test` at the top are splits. `labels` may be
/// a CSV file (file,class). Throws UserError when no image file is found.
std::unique_ptr<ImageSource> open_folder_source(const std::filesystem::path& folder,
                                                const std::string& labels,
                                                const ResizeOptions& size);

}  // namespace pretext
