// A SimCLR step with its data: on the CPU a ResNet-18 of width 16 at 28 px, on a GPU, where there
// is one, the whole ResNet-18 at 32 px in bfloat16. Batch 256, small stem.

#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <benchmark/benchmark.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

constexpr int kBatch = 256;

void simclr_step(benchmark::State& state, const char* device, const char* width, const char* size) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const auto source = draw_sample_images(4000, 1);
  const Corpus corpus(database, ingest_images(database, {source.get()}, {.name = "drawn"}));
  Experiment experiment;
  experiment.set_text("corpus", "drawn");
  experiment.set_text("device", device);
  experiment.set_text("encoder.width", width);
  experiment.set_text("encoder.stem", "small");
  experiment.set("training.batch_size", std::int64_t{kBatch});
  experiment.set_text("views.size", size);
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
  state.SetItemsProcessed(state.iterations() * kBatch);
}

}  // namespace
}  // namespace pretext

int main(int count, char** arguments) {
  const auto add = [](const char* name, auto... settings) {
    return benchmark::RegisterBenchmark(name, pretext::simclr_step, settings...)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("simclr_step/cpu", "cpu", "16", "28")->Iterations(8);
  if (pretext::choose_device("auto").is_cuda())
    add("simclr_step/gpu", "cuda:0", "64", "32")->Iterations(200);
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
}
