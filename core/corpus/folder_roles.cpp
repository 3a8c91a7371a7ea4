#include "core/corpus/folder_roles.h"

#include "core/base/error.h"
#include "core/base/format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

namespace pretext {
namespace {

/// The folders that a file lies in, from the top.
using Folders = std::vector<std::string>;

Folders folders_of(const std::string& place) {
  Folders folders;
  std::size_t begin = 0;
  for (auto slash = place.find('/'); slash != std::string::npos; slash = place.find('/', begin)) {
    folders.push_back(place.substr(begin, slash - begin));
    begin = slash + 1;
  }
  return folders;
}

bool is_part_at(const Folders& folders, std::size_t level) {
  return folders.size() > level && !split_named(folders[level]).empty();
}

bool share_first(const std::vector<Folders>& all) {
  return !all.empty() && std::ranges::all_of(all, [&](const Folders& folders) {
    return !folders.empty() && folders.front() == all.front().front();
  });
}

void drop_first(std::vector<Folders>& all) {
  for (auto& folders : all) folders.erase(folders.begin());
}

/// Whether a level of folders is one of parts: several of them stand there, or all that lies in a
/// folder lies in one. A lone "train" among others is a class of that name.
bool are_parts(const std::vector<Folders>& all, std::size_t level) {
  std::set<std::string> parts;
  bool has_others = false;
  for (const auto& folders : all) {
    if (is_part_at(folders, level))
      parts.insert(split_named(folders[level]));
    else
      has_others |= folders.size() > level;
  }
  return parts.size() > 1 || (parts.size() == 1 && !has_others);
}

/// Takes the folders that are parts out of `all`.
void take_parts(std::vector<Folders>& all, FolderRoles& roles) {
  const auto is_below = [](const Folders& folders) { return is_part_at(folders, 1); };
  std::size_t level = 0;
  if (!are_parts(all, 0)) {
    if (share_first(all) && are_parts(all, 1)) {
      drop_first(all);
    } else if (std::ranges::all_of(all, is_below)) {
      level = 1;
    } else {
      return;
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_part_at(all[i], level)) continue;
    roles.of_files[i].split = split_named(all[i][level]);
    all[i].erase(all[i].begin() + static_cast<std::ptrdiff_t>(level));
  }
}

std::string joined(const Folders& folders) {
  std::string path;
  for (const auto& folder : folders) path += (path.empty() ? "" : "/") + folder;
  return path;
}

std::string parts_note(const FolderRoles& roles) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& role : roles.of_files) ++counts[role.split];
  std::string parts;
  for (const auto* part : {"train", "validation", "test"})
    if (counts[part] > 0)
      parts += (parts.empty() ? "" : ", ") + std::string(part) + " with " +
               count_of(counts[part], "file", "files");
  if (parts.empty()) return {};
  return "Parts by the names of folders: " + parts +
         (counts[""] > 0 ? ", and " + grouped(counts[""]) + " in none of them." : ".");
}

}  // namespace

ClassFolders class_folders(const std::string& name) {
  if (name == "first") return ClassFolders::kFirst;
  if (name == "path") return ClassFolders::kPath;
  throw UserError("--classes takes first or path, got \"" + name + "\".");
}

FolderRoles folder_roles(const std::vector<std::string>& places, ClassFolders classes,
                         bool wants_classes) {
  FolderRoles roles;
  roles.of_files.resize(places.size());
  std::vector<Folders> all;
  all.reserve(places.size());
  for (const auto& place : places) all.push_back(folders_of(place));
  if (!all.empty()) take_parts(all, roles);
  if (auto note = parts_note(roles); !note.empty()) roles.notes.push_back(std::move(note));
  if (!wants_classes) return roles;
  while (share_first(all)) drop_first(all);
  std::set<std::string> names;
  bool is_deep = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].empty()) continue;
    is_deep |= all[i].size() > 1;
    auto& name = roles.of_files[i].class_name;
    name = classes == ClassFolders::kFirst ? all[i].front() : joined(all[i]);
    names.insert(name);
  }
  if (names.size() < 2) {
    for (auto& role : roles.of_files) role.class_name.clear();
  } else if (is_deep) {
    roles.notes.push_back(classes == ClassFolders::kFirst
                              ? "Classes are the folders of the first level; those within them are "
                                "part of them."
                              : "Classes are folders with the whole way to them.");
  } else {
    roles.notes.push_back("Classes are the folders of the first level.");
  }
  return roles;
}

std::string split_named(const std::string& name) {
  auto small = name;
  std::ranges::transform(small, small.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (small == "train" || small == "training") return "train";
  if (small == "test" || small == "testing") return "test";
  static constexpr std::array kValidation = {"val", "valid", "validation", "dev"};
  if (std::ranges::find(kValidation, small) != kValidation.end()) return "validation";
  return {};
}

}  // namespace pretext
