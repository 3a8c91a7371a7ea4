// The store: metrics written, a curve's tail read, the table of 1,000 runs.

#include "core/base/format.h"
#include "core/store/corpus_store.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"

#include <benchmark/benchmark.h>
#include <unistd.h>

namespace pretext {
namespace {

/// A workspace with one corpus, gone with the object.
class Workspace {
 public:
  Workspace()
      : folder_(std::filesystem::temp_directory_path() /
                ("pretext-benchmark-" + std::to_string(::getpid()))),
        database_(folder_) {
    CorpusRecord corpus;
    corpus.name = "c";
    WriteTransaction transaction(database_);
    corpus_ = CorpusStore(database_).insert(corpus, {}, {});
    transaction.commit();
  }
  ~Workspace() { std::filesystem::remove_all(folder_); }

  Database& database() { return database_; }
  std::int64_t submit() { return JobStore(database_).submit_run(Experiment(), corpus_); }

 private:
  std::filesystem::path folder_;
  Database database_;
  std::int64_t corpus_ = 0;
};

void metrics_written(benchmark::State& state) {
  Workspace workspace;
  MetricWriter writer(workspace.database(), workspace.submit(), 1);
  std::int64_t step = 0;
  for (auto _ : state) {
    for (int i = 0; i < 1000; ++i) {
      ++step;
      writer.add("train/loss", step, 1.0 / static_cast<double>(step));
    }
    writer.flush();
  }
  state.SetItemsProcessed(step);
}
BENCHMARK(metrics_written)->UseRealTime()->Unit(benchmark::kMillisecond);

void tail_of_a_curve(benchmark::State& state) {
  Workspace workspace;
  const auto run = workspace.submit();
  MetricWriter writer(workspace.database(), run, 1);
  for (int step = 1; step <= 200'000; ++step) writer.add("train/loss", step, 1.0);
  writer.flush();
  MetricStore metrics(workspace.database());
  for (auto _ : state) benchmark::DoNotOptimize(metrics.curve(run, "train/loss", 199'900));
}
BENCHMARK(tail_of_a_curve)->UseRealTime()->Unit(benchmark::kMicrosecond);

void table_of_1000_runs(benchmark::State& state) {
  Workspace workspace;
  for (int i = 0; i < 1000; ++i) {
    MetricWriter writer(workspace.database(), workspace.submit(), 1);
    for (const auto* key : {"train/loss", "eval/knn_accuracy", "train/top1"}) writer.add(key, 1, 1);
    writer.flush();
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(RunStore(workspace.database()).list());
    benchmark::DoNotOptimize(MetricStore(workspace.database()).latest_of_all("train/loss"));
    benchmark::DoNotOptimize(MetricStore(workspace.database()).latest_of_all("eval/knn_accuracy"));
  }
}
BENCHMARK(table_of_1000_runs)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pretext

BENCHMARK_MAIN();
