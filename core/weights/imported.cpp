#include "core/weights/imported.h"

#include "core/base/error.h"
#include "core/base/nearest.h"

#include <algorithm>

namespace pretext {

namespace fs = std::filesystem;

namespace {

/// A name may come from a specification, or a stranger's workspace: it never leads elsewhere.
void refuse_paths(const std::string& name) {
  if (name.empty() || name.starts_with('.') || name.find('/') != std::string::npos)
    throw UserError("\"" + name +
                    "\" is no name of imported weights: \"pretext weights\" lists them.");
}

}  // namespace

fs::path imported_file(const fs::path& workspace, const std::string& name) {
  refuse_paths(name);
  return workspace / "weights" / (name + ".safetensors");
}

fs::path imported_folder(const fs::path& workspace, const std::string& name) {
  refuse_paths(name);
  return workspace / "weights" / name;
}

std::vector<ImportedWeights> list_imported(const fs::path& workspace) {
  std::vector<ImportedWeights> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(workspace / "weights", error)) {
    if (entry.path().extension() != ".safetensors") continue;
    const auto name = entry.path().stem().string();
    if (name.starts_with('.')) continue;
    auto bytes = entry.file_size();
    const auto folder = imported_folder(workspace, name);
    for (const auto& file : fs::directory_iterator(folder, error)) bytes += file.file_size();
    all.push_back(
        {name, fs::is_directory(folder) ? "text" : "images", static_cast<std::int64_t>(bytes)});
  }
  std::ranges::sort(all, {}, &ImportedWeights::name);
  return all;
}

void require_free_weights(const fs::path& workspace, const std::string& name, bool replaces) {
  if (name.empty() || name.starts_with('.') || name.find('/') != std::string::npos) {
    throw UserError("Weights cannot be called \"" + name +
                    "\": give a --name without \"/\" that does not begin with a dot.");
  }
  if (replaces || !fs::exists(imported_file(workspace, name))) return;
  throw UserError("There are imported weights \"" + name +
                  "\" already: choose another --name, or add --replace.");
}

void remove_imported(const fs::path& workspace, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& one : list_imported(workspace)) names.push_back(one.name);
  if (std::ranges::find(names, name) == names.end()) {
    const auto meant = nearest(name, names);
    throw UserError(
        "There are no imported weights \"" + name + "\"" +
        (meant.empty() ? ": none were imported yet." : ": did you mean \"" + meant + "\"?"));
  }
  fs::remove_all(imported_folder(workspace, name));
  fs::remove(imported_file(workspace, name));
}

}  // namespace pretext
