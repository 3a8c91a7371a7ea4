#include "core/corpus/series_ingest.h"

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/statistics.h"
#include "core/corpus/corpus_notes.h"
#include "core/corpus/packed_series.h"
#include "core/corpus/source_look.h"
#include "core/store/json_column.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace pretext {
namespace {

using nlohmann::json;

std::uint64_t key_of(const Series& series) {
  const std::uint64_t parts[] = {content_key(std::as_bytes(std::span(series.times))),
                                 content_key(std::as_bytes(std::span(series.values)))};
  return content_key(std::as_bytes(std::span(parts)));
}

/// Thrown through a source, which lists what else it meets as skipped.
struct Stopped : std::exception {};

class SeriesPacker {
 public:
  SeriesPacker(const std::filesystem::path& folder, const SeriesSourceLook& look,
               double validation_share, std::int64_t num_bytes, const IngestObserver& observe,
               std::stop_token stop)
      : writer_(folder),
        training_(look.variables.size()),
        by_content_(look.variables.size()),
        validation_share_(validation_share),
        num_bytes_(num_bytes),
        observe_(observe),
        stop_(std::move(stop)) {
    details.kind = look.kind;
    details.time_column = look.time_column;
    details.has_dates = look.has_dates;
    details.variables = look.variables;
    details.left_out = look.left_out;
  }

  void take(SeriesSource& source, bool is_test) {
    const auto follow = [this](std::int64_t bytes) {
      if (stop_.stop_requested()) throw Stopped();
      report(bytes_before_ + bytes);
    };
    while (auto read = source.next(skipped, follow)) {
      if (is_test) read->split = "test";
      keep(*read);
    }
    bytes_before_ += source.look().num_bytes;
    const auto& found = source.look().findings;
    for (const auto* list : {&found.unlisted, &found.skipped})
      skipped.insert(skipped.end(), list->begin(), list->end());
    details.notes.insert(details.notes.end(), found.notes.begin(), found.notes.end());
  }

  /// Writes what is pending and fills what the record has of it.
  void finish(CorpusRecord& corpus) {
    corpus.fingerprint = writer_.finish();
    corpus.classes = ordered_classes(class_names_);
    std::erase(corpus.classes, "");
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (class_names_[i].empty()) continue;
      samples[i].label =
          std::ranges::find(corpus.classes, class_names_[i]) - corpus.classes.begin();
    }
    const bool has_training =
        std::ranges::find(samples, "train", &SampleRecord::split) != samples.end();
    for (const auto position : of_content_)  // Without these nothing would be left to train on.
      if (!has_training) samples[position].split = "train";
    corpus.channels = static_cast<int>(training_.size());
    for (const auto& moments : has_training ? training_ : by_content_) {
      corpus.mean.push_back(moments.mean());
      corpus.deviation.push_back(moments.deviation());
    }
    corpus.num_duplicates = num_duplicates_;
    for (auto& note : part_notes(sample_rows(samples), corpus.classes))
      details.notes.push_back(std::move(note));
    corpus.details = details.to_json();
  }

  SeriesDetails details;
  std::vector<SampleRecord> samples;
  std::vector<SkippedFile> skipped;

 private:
  void keep(const SourceSeries& read) {
    SampleRecord sample;
    sample.key = key_of(read.series);
    sample.duplicate_rank = num_seen_[sample.key]++;
    num_duplicates_ += sample.duplicate_rank > 0;
    sample.source = read.source;
    const bool is_of_content = read.split.empty() && is_validation(sample.key, validation_share_);
    sample.split = is_of_content ? "validation" : read.split.empty() ? "train" : read.split;
    if (is_of_content) of_content_.push_back(samples.size());
    const auto& [times, values] = read.series;
    details.num_points += std::ssize(times);
    details.num_missing +=
        std::ranges::count_if(values, [](double value) { return std::isnan(value); });
    for (std::size_t i = 1; i < times.size(); ++i)
      details.num_back_steps += times[i] < times[i - 1];
    auto* moments = is_of_content ? &by_content_ : sample.split == "train" ? &training_ : nullptr;
    for (std::size_t i = 0; moments && i < values.size(); ++i)
      if (!std::isnan(values[i])) (*moments)[i % moments->size()].add(values[i]);
    writer_.add(read.series, sample.key);
    samples.push_back(sample);
    class_names_.push_back(read.class_name);
  }

