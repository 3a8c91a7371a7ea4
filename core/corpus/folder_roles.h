#pragma once

#include <string>
#include <vector>

namespace pretext {

/// Which folders below a part are classes.
enum class ClassFolders {
  kFirst,  ///< The first level, whatever is within it, as torchvision's ImageFolder has it.
  kPath,   ///< The whole way down: "dog/2020" and "dog/2021" are two.
};

/// "first" or "path". Throws UserError for another name.
ClassFolders class_folders(const std::string& name);

/// What the folders that a file lies in say of it.
struct FolderRole {
  std::string class_name;  ///< Empty without a label.
  std::string split;       ///< "train", "validation", "test", or empty: to be decided.
};

struct FolderRoles {
  std::vector<FolderRole> of_files;
  std::vector<std::string> notes;  ///< What was recognised, a sentence each.
};

/// Of files by their places, relative to the source and with "/". Parts stand at the top, below one
/// folder that has all, or below each class ("cat/train"). Folders are classes when there are two
/// of them at the least; a folder that all files are in is none.
FolderRoles folder_roles(const std::vector<std::string>& places, ClassFolders classes,
                         bool wants_classes);

/// "train", "validation" or "test" for a name that says so, in any case; else empty.
std::string split_named(const std::string& name);

}  // namespace pretext
