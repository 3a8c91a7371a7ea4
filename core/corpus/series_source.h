#pragma once

#include "core/corpus/series_table.h"
#include "core/corpus/source_files.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// How a source of series is read.
struct SeriesSourceOptions {
  std::string time_column;  ///< A name, or a number from 1. Empty: recognised.
  std::string labels;       ///< "folders", "none"; empty chooses.
};

/// A series as its source has it: a file.
struct SourceSeries {
  Series series;
  std::string class_name;  ///< Empty without a label.
  std::string split;       ///< "train", "validation", "test", or empty: to be decided.
  std::string source;      ///< The file, relative to the source.
};

/// What was recognised, for people and for the record.
struct SeriesSourceLook {
  std::string kind;  ///< "CSV", "folder of 12 files"
  std::vector<std::string> columns;
  std::string time_column;
  bool has_dates = true;
  std::vector<std::string> variables, left_out;
  std::int64_t num_files = 0;
  std::int64_t num_bytes = 0;     ///< Of the files as they lie on disk.
  std::int64_t packed_bytes = 0;  ///< What the packed form will need, by the first rows.
};

/// A table with a column of times, or a folder of such tables with the same variables: each is a
/// series.
class SeriesSource {
 public:
  /// Throws UserError where there is no table, or the first of them cannot be used.
  SeriesSource(const std::filesystem::path& path, const SeriesSourceOptions& options);

  const SeriesSourceLook& look() const { return look_; }
  /// The first rows of the first series.
  Series first_rows(std::int64_t most) const;
  /// Nothing at the end. Files and rows that cannot be read are put into `skipped`. Throws
  /// UserError where the only file cannot be read.
  std::optional<SourceSeries> next(std::vector<SkippedFile>& skipped);
  std::int64_t bytes_read() const { return bytes_read_; }

 private:
  SourceSeries read(const SourceFile& file, std::vector<SkippedFile>& skipped) const;

  std::vector<SourceFile> files_;
  SeriesSourceOptions options_;
  SeriesSourceLook look_;
  std::size_t position_ = 0;
  std::int64_t bytes_read_ = 0;
};

}  // namespace pretext
