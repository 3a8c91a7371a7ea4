#include "core/corpus/array_sources.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/format.h"
#include "core/corpus/folder_listing.h"
#include "core/text/printable.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostPictures = 10'000'000;  // Of a file; each costs more than its pixels.

/// Pictures of one size that lie one after the other in memory.
class ArraySource final : public ImageSource {
 public:
  explicit ArraySource(std::string kind, bool has_labels = true)
      : kind_(std::move(kind)), has_labels_(has_labels) {}

  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  std::string kind() const override { return kind_; }
  OwnedImage read(std::size_t position) const override { return images_[position]; }

  void add(ImageOrigin origin, OwnedImage image) {
    if (!has_labels_) origin.class_name.clear();
    origins_.push_back(std::move(origin));
    images_.push_back(std::move(image));
  }

 private:
  std::string kind_;
  bool has_labels_;
  std::vector<ImageOrigin> origins_;
  std::vector<OwnedImage> images_;
};

std::uint32_t big_endian(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

std::vector<unsigned char> read_idx(const fs::path& file, unsigned dimensions) {
  require_file(file, "The IDX file");
  auto bytes = read_file(file);
  const std::size_t header = 4 + 4 * dimensions;
  if (bytes.size() < header || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 ||
      bytes[3] != dimensions) {
    throw UserError(file.string() + " is not an IDX file of " +
                    (dimensions == 3 ? "8-bit images" : "8-bit labels") +
                    ": give a folder of images, an IDX file or CIFAR binaries.");
  }
  std::size_t expected = 1;
  for (unsigned d = 0; d < dimensions; ++d) {
    const auto extent = big_endian(&bytes[4 + 4 * d]);
    if (extent != 0 && expected > bytes.size() / extent + 1) expected = bytes.size() + 1;
    expected *= extent;
  }
  if (bytes.size() - header != expected) {
    throw UserError(file.string() + " is cut off or damaged: fetch it again.");
  }
  return bytes;
}

void add_idx(ArraySource& source, const fs::path& images, const fs::path& labels,
             const std::string& split) {
  const auto pixels = read_idx(images, 3);
  const auto count = big_endian(&pixels[4]);
  const auto height = static_cast<std::int32_t>(big_endian(&pixels[8]));
  const auto width = static_cast<std::int32_t>(big_endian(&pixels[12]));
  if (count > 0 && (width < 1 || height < 1)) {
    throw UserError(images.string() + " holds pictures without pixels: fetch it again.");
  }
  if (count > kMostPictures) {
    throw UserError(images.string() + " holds more than " + grouped(kMostPictures) +
                    " pictures: give it in parts.");
  }
  std::vector<unsigned char> classes;
  if (!labels.empty()) {
    classes = read_idx(labels, 1);
    if (big_endian(&classes[4]) != count) {
      throw UserError(labels.string() + " has " + std::to_string(big_endian(&classes[4])) +
                      " labels for " + std::to_string(count) +
                      " images: give the file that belongs to them.");
    }
  }
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  for (std::uint32_t i = 0; i < count; ++i) {
    OwnedImage image;
    image.width = width;
    image.height = height;
    image.pixels.resize(size);
    std::memcpy(image.pixels.data(), &pixels[16 + i * size], size);
    source.add({printable_name(images.filename().string()) + "#" + std::to_string(i),
                classes.empty() ? "" : std::to_string(classes[8 + i]), split},
               std::move(image));
  }
}

/// "train-images-idx3-ubyte.gz" -> "train-labels-idx1-ubyte.gz", when that file is there.
fs::path partner_labels(const fs::path& images) {
  auto name = images.filename().string();
  const auto at = name.find("images");
  if (at == std::string::npos) return {};
  name.replace(at, 6, "labels");
  if (const auto three = name.find("idx3"); three != std::string::npos) name[three + 3] = '1';
  const auto path = images.parent_path() / name;
  return fs::is_regular_file(path) ? path : fs::path();
}

fs::path find_file(const fs::path& folder, const std::string& name) {
  for (const auto& candidate : {folder / name, folder / (name + ".gz")}) {
    if (fs::is_regular_file(candidate)) return candidate;
  }
  return {};
}

std::vector<std::string> class_names(const fs::path& file) {
  std::vector<std::string> names;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return names;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) names.push_back(printable_name(line));
  }
  return names;
}

/// `label_bytes`: bytes before the pixels, of which the last is the (fine) label.
void add_cifar(ArraySource& source, const fs::path& file, std::size_t label_bytes,
               const std::vector<std::string>& names, const std::string& split) {
  constexpr std::size_t kPlane = 32 * 32;
  const auto bytes = read_file(file);
  const std::size_t row = label_bytes + 3 * kPlane;
  if (bytes.empty() || bytes.size() % row != 0) {
    throw UserError(file.string() + " is cut off or damaged: fetch it again.");
  }
  for (std::size_t i = 0; i < bytes.size() / row; ++i) {
    const unsigned char* record = &bytes[i * row];
    OwnedImage image;
    image.width = image.height = 32;
    image.channels = 3;
    image.pixels.resize(3 * kPlane);
    for (std::size_t c = 0; c < 3; ++c) {
      for (std::size_t p = 0; p < kPlane; ++p) {
        image.pixels[p * 3 + c] = std::byte{record[label_bytes + c * kPlane + p]};
      }
    }
    const std::size_t label = record[label_bytes - 1];
    source.add({file.filename().string() + "#" + std::to_string(i),
                label < names.size() ? names[label] : std::to_string(label), split},
               std::move(image));
  }
}

}  // namespace

std::unique_ptr<ImageSource> open_idx_source(const fs::path& file, const std::string& labels) {
  auto source = std::make_unique<ArraySource>("IDX");
  const bool automatic = labels.empty() || labels == "folders";
  add_idx(*source, file,
          labels == "none" ? fs::path()
          : automatic      ? partner_labels(file)
                           : fs::path(labels),
          "");
  return source;
}

std::unique_ptr<ImageSource> open_idx_folder(const fs::path& folder, const std::string& labels) {
  const auto train = find_file(folder, "train-images-idx3-ubyte");
  if (train.empty()) return nullptr;
  auto source = std::make_unique<ArraySource>("IDX");
  const auto labels_of = [&](const fs::path& images) {
    return labels == "none" ? fs::path() : partner_labels(images);
  };
  add_idx(*source, train, labels_of(train), "");
  const auto test = find_file(folder, "t10k-images-idx3-ubyte");
  if (!test.empty()) add_idx(*source, test, labels_of(test), "test");
  return source;
}

std::unique_ptr<ImageSource> open_cifar_source(const fs::path& folder, const std::string& labels) {
  auto source = std::make_unique<ArraySource>("CIFAR", labels != "none");
  const auto ten = class_names(folder / "batches.meta.txt");
  const auto hundred = class_names(folder / "fine_label_names.txt");
  for (int batch = 1; batch <= 5; ++batch) {
    const auto file = find_file(folder, "data_batch_" + std::to_string(batch) + ".bin");
    if (!file.empty()) add_cifar(*source, file, 1, ten, "");
  }
  if (source->origins().empty()) {
    const auto train = find_file(folder, "train.bin");
    if (train.empty()) return nullptr;
    add_cifar(*source, train, 2, hundred, "");
    const auto test = find_file(folder, "test.bin");
    if (!test.empty()) add_cifar(*source, test, 2, hundred, "test");
    return source;
  }
  const auto test = find_file(folder, "test_batch.bin");
  if (!test.empty()) add_cifar(*source, test, 1, ten, "test");
  return source;
}

}  // namespace pretext
