#include "core/corpus/packed_series.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/corpus/series_table.h"

#include <algorithm>

namespace pretext {

namespace fs = std::filesystem;

PackedSeriesWriter::PackedSeriesWriter(const fs::path& folder)
    : series_(folder / "series.ptx", sizeof(PackedSeriesRow)),
      times_(folder / "times.ptx", sizeof(double)),
      values_(folder / "values.ptx", sizeof(double)) {}

void PackedSeriesWriter::add(const Series& series, std::uint64_t key) {
  series_.push(PackedSeriesRow{times_.size(), key});
  times_.append(std::span<const double>(series.times));
  values_.append(std::span<const double>(series.values));
}

std::string PackedSeriesWriter::finish() {
  series_.push(PackedSeriesRow{times_.size(), 0});
  const auto digests = series_.finish() + times_.finish() + values_.finish();
  return content_digest(std::as_bytes(std::span(digests)));
}

PackedSeries::PackedSeries(const fs::path& folder, std::size_t num_variables)
    : num_variables_(num_variables),
      series_(folder / "series.ptx", sizeof(PackedSeriesRow)),
      times_(folder / "times.ptx", sizeof(double)),
      values_(folder / "values.ptx", sizeof(double)) {
  series_.check();
  const auto rows = series_.values<PackedSeriesRow>();
  const bool is_whole =
      !rows.empty() && std::ranges::is_sorted(rows, {}, &PackedSeriesRow::begin) &&
      rows.back().begin == times_.size() && num_variables > 0 &&
      values_.size() % num_variables == 0 && values_.size() / num_variables == times_.size();
  if (is_whole) return;
  throw UserError("The packed series in " + folder.string() +
                  " are damaged: restore them, or ingest the corpus again.");
}

std::string PackedSeries::fingerprint() const {
  const auto digests = series_.digest() + times_.digest() + values_.digest();
  return content_digest(std::as_bytes(std::span(digests)));
}

void PackedSeries::check_contents() const {
  for (const auto* column : {&series_, &times_, &values_}) column->check();
}

std::span<const double> PackedSeries::times(std::int64_t series) const {
  return times_.values<double>().subspan(begin(series), begin(series + 1) - begin(series));
}

std::span<const double> PackedSeries::values(std::int64_t series) const {
  return values_.values<double>().subspan(begin(series) * num_variables_,
                                          (begin(series + 1) - begin(series)) * num_variables_);
}

}  // namespace pretext
