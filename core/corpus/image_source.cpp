#include "core/corpus/image_source.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/corpus/array_sources.h"
#include "core/corpus/folder_source.h"
#include "core/text/record_reader.h"

#include <algorithm>
#include <dlfcn.h>
#include <optional>
#include <string_view>

namespace pretext {

namespace fs = std::filesystem;

namespace {

/// Of a header's names, the first that is one of `wanted`; none: no header, or not of this kind.
std::optional<std::size_t> column_of(const std::vector<std::string>& header,
                                     std::initializer_list<std::string_view> wanted) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (std::ranges::find(wanted, header[i]) != wanted.end()) return i;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> read_label_csv(const fs::path& file) {
  RecordReader reader(file, separator_of(file));
  std::vector<std::pair<std::string, std::string>> rows;
  std::vector<std::string> fields;
  std::size_t name = 0;
  std::size_t label = 1;
  std::size_t num_columns = 2;
  for (bool is_first = true; reader.next(fields); is_first = false) {
    if (fields.size() == 1 && fields[0].empty()) continue;
    const auto named = column_of(fields, {"file", "path", "filename", "image"});
    const auto labelled = column_of(fields, {"class", "label"});
    // A class may be called "image", too.
    if (is_first && named && (named == 0 || labelled)) {
      name = *named;
      label = labelled.value_or(1);
      num_columns = fields.size();
      continue;
    }
    if (fields.size() != num_columns || fields.size() < 2) {
      throw UserError(file.string() + ", line " + std::to_string(reader.line_number()) + " has " +
                      std::to_string(fields.size()) + " fields" + " instead of " +
                      std::to_string(std::max<std::size_t>(2, num_columns)) +
                      ", a file and its class: mend that line, and quote names with commas.");
    }
    rows.emplace_back(fields[name], fields[label]);
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
