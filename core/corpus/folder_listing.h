#pragma once

#include "core/store/corpus_store.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace pretext {

/// A regular file of a folder, where it stands: what a link leads to has no say in it.
struct ListedFile {
  std::filesystem::path path;  ///< To open it by.
  std::string place;           ///< Relative to the folder, in the bytes of its name.
};

/// All that is in a folder and its sub-folders, linked ones included.
struct FolderListing {
  std::vector<ListedFile> files;      ///< By their places.
  std::vector<SkippedFile> unlisted;  ///< Folders that may not be read: what they have is missing.
  std::vector<SkippedFile> broken;    ///< Links to nothing.
  std::int64_t num_hidden = 0;        ///< Files and folders that systems keep beside one's own.
  std::int64_t num_special = 0;       ///< Pipes, sockets and devices: never opened.
  std::int64_t num_outside = 0;       ///< Links whose target is outside of the folder; taken.
  std::int64_t num_loops = 0;         ///< Links to a folder that they are in; not followed.
  bool is_whole = true;               ///< False where `most` files ended it.

  /// A sentence for each of those counts that is not zero.
  std::vector<std::string> notes() const;
};

/// Lists a folder. What begins with a dot, and what file managers and archives leave behind
/// ("__MACOSX", "@eaDir", "Thumbs.db"), is not seen. Ends after `most` files. Throws UserError
/// where the folder, or one in it, cannot be listed to its end for another reason than permissions.
FolderListing list_folder(const std::filesystem::path& folder,
                          std::size_t most = std::numeric_limits<std::size_t>::max());

/// Throws UserError where there is nothing, or neither a file nor a folder: a pipe is never opened.
void require_file_or_folder(const std::filesystem::path& path);
/// The same of a file alone; `what` it was to be: "The label file".
void require_file(const std::filesystem::path& path, const std::string& what);

}  // namespace pretext
