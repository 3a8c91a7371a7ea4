#include "core/corpus/source_files.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/folder_listing.h"
#include "core/text/printable.h"

#include <algorithm>
#include <cctype>

namespace pretext {
namespace {

namespace fs = std::filesystem;

SourceFiles list_files(const fs::path& folder,
                       const std::function<bool(const fs::path&)>& is_wanted, bool wants_classes,
                       const std::string& what, ClassFolders classes) {
  const auto listing = list_folder(folder);
  SourceFiles found;
  std::vector<std::string> places;
  for (const auto& file : listing.files) {
    if (!is_wanted(file.path)) continue;
    found.files.push_back({file.path, printable_name(file.place), "", ""});
    places.push_back(found.files.back().name);
  }
  if (found.files.empty()) {
    throw UserError("The folder " + folder.string() + " has " +
                    count_of(std::ssize(listing.files), "file", "files") + " but no " + what + ".");
  }
  const auto roles = folder_roles(places, classes, wants_classes);
  for (std::size_t i = 0; i < found.files.size(); ++i) {
    auto& file = found.files[i];
    file.class_name = roles.of_files[i].class_name;
    file.split = roles.of_files[i].split;
    if (file.split.empty() && places[i].find('/') == std::string::npos)
      file.split = split_named(plain_name(file.path).substr(0, plain_name(file.path).find('.')));
  }
  found.findings.unlisted = listing.unlisted;
  for (const auto& link : listing.broken)
    if (is_wanted(link.path)) found.findings.skipped.push_back(link);
  found.findings.notes = roles.notes;
  for (const auto& note : listing.notes()) found.findings.notes.push_back(note);
  return found;
}

}  // namespace

void require_whole(const SourceFindings& findings) {
  if (findings.unlisted.empty()) return;
  throw UserError("The folder \"" + findings.unlisted.front().path + "\" " +
                  (findings.unlisted.size() == 1
                       ? std::string("")
                       : "and " + std::to_string(findings.unlisted.size() - 1) + " more ") +
                  "cannot be read, and an update would take what is in it for deleted: give "
                  "permission to read it, or take the source in as a corpus of its own.");
}

std::string plain_name(const fs::path& file) {
  auto name = file.filename().string();
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name;
}

std::vector<fs::path> some_files(const fs::path& folder) {
  constexpr std::size_t kMost = 1000;
  try {
    std::vector<fs::path> files;
    for (auto& file : list_folder(folder, kMost).files) files.push_back(std::move(file.path));
    return files;
  } catch (const UserError&) {
    return {};
  }
}

SourceFiles list_source_files(const fs::path& path,
                              const std::function<bool(const fs::path&)>& is_wanted,
                              bool wants_classes, const std::string& what, ClassFolders classes) {
  require_file_or_folder(path);
  std::error_code error;
  if (fs::is_directory(path, error))
    return list_files(path, is_wanted, wants_classes, what, classes);
  if (fs::file_size(path, error) == 0)
    throw UserError("The file " + path.string() + " is empty: choose one with data.");
  return {{{path, printable_name(path.filename().string()), "", ""}}, {}};
}

}  // namespace pretext
