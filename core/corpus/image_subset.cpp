#include "core/corpus/image_subset.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/corpus/image_statistics.h"

#include <algorithm>
#include <unordered_map>

namespace pretext {
namespace {

constexpr std::int64_t kBlock = 512;  // Pictures between two reports.

}  // namespace

CorpusRecord leave_out_images(Database& database, const Corpus& whole,
                              const std::set<std::int64_t>& left_out, const std::string& name,
                              const IngestObserver& observe, const std::stop_token& stop) {
  if (std::ssize(left_out) >= whole.size())
    throw UserError("No image of \"" + whole.record().name + "\" would be left: leave out fewer.");
  UnfinishedCorpus unfinished(database, {.name = name, .source = whole.record().source}, "images");
  PackedImageWriter writer(unfinished.folder() / "images.ptx");
  ImageStatistics statistics;
  CorpusRecord corpus;
  std::vector<SampleRecord> kept;
  std::vector<SkippedFile> skipped;
  std::unordered_map<std::uint64_t, std::int64_t> num_seen;
  const Stopwatch watch;
  auto samples = CorpusStore(database).samples(whole.record().id);
  const auto count = std::ssize(samples);
  for (std::int64_t position = 0; position < count; ++position) {
    auto& sample = samples[static_cast<std::size_t>(position)];
    if (position % kBlock == 0) {
      if (stop.stop_requested()) throw UserError("The copy was stopped; nothing was kept.");
      const auto done = std::max<std::int64_t>(1, position);
      if (observe)
        observe({position, count, std::ssize(skipped),
                 watch.seconds() / static_cast<double>(done) * static_cast<double>(count - done)});
    }
    if (left_out.contains(position)) {
      skipped.push_back({sample.source, "left out of \"" + whole.record().name + "\""});
      continue;
    }
    const auto image = whole.images().image(position);
    writer.add(image, sample.key);
    statistics.add(image);
    sample.duplicate_rank = num_seen[sample.key]++;
    if (sample.duplicate_rank > 0) ++corpus.num_duplicates;
    kept.push_back(std::move(sample));
  }
  statistics.describe(corpus);
  corpus.classes = CorpusStore(database).get(whole.record().id).classes;  // As of the samples.
  corpus.fingerprint = writer.finish();
  unfinished.commit(corpus, sample_rows(kept), skipped);
  return corpus;
}

}  // namespace pretext
