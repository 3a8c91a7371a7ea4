#include "core/corpus/folder_source.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/corpus/source_look.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

namespace pretext {
namespace {

namespace fs = std::filesystem;

bool is_image_file(const fs::path& file) {
  static constexpr std::array kExtensions = {".jpg", ".jpeg", ".png", ".bmp",
                                             ".tif", ".tiff", ".webp"};
  auto extension = file.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

class FolderSource final : public ImageSource {
 public:
  FolderSource(fs::path folder, const ResizeOptions& size)
      : folder_(std::move(folder)), size_(size), decoder_(open_image_decoder()) {}

  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  std::string kind() const override { return "folder"; }
  OwnedImage read(std::size_t position) const override {
    return decoder_->decode(folder_ / origins_[position].name, size_);
  }
  std::uint64_t stamp(std::size_t position) const override {
    const auto file = folder_ / origins_[position].name;
    std::error_code error;
    const std::int64_t told[] = {static_cast<std::int64_t>(fs::file_size(file, error)),
                                 fs::last_write_time(file, error).time_since_epoch().count(),
                                 size_.shorter_side,
                                 size_.width,
                                 size_.height,
                                 static_cast<std::int64_t>(size_.fit)};
    return error ? 0 : content_key(std::as_bytes(std::span(told)));
  }

  /// Lists the files, in the order of their paths.
  void list() {
    std::error_code error;
    fs::recursive_directory_iterator entry(folder_, fs::directory_options::skip_permission_denied,
                                           error);
    if (error) {
      throw UserError("Cannot read the folder " + folder_.string() + " (" + error.message() +
                      "): check its permissions.");
    }
    std::size_t num_files = 0;
    for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      if (error) break;
      if (!entry->is_regular_file(error)) continue;
      ++num_files;
      if (!is_image_file(entry->path())) continue;
      origins_.push_back({fs::relative(entry->path(), folder_).generic_string(), "", ""});
    }
    if (origins_.empty()) {
      throw UserError("The folder " + folder_.string() + " has " + std::to_string(num_files) +
                      " files but no image among them: choose a folder of JPEG, PNG, BMP, TIFF or "
                      "WebP files, an IDX file or CIFAR binaries.");
    }
    std::ranges::sort(origins_, {}, &ImageOrigin::name);
  }

  void take_splits() {
    for (auto& origin : origins_) {
      const auto slash = origin.name.find('/');
      if (slash != std::string::npos) origin.split = split_named(origin.name.substr(0, slash));
    }
  }

  void take_classes_from_folders() {
    std::set<std::string> classes;
    for (auto& origin : origins_) {
      auto parent = fs::path(origin.name).parent_path();
      if (!origin.split.empty()) parent = parent.lexically_relative(*parent.begin());
      origin.class_name = parent == "." ? "" : parent.generic_string();
      classes.insert(origin.class_name);
    }
    if (classes.size() >= 2) return;
    for (auto& origin : origins_) origin.class_name.clear();
  }

  void take_classes_from(const fs::path& csv) {
    std::map<std::string, ImageOrigin*> by_name;
    for (auto& origin : origins_) by_name[origin.name] = &origin;
    std::size_t num_unknown = 0;
    std::string first_unknown;
    for (const auto& [name, class_name] : read_label_csv(csv)) {
      const auto found = by_name.find(name);
      if (found != by_name.end()) {
        found->second->class_name = class_name;
      } else if (num_unknown++ == 0) {
        first_unknown = name;
      }
    }
    if (num_unknown > 0) {
      throw UserError(csv.string() + " names " + std::to_string(num_unknown) +
                      " files that are not in the folder, the first \"" + first_unknown +
                      "\": give paths relative to " + folder_.string() + ".");
    }
  }

 private:
  fs::path folder_;
  ResizeOptions size_;
  std::shared_ptr<const ImageDecoder> decoder_;
  std::vector<ImageOrigin> origins_;
};

}  // namespace

std::unique_ptr<ImageSource> open_folder_source(const fs::path& folder, const std::string& labels,
                                                const ResizeOptions& size) {
  auto source = std::make_unique<FolderSource>(folder, size);
  source->list();
  source->take_splits();
  if (labels.empty() || labels == "folders") {
    source->take_classes_from_folders();
  } else if (labels != "none") {
    source->take_classes_from(labels);
  }
  return source;
}

}  // namespace pretext
