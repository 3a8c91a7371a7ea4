#pragma once

#include "core/corpus/series_source.h"
#include "core/corpus/unfinished_corpus.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace pretext {

/// What `CorpusRecord::details` says of a corpus of series.
struct SeriesDetails {
  std::string kind;  ///< Of the source, for people.
  std::string time_column;
  bool has_dates = true;  ///< Times are UTC milliseconds since 1970; else numbers as they are.
  std::vector<std::string> variables, left_out;
  std::int64_t num_points = 0;      ///< Rows of all series.
  std::int64_t num_missing = 0;     ///< Values that are not there.
  std::int64_t num_back_steps = 0;  ///< Times before the one above them.
  std::vector<std::string> notes;   ///< As `corpus_notes` tells them.

  std::string to_json() const;
  static SeriesDetails from_json(const std::string& text);
};

/// Reads a source of series whole into the workspace, a series at a time in memory: packs, splits
/// by content (where that leaves none to train on, all that have no part of their own are to be
/// trained on), counts exact duplicates, records it all in one transaction at the end. The record's
/// mean and deviation are those of each variable in the training part, without what is missing.
///
/// A stop, a failure or a kill leaves no corpus behind. Throws UserError when the name is taken, no
/// series could be read, or the disk is full; and when it was stopped.
CorpusRecord ingest_series(Database& database, SeriesSource& source, SeriesSource* test,
                           const IngestOptions& options, const IngestObserver& observe = {},
                           std::stop_token stop = {});

}  // namespace pretext
