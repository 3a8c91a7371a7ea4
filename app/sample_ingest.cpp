#include "app/sample_ingest.h"

#include "core/corpus/sample_drawing.h"

namespace pretext {
namespace {

constexpr const char* kCorpusName = "drawn-objects";
constexpr std::int64_t kNumTraining = 6000;
constexpr std::int64_t kNumTest = 1200;

}  // namespace

CorpusRecord sampleCorpus(Database& database, const IngestObserver& observe,
                          const std::stop_token& stop) {
  if (const auto corpus = CorpusStore(database).find(kCorpusName)) return *corpus;
  const auto training = draw_sample_images(kNumTraining, 1);
  const auto test = draw_sample_images(kNumTest, 2, "test");
  return ingest_images(database, {training.get(), test.get()},
                       {.name = kCorpusName, .source = "drawn by Pretext"}, observe, stop);
}

}  // namespace pretext
