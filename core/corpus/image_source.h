#pragma once

#include "core/corpus/packed_images.h"

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

/// Decodes image files; the only part that needs OpenCV, in a library of its own that is opened at
/// the first ingest. Safe to use from many threads.
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
};

/// Recognises what `path` is. `labels`: "folders", "none", or a CSV or IDX file; empty chooses.
/// Throws UserError when there is nothing to read.
std::unique_ptr<ImageSource> open_image_source(const std::filesystem::path& path,
                                               const std::string& labels,
                                               const ResizeOptions& size);

/// Reads a CSV of file names and classes, quoted as RFC 4180 has it. With a header ("file", "path",
/// "filename" or "image"; "class" or "label") it may have further columns, without one it has these
/// two. Throws UserError that names the line.
std::vector<std::pair<std::string, std::string>> read_label_csv(const std::filesystem::path& file);

}  // namespace pretext
