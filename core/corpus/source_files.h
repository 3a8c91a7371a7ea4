#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace pretext {

/// A file of a source, before it is read.
struct SourceFile {
  std::filesystem::path path;
  std::string name;        ///< Relative to the source.
  std::string class_name;  ///< Empty without a label.
  std::string split;       ///< "train", "validation", "test", or empty: to be decided.
};

/// The name in small letters, without ".gz".
std::string plain_name(const std::filesystem::path& file);

/// Of a folder and its sub-folders the first thousand files that are met, to tell what it has.
std::vector<std::filesystem::path> some_files(const std::filesystem::path& folder);

/// The file itself, or those of a folder and its sub-folders that `is_wanted`, by name. Sub-folders
/// are classes where there are two of them and `wants_classes`; folders and files called "train",
/// "valid" or "test" are parts. Throws UserError where there is nothing, or an empty file, or none
/// that is wanted: `what` it looked for ("text among them: choose a folder of .txt files").
std::vector<SourceFile> list_source_files(
    const std::filesystem::path& path,
    const std::function<bool(const std::filesystem::path&)>& is_wanted, bool wants_classes,
    const std::string& what);

}  // namespace pretext
