#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <benchmark/benchmark.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// One SimCLR step with its data: ResNet-18 of width 16, small stem, 28 px, batch 256.
void simclr_step(benchmark::State& state) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const auto source = draw_sample_images(2000, 1);
  const Corpus corpus(database, ingest_images(database, {source.get()}, {.name = "drawn"}));
  Experiment experiment;
  experiment.set_text("corpus", "drawn");
  experiment.set_text("device", "cpu");
  experiment.set_text("encoder.width", "16");
  experiment.set_text("encoder.stem", "small");
  experiment.set_text("training.batch_size", "256");
  experiment.set_text("views.size", "28");
  Trainer trainer(resolve(experiment, corpus), corpus);
  for (int i = 0; i < 3; ++i) trainer.step();
  std::map<std::string, double> seconds;
  for (auto _ : state) {
    for (const auto& [key, value] : trainer.step()) {
      if (key.starts_with("time/")) seconds[key] += value;
    }
  }
  for (const auto& [key, value] : seconds) {
    state.counters[key] = value / static_cast<double>(state.iterations());
  }
}
BENCHMARK(simclr_step)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(8);

}  // namespace
}  // namespace pretext

BENCHMARK_MAIN();
