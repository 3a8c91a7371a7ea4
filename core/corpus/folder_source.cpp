#include "core/corpus/folder_source.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/folder_listing.h"
#include "core/corpus/image_format.h"
#include "core/corpus/label_list.h"
#include "core/text/printable.h"

#include <algorithm>
#include <map>
#include <sys/stat.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

std::span<const unsigned char> bytes_of(const std::string& text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// Tells pictures from other files, and counts those of formats that are not read.
class PictureSorter {
 public:
  /// By the ending where it is known, else by the first bytes.
  bool is_picture(const fs::path& file) {
    switch (named_as(file)) {
      case NamedAs::kPicture:
        return true;
      case NamedAs::kNoPicture:
        return false;
      case NamedAs::kForeignPicture:
        ++num_foreign_[foreign_ending(file)];
        return false;
      case NamedAs::kUnknown:
        break;
    }
    const auto begin = first_bytes(file);
    if (image_format(bytes_of(begin))) return true;
    const auto foreign = foreign_format(bytes_of(begin));
    if (!foreign.empty()) ++num_foreign_[foreign];
    return false;
  }

  /// "5 AVIF, 5 HEIC"; empty where there are none.
  std::string foreign() const {
    std::string kinds;
    for (const auto& [name, count] : num_foreign_)
      kinds += (kinds.empty() ? "" : ", ") + grouped(count) + " " + name;
    return kinds;
  }

 private:
  std::map<std::string, std::int64_t> num_foreign_;
};

class FolderSource final : public ImageSource {
 public:
  FolderSource(fs::path folder, const ResizeOptions& size)
      : folder_(std::move(folder)), size_(size), decoder_(open_image_decoder()) {}

  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  const SourceFindings& findings() const override { return findings_; }
  std::string kind() const override { return "folder"; }
  OwnedImage read(std::size_t position) const override {
    return decoder_->decode(paths_[position], size_);
  }
  std::uint64_t stamp(std::size_t position) const override {
    struct stat about {};
    if (::stat(paths_[position].c_str(), &about) != 0) return 0;
    const auto moment = [](const timespec& time) {
      return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
    };
    // The second moment is of the file itself: it tells one that was put in another's place with
    // that one's size and time.
    const std::int64_t state[] = {about.st_size,
                                  moment(about.st_mtim),
                                  moment(about.st_ctim),
                                  size_.shorter_side,
                                  size_.width,
                                  size_.height,
                                  static_cast<std::int64_t>(size_.fit)};
    return content_key(std::as_bytes(std::span(state)));
  }

  /// Lists the files, in the order of their paths.
  void list() {
    const auto listing = list_folder(folder_);
    PictureSorter sorter;
    for (const auto& file : listing.files) {
      if (!sorter.is_picture(file.path)) continue;
      paths_.push_back(file.path);
      origins_.push_back({printable_name(file.place), "", ""});
    }
    for (const auto& link : listing.broken)
      if (named_as(link.path) == NamedAs::kPicture) findings_.skipped.push_back(link);
    findings_.unlisted = listing.unlisted;
    findings_.notes = listing.notes();
    const auto foreign = sorter.foreign();
    if (!foreign.empty())
      findings_.notes.push_back("Pictures of formats that are not read were left out: " + foreign +
                                "; save them as JPEG or PNG to take them in.");
    if (!origins_.empty()) return;
    throw UserError("The folder " + printable_name(folder_.string()) + " has " +
                    count_of(std::ssize(listing.files), "file", "files") +
                    " but no image among them" +
                    (foreign.empty() ? "" : " that is read (" + foreign + ")") +
                    ": choose a folder of JPEG, PNG, BMP, TIFF, WebP or GIF files, an IDX file or "
                    "CIFAR binaries.");
  }

  void take_roles(ClassFolders classes, bool wants_classes) {
    std::vector<std::string> places;
    places.reserve(origins_.size());
    for (const auto& origin : origins_) places.push_back(origin.name);
    const auto roles = folder_roles(places, classes, wants_classes);
    for (std::size_t i = 0; i < origins_.size(); ++i) {
      origins_[i].class_name = roles.of_files[i].class_name;
      origins_[i].split = roles.of_files[i].split;
    }
    findings_.notes.insert(findings_.notes.begin(), roles.notes.begin(), roles.notes.end());
  }

  void take_classes_from(const fs::path& csv) {
    std::vector<NamedSample> samples;
    samples.reserve(origins_.size());
    for (const auto& origin : origins_) samples.push_back({origin.name, origin.split == "test"});
    std::error_code error;
    const auto match = match_labels(read_label_csv(csv), samples, CorpusPart::kAny,
                                    fs::absolute(folder_, error).lexically_normal().string());
    for (const auto& [position, class_name] : match.classes)
      origins_[static_cast<std::size_t>(position)].class_name = class_name;
    if (const auto left_out = match.left_out(); !left_out.empty())
      findings_.notes.push_back(left_out);
  }

 private:
  fs::path folder_;
  ResizeOptions size_;
  std::shared_ptr<const ImageDecoder> decoder_;
  std::vector<ImageOrigin> origins_;
  std::vector<fs::path> paths_;  // Of the same places: a name that is shown may be no path.
  SourceFindings findings_;
};

}  // namespace

std::unique_ptr<ImageSource> open_folder_source(const fs::path& folder, const std::string& labels,
                                                const ResizeOptions& size, ClassFolders classes) {
  auto source = std::make_unique<FolderSource>(folder, size);
  source->list();
  const bool by_folders = labels.empty() || labels == "folders";
  source->take_roles(classes, by_folders);
  if (!by_folders && labels != "none") source->take_classes_from(labels);
  return source;
}

}  // namespace pretext
