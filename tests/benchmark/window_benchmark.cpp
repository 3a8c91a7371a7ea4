// The window on a history of 10,000 runs: how long it takes to open, to filter and group the table,
// to notice a change, and to turn to another run with a curve of 100,000 readings.

#include "app/main_window.h"
#include "app/pages/run_table.h"
#include "core/store/corpus_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QSettings>

#include <benchmark/benchmark.h>
#include <optional>
#include <unistd.h>

namespace pretext {
namespace {

constexpr int kRuns = 10'000;
constexpr int kReadings = 100'000;  // Of the two newest runs.

/// A workspace with that history, made once.
std::filesystem::path history() {
  static const auto folder = [] {
    const auto path = std::filesystem::temp_directory_path() /
                      ("pretext-benchmark-" + std::to_string(::getpid()));
    Database database(path);
    CorpusRecord corpus;
    corpus.name = "c";
    corpus.mean = corpus.deviation = {0.5};
    WriteTransaction transaction(database);
    const auto id = CorpusStore(database).insert(corpus, {}, {});
    RunStore runs(database);
    for (int i = 1; i <= kRuns; ++i) {
      Experiment experiment;
      experiment.set("name", "run number " + std::to_string(i));
      experiment.set("training.learning_rate", 0.001 * (i % 100 + 1));
      const auto run = runs.insert(experiment, id);
      runs.set_status(run, i % 3 == 0 ? "failed" : "finished", "");
      MetricWriter writer(database, run, 1);
      for (const auto* key : {"train/loss", "eval/knn_accuracy"}) writer.add(key, 1, 0.0001 * i);
      for (int step = 2; i > kRuns - 2 && step <= kReadings; ++step)
        writer.add("train/loss", step, 1.0 / step);
      writer.write_pending();
    }
    transaction.commit();
    return path;
  }();
  return folder;
}

void settle() {
  QApplication::processEvents();
}

void window_opens(benchmark::State& state) {
  const auto folder = history();
  for (auto _ : state) {
    Workspace workspace(folder);
    MainWindow window(workspace, std::nullopt);
    window.goTo(MainWindow::kRuns);
    window.show();
    settle();
  }
}
BENCHMARK(window_opens)->UseRealTime()->Unit(benchmark::kMillisecond);

/// A window at its runs.
struct OpenWindow {
  OpenWindow() : workspace(history()), window(workspace, std::nullopt) {
    window.resize(1280, 720);
    window.goTo(MainWindow::kRuns);
    window.show();
    settle();
    table = window.findChild<RunTable*>();
  }
  Workspace workspace;
  MainWindow window;
  RunTable* table;
};

void table_filters(benchmark::State& state) {
  OpenWindow open;
  const QString filters[] = {QStringLiteral("number 77"), QStringLiteral("status:failed loss<0.5"),
                             QStringLiteral("training.learning_rate>=0.05"), QString()};
  const auto use = [&](std::size_t filter) {
    open.table->filterLine()->setText(filters[filter]);
    settle();
  };
  for (std::size_t filter = 0; filter < 4; ++filter) use(filter);  // Settings are parsed once.
  std::size_t next = 0;
  for (auto _ : state) use(next++ % 4);
}
BENCHMARK(table_filters)->UseRealTime()->Unit(benchmark::kMillisecond);

/// The first filter by a setting, which parses those of all runs.
void first_filter_by_a_setting(benchmark::State& state) {
  std::optional<OpenWindow> open;
  for (auto _ : state) {
    state.PauseTiming();
    open.reset();
    open.emplace();
    state.ResumeTiming();
    open->table->filterLine()->setText(QStringLiteral("training.learning_rate>=0.05"));
    settle();
  }
}
BENCHMARK(first_filter_by_a_setting)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(3);

void table_groups(benchmark::State& state) {
  OpenWindow open;
  int next = 0;
  for (auto _ : state) {
    open.table->groupingBox()->setCurrentIndex(next++ % open.table->groupingBox()->count());
    settle();
  }
  open.table->groupingBox()->setCurrentIndex(0);
}
BENCHMARK(table_groups)->UseRealTime()->Unit(benchmark::kMillisecond);

void change_is_noticed(benchmark::State& state) {
  OpenWindow open;
  for (auto _ : state) {
    open.workspace.announceChange();
    settle();
  }
}
BENCHMARK(change_is_noticed)->UseRealTime()->Unit(benchmark::kMillisecond);

void turns_to_another_run(benchmark::State& state) {
  OpenWindow open;
  std::int64_t run = kRuns;
  for (auto _ : state) {
    open.table->select(run);
    settle();
    run = run == kRuns ? kRuns - 1 : kRuns;
  }
}
BENCHMARK(turns_to_another_run)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pretext

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                     QString::fromStdString((pretext::history() / "settings").string()));
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::filesystem::remove_all(pretext::history());
}