  void report(std::int64_t bytes) const {
    if (!observe_ || bytes == 0) return;
    const double share = static_cast<double>(bytes) / static_cast<double>(num_bytes_);
    observe_({bytes, num_bytes_, std::ssize(skipped), watch_.seconds() * (1.0 / share - 1.0)});
  }

  PackedSeriesWriter writer_;
  std::vector<Moments> training_, by_content_;  // Of each variable.
  std::vector<std::size_t> of_content_;         // Samples in validation by their content alone.
  double validation_share_;
  std::int64_t num_bytes_;
  std::int64_t bytes_before_ = 0;
  const IngestObserver& observe_;
  std::stop_token stop_;
  Stopwatch watch_;
  std::unordered_map<std::uint64_t, std::int64_t> num_seen_;
  std::int64_t num_duplicates_ = 0;
  std::vector<std::string> class_names_;  // Of each sample; empty: none.
};

void require_same_variables(const SeriesSourceLook& own, const SeriesSourceLook& test) {
  if (own.variables == test.variables && own.has_dates == test.has_dates) return;
  throw UserError(
      "The test part has other variables, or times of another form, than what is to be "
      "trained on: give one with the same columns.");
}

}  // namespace

std::string SeriesDetails::to_json() const {
  json document{{"source_kind", kind},    {"time_column", time_column},  {"dates", has_dates},
                {"variables", variables}, {"left_out", left_out},        {"points", num_points},
                {"missing", num_missing}, {"back_steps", num_back_steps}};
  if (!notes.empty()) document["notes"] = notes;
  return document.dump();
}

namespace {

SeriesDetails details_of(const json& document) {
  SeriesDetails details;
  details.kind = document.value("source_kind", std::string());
  details.time_column = document.value("time_column", std::string());
  details.has_dates = document.value("dates", true);
  details.variables = document.value("variables", std::vector<std::string>());
  details.left_out = document.value("left_out", std::vector<std::string>());
  details.num_points = document.value("points", std::int64_t{0});
  details.num_missing = document.value("missing", std::int64_t{0});
  details.num_back_steps = document.value("back_steps", std::int64_t{0});
  details.notes = document.value("notes", std::vector<std::string>());
  return details;
}

}  // namespace

SeriesDetails SeriesDetails::from_json(const std::string& text) {
  return json_column_or_none(text, details_of);
}

CorpusRecord ingest_series(Database& database, SeriesSource& source, SeriesSource* test,
                           const IngestOptions& options, const IngestObserver& observe,
                           std::stop_token stop) {
  if (test) require_same_variables(source.look(), test->look());
  UnfinishedCorpus unfinished(database, options, "series");
  for (const auto* part : {&source, test})
    if (part && options.update) require_whole(part->look().findings);
  const auto num_bytes = source.look().num_bytes + (test ? test->look().num_bytes : 0);
  SeriesPacker packer(unfinished.folder(), source.look(), options.validation_share, num_bytes,
                      observe, std::move(stop));
  try {
    packer.take(source, false);
    if (test) packer.take(*test, true);
  } catch (const Stopped&) {
    throw UserError("Ingest was stopped; nothing was kept.");
  }
  if (packer.samples.empty()) {
    const auto& first = packer.skipped.front();
    throw UserError("There is no series in " + options.source + " (" + first.path + ": " +
                    first.reason + "): choose a source with some.");
  }
  CorpusRecord corpus;
  packer.finish(corpus);
  unfinished.commit(corpus, sample_rows(packer.samples), packer.skipped);
  return corpus;
}

}  // namespace pretext
