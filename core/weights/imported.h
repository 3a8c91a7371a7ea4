#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// Imported weights, by the name that `encoder.weights` takes.
struct ImportedWeights {
  std::string name;
  std::string kind;  ///< What they are for: "images" or "text".
  std::int64_t bytes = 0;
};

/// Where they lie.
/// Throws UserError for what is a path, not a name; so does the next.
std::filesystem::path imported_file(const std::filesystem::path& workspace,
                                    const std::string& name);
/// Where a model of text has its settings and its tokenizer besides.
std::filesystem::path imported_folder(const std::filesystem::path& workspace,
                                      const std::string& name);

/// By name.
std::vector<ImportedWeights> list_imported(const std::filesystem::path& workspace);

/// Throws UserError when weights cannot be called so, or others are called so already and are not
/// to be replaced.
void require_free_weights(const std::filesystem::path& workspace, const std::string& name,
                          bool replaces);

/// Deletes the files. Runs that began from them keep what they have trained. Throws UserError when
/// there are none of that name.
void remove_imported(const std::filesystem::path& workspace, const std::string& name);

}  // namespace pretext
