#include "core/corpus/folder_listing.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/text/printable.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <system_error>

namespace pretext {
namespace {

namespace fs = std::filesystem;

/// Folders read through links within linked folders: two a level double them level by level.
constexpr std::int64_t kMostLinkedFolders = 10'000;

std::string reason(int error) {
  return std::generic_category().message(error);
}

bool is_hidden(std::string_view name) {
  static constexpr std::array kNames = {
      "@eadir",      "__macosx",     "thumbs.db",  "ehthumbs.db",
      "desktop.ini", "$recycle.bin", "lost+found", "system volume information"};
  if (name.starts_with('.')) return true;
  std::string small(name);
  std::ranges::transform(small, small.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kNames, small) != kNames.end();
}

struct Entry {
  std::string name;
  unsigned char kind = DT_UNKNOWN;
};

class Walk {
 public:
  Walk(fs::path folder, std::size_t most) : root_(std::move(folder)), most_(most) {
    std::error_code error;
    real_root_ = fs::canonical(root_, error);
  }

  FolderListing run() {
    struct stat about {};
    if (::stat(root_.c_str(), &about) != 0) fail(root_, errno);
    enter(root_, "", about);
    std::ranges::sort(listing_.files, {}, &ListedFile::place);
    return std::move(listing_);
  }

 private:
  [[noreturn]] static void fail(const fs::path& folder, int error) {
    throw UserError("The folder " + printable_name(folder.string()) +
                    " cannot be listed in full (" + reason(error) +
                    "): check its disk or its connection, and try again.");
  }

  bool is_full() {
    if (listing_.files.size() < most_) return false;
    listing_.is_whole = false;
    return true;
  }

  /// Closed before the folders in it are entered, so that deep trees need few descriptors.
  std::vector<Entry> entries(const fs::path& folder, const std::string& place) {
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folder.c_str()), &::closedir);
    std::vector<Entry> found;
    if (!stream) {
      const int error = errno;
      if (error != EACCES && error != EPERM) fail(folder, error);
      if (place.empty()) {
        throw UserError("Cannot read the folder " + printable_name(folder.string()) + " (" +
                        reason(error) + "): check its permissions.");
      }
      leave_out(place, error);
      return found;
    }
    for (;;) {
      errno = 0;
      const auto* entry = ::readdir(stream.get());
      if (!entry) {
        if (errno != 0) fail(folder, errno);
        return found;
      }
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (is_hidden(name)) {
        ++listing_.num_hidden;
      } else {
        found.push_back({std::string(name), entry->d_type});
        if (found.size() < most_) continue;
        listing_.is_whole = false;  // Of a look at some files no more is needed.
        return found;
      }
    }
  }

  void leave_out(const std::string& place, int error) {
    listing_.unlisted.push_back({printable_name(place), "cannot be read (" + reason(error) +
                                                            "): what is in it is missing"});
  }

  void enter(const fs::path& folder, const std::string& place, const struct stat& about) {
    above_.emplace_back(about.st_dev, about.st_ino);
    for (const auto& entry : entries(folder, place)) {
      if (is_full()) break;
      take(folder / entry.name, place.empty() ? entry.name : place + "/" + entry.name, entry.kind);
    }
    above_.pop_back();
  }

  void take(const fs::path& path, const std::string& place, unsigned char kind) {
    if (kind == DT_REG) {
      listing_.files.push_back({path, place});
      return;
    }
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return missed(path, place, errno);
    const bool is_link = S_ISLNK(about.st_mode);
    if (is_link && ::stat(path.c_str(), &about) != 0) return missed(path, place, errno);
    if (S_ISREG(about.st_mode)) {
      if (is_link) note_target(path);
      listing_.files.push_back({path, place});
    } else if (S_ISDIR(about.st_mode)) {
      if (std::ranges::find(above_, std::pair(about.st_dev, about.st_ino)) != above_.end()) {
        ++listing_.num_loops;
        return;
      }
      if (is_link) note_target(path);
      num_links_above_ += is_link;
      if (num_links_above_ > 1 && ++num_linked_folders_ > kMostLinkedFolders)
        throw UserError("The links in " + printable_name(root_.string()) + " lead to more than " +
                        std::to_string(kMostLinkedFolders) +
                        " folders, link by link: choose a folder whose links do not multiply.");
      enter(path, place, about);
      num_links_above_ -= is_link;
    } else {
      ++listing_.num_special;
    }
  }

  /// What can be seen of a folder and not be looked at.
  void missed(const fs::path& path, const std::string& place, int error) {
    if (error == EACCES || error == EPERM) {
      leave_out(place, error);
    } else if (error == ENOENT || error == ELOOP || error == ENOTDIR) {
      listing_.broken.push_back({printable_name(place), "is a link to nothing"});
    } else {
      fail(path, error);
    }
  }

  /// What stands in a linked folder is where that leads to.
  void note_target(const fs::path& link) {
    if (num_links_above_ > 0) return;
    std::error_code error;
    const auto target = fs::canonical(link, error).lexically_relative(real_root_);
    listing_.num_outside += error || target.empty() || *target.begin() == "..";
  }

  fs::path root_, real_root_;
  std::size_t most_;
  FolderListing listing_;
  std::vector<std::pair<dev_t, ino_t>> above_;  // The folders on the way, to end loops.
  std::int64_t num_links_above_ = 0;
  std::int64_t num_linked_folders_ = 0;
};

}  // namespace

std::vector<std::string> FolderListing::notes() const {
  std::vector<std::string> notes;
  const auto tell = [&](std::int64_t count, const std::string& one, const std::string& many) {
    if (count > 0) notes.push_back(count_of(count, one, many));
  };
  tell(num_hidden, "hidden file or folder was left out.",
       "hidden files and folders were left out.");
  tell(num_outside, "link leads out of the folder; what it leads to was taken.",
       "links lead out of the folder; what they lead to was taken.");
  tell(num_loops, "link leads back to a folder that it is in, and was not followed.",
       "links lead back to a folder that they are in, and were not followed.");
  tell(num_special, "pipe, socket or device was left out.",
       "pipes, sockets and devices were left out.");
  return notes;
}

FolderListing list_folder(const fs::path& folder, std::size_t most) {
  return Walk(folder, most).run();
}

void require_file_or_folder(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  const auto shown = printable_name(path.string());
  if (!fs::exists(status)) {
    throw UserError(
        "There is no file or folder " + shown + ": check its name" +
        (error && status.type() == fs::file_type::none ? " and its permissions." : "."));
  }
  if (!fs::is_regular_file(status) && !fs::is_directory(status))
    throw UserError(shown + " is a pipe, a socket or a device: give a file or a folder.");
}

void require_file(const fs::path& path, const std::string& what) {
  require_file_or_folder(path);
  if (fs::is_directory(path))
    throw UserError(what + " " + printable_name(path.string()) + " is a folder: give a file.");
}

}  // namespace pretext
