#pragma once

#include "core/corpus/column_file.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace pretext {

struct Series;

/// A row of series.ptx.
struct PackedSeriesRow {
  std::uint64_t begin = 0;  ///< Of its times, in times.ptx.
  std::uint64_t key = 0;
};

/// Writes the series of a corpus (FORMAT.md, "Packed series"), one after the other.
class PackedSeriesWriter {
 public:
  explicit PackedSeriesWriter(const std::filesystem::path& folder);

  void add(const Series& series, std::uint64_t key);
  /// Returns the digest of all of it. Throws UserError when the disk is full.
  std::string finish();

 private:
  ColumnWriter series_, times_, values_;
};

/// The series of a corpus, memory-mapped. Safe to read from many threads.
class PackedSeries {
 public:
  /// As `PackedSeriesWriter::finish` returned it.
  std::string fingerprint() const;
  /// Reads all of it. Throws UserError when something is other than when it was packed.
  void check_contents() const;

  /// Throws UserError when a file is missing or short, or the list of series damaged. The numbers
  /// themselves are not read here: a flipped bit among them is another number.
  PackedSeries(const std::filesystem::path& folder, std::size_t num_variables);

  std::int64_t size() const { return static_cast<std::int64_t>(series_.size()) - 1; }
  /// One a row, as the source has them: they may step back.
  std::span<const double> times(std::int64_t series) const;
  /// A row a time, a column a variable: `times × num_variables`. NaN where there is none.
  std::span<const double> values(std::int64_t series) const;

 private:
  std::uint64_t begin(std::int64_t series) const {
    return series_.values<PackedSeriesRow>()[static_cast<std::size_t>(series)].begin;
  }

  std::size_t num_variables_;
  ColumnFile series_, times_, values_;
};

}  // namespace pretext
