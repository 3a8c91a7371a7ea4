#pragma once

#include "core/corpus/packed_images.h"
#include "core/corpus/source_files.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// A picture that owns its pixels.
struct OwnedImage {
  std::vector<std::byte> pixels;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::int32_t channels = 1;
  PixelType dtype = PixelType::kU8;
  bool is_first_of_several = false;  ///< Its file moves or has pages.

  ImageView view() const { return {pixels.data(), width, height, channels, dtype}; }
};

/// How the pictures of a folder are brought to size.
struct ResizeOptions {
  enum class Fit { kCrop, kPad, kStretch };
  int shorter_side = 256;  ///< px; a smaller picture is left as it is. 0: never resize.
  int width = 0;           ///< With `height`: every picture gets exactly this size.
  int height = 0;
  Fit fit = Fit::kCrop;
};

/// Decodes image files, in a library of its own that is opened at the first ingest. What a file
/// holds chooses among the readers of `ImageFormat` and no other; of several pictures the first is
/// read. Safe to use from many threads, which wait for each other where pictures are very large.
class ImageDecoder {
 public:
  virtual ~ImageDecoder() = default;
  /// Decodes, applies EXIF orientation, composes alpha over white, resizes. 16 bit stays 16 bit and
  /// one channel one channel. Throws UserError with the reason alone, e.g. "is cut off".
  virtual OwnedImage decode(const std::filesystem::path& file, const ResizeOptions& size) const = 0;
};

/// Opens the library `pretext_ingest` beside the program. Throws UserError when it is missing.
std::shared_ptr<const ImageDecoder> open_image_decoder();

/// One place where a picture may come from, before it is read.
struct ImageOrigin {
  std::string name;        ///< Path or "file#number", relative to the source.
  std::string class_name;  ///< Empty without a label.
  std::string split;       ///< "train", "validation", "test", or empty: to be decided.
};

/// A folder, an IDX file pair or CIFAR binaries: what is there and how to read the n-th.
/// `read` is safe to call from many threads.
class ImageSource {
 public:
  virtual ~ImageSource() = default;
  virtual const std::vector<ImageOrigin>& origins() const = 0;
  virtual OwnedImage read(std::size_t position) const = 0;
  /// Changes whenever `read` may give another picture for the same origin; 0: not known. An update
  /// takes over a picture whose stamp is known and unchanged.
  virtual std::uint64_t stamp(std::size_t /*position*/) const { return 0; }
  /// "folder", "IDX" or "CIFAR", for people.
  virtual std::string kind() const = 0;
  /// What was met besides the pictures.
  virtual const SourceFindings& findings() const;
};

/// Recognises what `path` is. `labels`: "folders", "none", or a CSV or IDX file; empty chooses.
/// `classes`: which sub-folders are classes. Throws UserError when there is nothing to read, or a
/// size beyond 8192 px a side is asked for.
std::unique_ptr<ImageSource> open_image_source(const std::filesystem::path& path,
                                               const std::string& labels, const ResizeOptions& size,
                                               ClassFolders classes = ClassFolders::kFirst);

}  // namespace pretext
