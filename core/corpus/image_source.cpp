#include "core/corpus/image_source.h"

#include "core/base/error.h"
#include "core/corpus/array_sources.h"
#include "core/corpus/folder_listing.h"
#include "core/corpus/folder_source.h"

#include <dlfcn.h>

namespace pretext {

namespace fs = std::filesystem;

constexpr int kLargestSide = 8192;  // px

const SourceFindings& ImageSource::findings() const {
  static const SourceFindings none;
  return none;
}

std::shared_ptr<const ImageDecoder> open_image_decoder() {
  void* library = dlopen("libpretext_ingest.so", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    throw UserError(std::string("Cannot open the decoder of image files (") + dlerror() +
                    "): install Pretext again.");
  }
  using Make = ImageDecoder* (*)();
  const auto make = reinterpret_cast<Make>(dlsym(library, "pretext_make_image_decoder"));
  return std::shared_ptr<const ImageDecoder>(make());
}

std::unique_ptr<ImageSource> open_image_source(const fs::path& path, const std::string& labels,
                                               const ResizeOptions& size, ClassFolders classes) {
  for (const int side : {size.shorter_side, size.width, size.height}) {
    if (side > kLargestSide)
      throw UserError("Pictures are brought to at most " + std::to_string(kLargestSide) +
                      " px a side, and " + std::to_string(side) +
                      " were asked for: choose a smaller size.");
  }
  require_file_or_folder(path);
  if (fs::is_regular_file(path)) return open_idx_source(path, labels);
  if (auto cifar = open_cifar_source(path, labels)) return cifar;
  if (auto idx = open_idx_folder(path, labels)) return idx;
  return open_folder_source(path, labels, size, classes);
}

}  // namespace pretext
