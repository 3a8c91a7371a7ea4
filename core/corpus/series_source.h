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
  ClassFolders classes = ClassFolders::kFirst;
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
  std::string kind;   ///< "table", "folder of 12 tables"
  std::string first;  ///< The file that says which variables there are, relative to the source.
  std::vector<std::string> columns;
  std::string time_column;
  bool has_dates = true;
  std::vector<std::string> variables, left_out;
  std::int64_t num_files = 0;
  std::int64_t num_bytes = 0;     ///< Of the files as they lie on disk.
  std::int64_t packed_bytes = 0;  ///< What the packed form will need, by the first rows.
  SourceFindings findings;
};

/// A table with a column of times, or a folder of such tables: each is a series. The first that can
/// be used says which variables there are; the others have to have these.
class SeriesSource {
 public:
  /// Throws UserError where there is no table, or none that can be used.
  SeriesSource(const std::filesystem::path& path, const SeriesSourceOptions& options);

  const SeriesSourceLook& look() const { return look_; }
  /// The first rows of the first series that can be used.
  Series first_rows(std::int64_t most) const;
  /// Nothing at the end. Files and rows that cannot be read are put into `skipped`; of rows the
  /// first thousand. Throws UserError where the only file cannot be read, and what `progress` does.
  std::optional<SourceSeries> next(std::vector<SkippedFile>& skipped,
                                   const SeriesTable::Progress& progress = {});

 private:
  SeriesTable open(const SourceFile& file) const;
  SourceSeries read(const SourceFile& file, std::vector<SkippedFile>& skipped,
                    const SeriesTable::Progress& progress);

  std::vector<SourceFile> files_;
  SeriesSourceOptions options_;
  SeriesSourceLook look_;
  std::size_t pattern_ = 0;  // The file that says which variables there are.
  std::size_t position_ = 0;
  std::size_t num_slips_ = 0;     // Rows put into `skipped`.
  std::int64_t num_unnamed_ = 0;  // Files whose rows no longer were.
  std::int64_t bytes_done_ = 0;
};

/// The columns of the first table of a source, for a choice among them; none where there is none.
std::vector<std::string> series_columns(const std::filesystem::path& path);

/// It is a table of times and numbers without texts of several words, or a folder of which most
/// files are tables, most of them such: it is meant as series.
bool looks_like_series(const std::filesystem::path& path);

}  // namespace pretext
