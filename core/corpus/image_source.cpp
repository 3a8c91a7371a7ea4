#include "core/corpus/image_source.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/corpus/array_sources.h"
#include "core/corpus/folder_source.h"

#include <algorithm>
#include <dlfcn.h>
#include <sstream>

namespace pretext {

namespace fs = std::filesystem;

std::vector<std::pair<std::string, std::string>> read_label_csv(const fs::path& file) {
  std::istringstream lines(read_text_file(file));
  std::vector<std::pair<std::string, std::string>> rows;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto separator = line.find_last_of(",\t;");
    if (separator == std::string::npos) {
      throw UserError(file.string() + ", line " + std::to_string(number) +
                      " is not \"file,class\": mend that line.");
    }
    auto name = line.substr(0, separator);
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
      name = name.substr(1, name.size() - 2);
    }
    if (number == 1 &&
        (name == "file" || name == "path" || name == "filename" || name == "image")) {
      continue;  // A header.
    }
    rows.emplace_back(std::move(name), line.substr(separator + 1));
  }
  return rows;
}

std::shared_ptr<const ImageDecoder> open_image_decoder() {
  void* library = dlopen("libpretext_ingest.so", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    throw UserError(std::string("Cannot open the decoder of image files (") + dlerror() +
                    "): install Pretext again.");
  }
  using Make = ImageDecoder* (*)();
  const auto make = reinterpret_cast<Make>(dlsym(library, "pretext_make_image_decoder"));
  return std::shared_ptr<const ImageDecoder>(make());
}

std::unique_ptr<ImageSource> open_image_source(const fs::path& path, const std::string& labels,
                                               const ResizeOptions& size) {
  if (!fs::exists(path)) {
    throw UserError("There is nothing at " + path.string() + ": check the path.");
  }
  if (fs::is_regular_file(path)) return open_idx_source(path, labels);
  if (auto cifar = open_cifar_source(path, labels)) return cifar;
  if (auto idx = open_idx_folder(path, labels)) return idx;
  return open_folder_source(path, labels, size);
}

}  // namespace pretext
