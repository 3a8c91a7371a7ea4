#include "core/corpus/source_files.h"

#include "core/base/error.h"
#include "core/corpus/source_look.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace pretext {
namespace {

namespace fs = std::filesystem;

std::vector<SourceFile> list_folder(const fs::path& folder,
                                    const std::function<bool(const fs::path&)>& is_wanted,
                                    const std::string& what) {
  std::vector<SourceFile> files;
  std::error_code error;
  std::size_t num_files = 0;
  for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                              error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    ++num_files;
    if (!is_wanted(entry->path())) continue;
    files.push_back({entry->path(), fs::relative(entry->path(), folder).generic_string(), "", ""});
  }
  if (files.empty()) {
    throw UserError("The folder " + folder.string() + " has " + std::to_string(num_files) +
                    " files but no " + what + ".");
  }
  std::ranges::sort(files, {}, &SourceFile::name);
  return files;
}

/// As `split_named`; text data sets call their validation part "dev", too.
std::string part_named(const std::string& name) {
  return name == "dev" ? "validation" : split_named(name);
}

void take_folders(std::vector<SourceFile>& files, bool wants_classes) {
  std::set<std::string> classes;
  for (auto& file : files) {
    auto parent = fs::path(file.name).parent_path();
    file.split = parent.empty()
                     ? part_named(plain_name(file.path).substr(0, plain_name(file.path).find('.')))
                     : part_named(parent.begin()->string());
    if (!file.split.empty() && !parent.empty()) parent = parent.lexically_relative(*parent.begin());
    file.class_name = parent == "." ? "" : parent.generic_string();
    classes.insert(file.class_name);
  }
  if (wants_classes && classes.size() >= 2) return;
  for (auto& file : files) file.class_name.clear();
}

}  // namespace

std::string plain_name(const fs::path& file) {
  auto name = file.filename().string();
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name;
}

std::vector<fs::path> some_files(const fs::path& folder) {
  constexpr std::size_t kMost = 1000;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                              error);
       !error && entry != fs::recursive_directory_iterator() && files.size() < kMost;
       entry.increment(error))
    if (entry->is_regular_file(error)) files.push_back(entry->path());
  return files;
}

std::vector<SourceFile> list_source_files(const fs::path& path,
                                          const std::function<bool(const fs::path&)>& is_wanted,
                                          bool wants_classes, const std::string& what) {
  std::error_code error;
  if (!fs::exists(path, error))
    throw UserError("There is no file or folder " + path.string() + ": check its name.");
  if (fs::is_directory(path, error)) {
    auto files = list_folder(path, is_wanted, what);
    take_folders(files, wants_classes);
    return files;
  }
  if (fs::file_size(path, error) == 0)
    throw UserError("The file " + path.string() + " is empty: choose one with data.");
  return {{path, path.filename().string(), "", ""}};
}

}  // namespace pretext
