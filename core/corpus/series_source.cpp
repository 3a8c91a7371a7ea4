#include "core/corpus/series_source.h"

#include "core/base/error.h"

#include <algorithm>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr double kUnpacked = 4.0;         // Times that packed numbers grow, about.
constexpr std::size_t kMostSlips = 1000;  // Rows named of a source.

bool is_table(const fs::path& file) {
  const auto name = plain_name(file);
  return std::ranges::any_of(std::initializer_list<const char*>{".csv", ".tsv", ".tab"},
                             [&](const char* ending) { return name.ends_with(ending); });
}

SourceFiles list_tables(const fs::path& path, bool wants_classes,
                        ClassFolders classes = ClassFolders::kFirst) {
  return list_source_files(path, is_table, wants_classes,
                           "tables among them: choose a folder of .csv or .tsv files (.gz too)",
                           classes);
}

bool has_series(const fs::path& file) {
  try {
    SeriesTable table(file);
    table.recognise({});
    return !table.has_prose();
  } catch (const std::exception&) {  // Whoever takes it says what is wrong with it.
    return false;
  }
}

}  // namespace

SeriesSource::SeriesSource(const fs::path& path, const SeriesSourceOptions& options)
    : options_(options) {
  auto found = list_tables(path, options.labels != "none", options.classes);
  files_ = std::move(found.files);
  look_.findings = std::move(found.findings);
  std::optional<SeriesTable> first;
  std::string complaint;
  for (; pattern_ < files_.size() && !first; ++pattern_) {
    try {
      first.emplace(files_[pattern_].path);
      first->recognise(options.time_column);
    } catch (const UserError& error) {
      if (complaint.empty()) complaint = error.what();
      first.reset();
    }
  }
  if (!first) throw UserError(complaint);
  --pattern_;
  look_.first = files_[pattern_].name;
  look_.columns = first->columns();
  look_.time_column = first->time_column();
  look_.has_dates = first->has_dates();
  look_.variables = first->variables();
  look_.left_out = first->left_out();
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
  look_.packed_bytes = static_cast<std::int64_t>(num_text_bytes / first->bytes_a_row() * row_bytes);
}

SeriesTable SeriesSource::open(const SourceFile& file) const {
  SeriesTable table(file.path);
  table.recognise(options_.time_column);
  table.take_variables(look_.variables);
  if (table.has_dates() != look_.has_dates) {
    throw UserError(std::string("Its times are ") + (look_.has_dates ? "numbers" : "dates") +
                    ", and those of " + files_[pattern_].name +
                    " are not: take it in as a corpus of its own.");
  }
  return table;
}

Series SeriesSource::first_rows(std::int64_t most) const {
  std::vector<SkippedFile> named_later;
  return open(files_[pattern_]).read(named_later, most);
}

std::optional<SourceSeries> SeriesSource::next(std::vector<SkippedFile>& skipped,
                                               const SeriesTable::Progress& progress) {
  while (position_ < files_.size()) {
    const auto& file = files_[position_++];
    try {
      auto found = read(file, skipped, progress);
      bytes_done_ += static_cast<std::int64_t>(fs::file_size(file.path));
      return found;
    } catch (const UserError& error) {
      if (files_.size() == 1) throw;
      skipped.push_back({file.name, error.what()});
    }
    bytes_done_ += static_cast<std::int64_t>(fs::file_size(file.path));
  }
  if (num_unnamed_ > 0)
    skipped.push_back({"", "such rows are in " + std::to_string(num_unnamed_) + " more files"});
  num_unnamed_ = 0;
  return {};
}

SourceSeries SeriesSource::read(const SourceFile& file, std::vector<SkippedFile>& skipped,
                                const SeriesTable::Progress& progress) {
  const auto table = open(file);
  std::vector<SkippedFile> slips;
  const auto tell = [&](std::int64_t bytes) { progress(bytes_done_ + bytes); };
  SourceSeries found{table.read(slips, 0, progress ? SeriesTable::Progress(tell) : nullptr),
                     file.class_name, file.split, file.name};
  if (num_slips_ > kMostSlips && !slips.empty()) {
    ++num_unnamed_;
    return found;
  }
  num_slips_ += slips.size();
  for (const auto& slip : slips)
    skipped.push_back({file.name + (slip.path.empty() ? "" : ":" + slip.path), slip.reason});
  return found;
}

std::vector<std::string> series_columns(const fs::path& path) {
  try {
    return SeriesTable(list_tables(path, false).files.front().path).columns();
  } catch (const UserError&) {
    return {};
  }
}

bool looks_like_series(const fs::path& path) {
  constexpr std::ptrdiff_t kMostTried = 8;
  std::error_code error;
  if (!fs::is_directory(path, error)) return is_table(path) && has_series(path);
  auto files = some_files(path);
  const auto num_files = std::ssize(files);
  std::erase_if(files, [](const fs::path& file) { return !is_table(file); });
  if (2 * std::ssize(files) <= num_files) return false;
  const auto num_tried = std::min(kMostTried, std::ssize(files));
  return 2 * std::count_if(files.begin(), files.begin() + num_tried, has_series) > num_tried;
}

}  // namespace pretext
