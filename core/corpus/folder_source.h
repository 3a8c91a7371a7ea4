#pragma once

#include "core/corpus/image_source.h"

namespace pretext {

/// A folder of image files, at any depth, as `list_folder` finds them: those with an ending of a
/// picture, and those without a known ending that begin as a picture does. Parts and classes are as
/// `folder_roles` has them; `labels` may be a CSV file (file,class). Throws UserError when no image
/// file is found.
std::unique_ptr<ImageSource> open_folder_source(const std::filesystem::path& folder,
                                                const std::string& labels,
                                                const ResizeOptions& size,
                                                ClassFolders classes = ClassFolders::kFirst);

}  // namespace pretext
