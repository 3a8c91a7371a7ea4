#pragma once

#include "core/corpus/folder_roles.h"
#include "core/store/corpus_store.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace pretext {

/// A file of a source, before it is read.
struct SourceFile {
  std::filesystem::path path;
  std::string name;        ///< Relative to the source, as it is shown.
  std::string class_name;  ///< Empty without a label.
  std::string split;       ///< "train", "validation", "test", or empty: to be decided.
};

/// What is told of a source besides what it has.
struct SourceFindings {
  std::vector<SkippedFile> unlisted;  ///< Folders that may not be read: what they have is missing.
  std::vector<SkippedFile> skipped;   ///< Files that cannot be taken.
  std::vector<std::string> notes;     ///< What was recognised and left out, a sentence each.
};

/// Throws UserError where a source could not be listed in full: an update would take what is
/// missing for deleted.
void require_whole(const SourceFindings& findings);

/// The name in small letters, without ".gz".
std::string plain_name(const std::filesystem::path& file);

/// Of a folder and its sub-folders the first thousand files that are met, to tell what it has.
/// Fewer, or none, where it cannot be listed: whoever takes it in says why.
std::vector<std::filesystem::path> some_files(const std::filesystem::path& folder);

struct SourceFiles {
  std::vector<SourceFile> files;
  SourceFindings findings;
};

/// The file itself, or those of a folder and its sub-folders that `is_wanted`, by name, as
/// `list_folder` finds them and `folder_roles` has them; beside folders, files called "train",
/// "valid" or "test" are parts. Throws UserError where there is nothing, or an empty file, or none
/// that is wanted: `what` it looked for ("text among them: choose a folder of .txt files").
SourceFiles list_source_files(const std::filesystem::path& path,
                              const std::function<bool(const std::filesystem::path&)>& is_wanted,
                              bool wants_classes, const std::string& what,
                              ClassFolders classes = ClassFolders::kFirst);

}  // namespace pretext
