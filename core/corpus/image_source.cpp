#include "core/corpus/image_source.h"

#include "core/base/error.h"
#include "core/corpus/array_sources.h"
#include "core/corpus/folder_source.h"
#include "core/text/record_reader.h"

#include <algorithm>
#include <cctype>
#include <dlfcn.h>
#include <optional>
#include <string_view>

namespace pretext {

namespace fs = std::filesystem;

namespace {

/// Which columns of a label file are read.
struct LabelColumns {
  std::size_t name = 0;
  std::size_t label = 1;
  std::size_t count = 2;
};

/// Of a header's names, in any case, the first that is one of `wanted`.
std::optional<std::size_t> column_of(const std::vector<std::string>& header,
                                     std::initializer_list<std::string_view> wanted) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    auto name = header[i];
    std::ranges::transform(name, name.begin(),
                           [](unsigned char letter) { return std::tolower(letter); });
    if (std::ranges::find(wanted, name) != wanted.end()) return i;
  }
  return std::nullopt;
}

/// None where the first row is no header: a class may be called "image", too.
std::optional<LabelColumns> columns_of(const std::vector<std::string>& first,
                                       const fs::path& file) {
  const auto name =
      column_of(first, {"file", "path", "filename", "image", "document", "sample", "source"});
  auto label = column_of(first, {"class", "label"});
  if (!name || (*name > 0 && !label)) return std::nullopt;
  if (!label && first.size() == 2) label = 1;
  if (label) return LabelColumns{*name, *label, first.size()};
  std::string names;
  for (const auto& column : first) names += (names.empty() ? "\"" : ", \"") + column + '"';
  throw UserError(file.string() + " has the columns " + names +
                  ": call that of the classes \"class\".");
}

}  // namespace

std::vector<std::pair<std::string, std::string>> read_label_csv(const fs::path& file) {
  const char separator = separator_of(file);
  RecordReader reader(file, separator);
  std::vector<std::pair<std::string, std::string>> rows;
  std::vector<std::string> fields;
  LabelColumns columns;
  for (bool is_first = true; reader.next(fields); is_first = false) {
    if (is_first) {
      if (const auto named = columns_of(fields, file)) {
        columns = *named;
        continue;
      }
    }
    if (fields.size() != columns.count) {
      throw UserError(file.string() + ", line " + std::to_string(reader.line_number()) + " has " +
                      std::to_string(fields.size()) + " fields instead of " +
                      std::to_string(columns.count) + ": mend that line, and quote what holds a " +
                      (separator == '\t' ? "tab" : std::string("\"") + separator + '"') + ".");
    }
    rows.emplace_back(fields[columns.name], fields[columns.label]);
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
