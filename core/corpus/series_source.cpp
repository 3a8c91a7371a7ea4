#include "core/corpus/series_source.h"

#include "core/base/error.h"

#include <algorithm>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr double kUnpacked = 4.0;  // Times that packed numbers grow, about.

bool is_table(const fs::path& file) {
  const auto name = plain_name(file);
  return std::ranges::any_of(std::initializer_list<const char*>{".csv", ".tsv", ".tab"},
                             [&](const char* ending) { return name.ends_with(ending); });
}

}  // namespace

SeriesSource::SeriesSource(const fs::path& path, const SeriesSourceOptions& options)
    : files_(list_source_files(path, is_table, options.labels != "none",
                               "tables among them: choose a folder of .csv or .tsv files (.gz "
                               "too)")),
      options_(options) {
  const SeriesTable first(files_.front().path, options.time_column);
  look_.columns = first.columns();
  look_.time_column = first.time_column();
  look_.has_dates = first.has_dates();
  look_.variables = first.variables();
  look_.left_out = first.left_out();
  look_.num_files = std::ssize(files_);
  look_.kind =
      look_.num_files == 1 ? "table" : "folder of " + std::to_string(look_.num_files) + " tables";
  double num_text_bytes = 0.0;
  for (const auto& file : files_) {
    const auto bytes = static_cast<std::int64_t>(fs::file_size(file.path));
    look_.num_bytes += bytes;
    num_text_bytes +=
        (file.path.extension() == ".gz" ? kUnpacked : 1.0) * static_cast<double>(bytes);
  }
  const auto row_bytes = static_cast<double>(sizeof(double) * (1 + look_.variables.size()));
  look_.packed_bytes = static_cast<std::int64_t>(num_text_bytes / first.bytes_a_row() * row_bytes);
}

Series SeriesSource::first_rows(std::int64_t most) const {
  std::vector<SkippedFile> named_later;
  return SeriesTable(files_.front().path, options_.time_column).read(named_later, most);
}

std::optional<SourceSeries> SeriesSource::next(std::vector<SkippedFile>& skipped) {
  while (position_ < files_.size()) {
    const auto& file = files_[position_++];
    bytes_read_ += static_cast<std::int64_t>(fs::file_size(file.path));
    try {
      return read(file, skipped);
    } catch (const UserError& error) {
      if (files_.size() == 1) throw;
      skipped.push_back({file.name, error.what()});
    }
  }
  return {};
}

SourceSeries SeriesSource::read(const SourceFile& file, std::vector<SkippedFile>& skipped) const {
  const SeriesTable table(file.path, options_.time_column);
  if (table.variables() != look_.variables || table.has_dates() != look_.has_dates) {
    throw UserError("It has other variables, or times of another form, than " +
                    files_.front().name + ": take it in as a corpus of its own.");
  }
  const auto num_skipped = skipped.size();
  SourceSeries read{table.read(skipped), file.class_name, file.split, file.name};
  for (auto i = num_skipped; i < skipped.size(); ++i)
    skipped[i].path = file.name + (skipped[i].path.empty() ? "" : ":" + skipped[i].path);
  return read;
}

}  // namespace pretext
