#include "app/sample_ingest.h"

#include "core/corpus/sample_drawing.h"
#include "core/corpus/sample_text.h"
#include "core/corpus/text_ingest.h"

namespace pretext {
namespace {

constexpr const char* kCorpusName = "drawn-objects";
constexpr std::int64_t kNumTraining = 6000;
constexpr std::int64_t kNumTest = 1200;
constexpr const char* kTextName = "letters";
constexpr std::int64_t kNumLabelled = 160;  // Twenty a class, less what validation takes.

}  // namespace

CorpusRecord sampleCorpus(Database& database, const IngestObserver& observe,
                          const std::stop_token& stop) {
  if (const auto corpus = CorpusStore(database).find(kCorpusName)) return *corpus;
  const auto training = draw_sample_images(kNumTraining, 1);
  const auto test = draw_sample_images(kNumTest, 2, "test");
  return ingest_images(database, {training.get(), test.get()},
                       {.name = kCorpusName, .source = "drawn by Pretext"}, observe, stop);
}

CorpusRecord sampleText(Database& database, const IngestObserver& observe,
                        const std::stop_token& stop) {
  if (const auto corpus = CorpusStore(database).find(kTextName)) return *corpus;
  const auto training =
      write_sample_text({.num_documents = kNumTraining, .num_labelled = kNumLabelled, .seed = 1});
  const auto test = write_sample_text(
      {.num_documents = kNumTest, .num_labelled = kNumTest, .seed = 2, .split = "test"});
  return ingest_text(database, *training, test.get(),
                     {.name = kTextName, .source = "written by Pretext"}, {.vocabulary_size = 1000},
                     observe, stop);
}

}  // namespace pretext
