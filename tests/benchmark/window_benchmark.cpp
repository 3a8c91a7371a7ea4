// The window on a history of 10,000 runs: how long it takes to open, to filter and group the table,
// to notice a change, to turn to another run with a curve of 100,000 readings, and to move over one
// of a million, or a series of a million rows. With PRETEXT_READINGS=1000 each run has so many of
// ten metrics: 100 million in all, 5 GB in the folder for temporary files.

#include "app/main_window.h"
#include "app/pages/run_table.h"
#include "app/pages/stored_curve.h"
#include "core/corpus/series_table.h"
#include "core/store/corpus_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "widgets/metric_chart.h"
#include "widgets/series_chart.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QSettings>
#include <qcustomplot.h>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <optional>
#include <unistd.h>
#include <vector>

#include "tests/unit/bare_corpus.h"

namespace pretext {
namespace {

constexpr int kRuns = 10'000;
constexpr int kReadings = 100'000;        // Of the two newest runs.
constexpr int kManyReadings = 1'000'000;  // Of the first.
constexpr int kKeys = 10;

/// Readings 2 to `last` of ten metrics for each run, as engines leave them, without their time; in
/// the order of the tables' keys, and without what guards against a power cut.
void fill(Database& database, int last) {
  auto& connection = database.connection();
  connection.exec("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
  WriteTransaction transaction(database);
  for (int key = 0; key < kKeys; ++key)
    connection.exec("INSERT INTO metric_keys (key) VALUES ('train/filler" + std::to_string(key) +
                    "')");
  transaction.commit();
  const auto numbers = [](int first, int end) {
    return "WITH RECURSIVE s(n) AS (SELECT " + std::to_string(first) +
           " UNION ALL SELECT n + 1 FROM s WHERE n < " + std::to_string(end) + ") ";
  };
  constexpr int kAtOnce = 500;
  for (int first = 1; first <= kRuns; first += kAtOnce) {
    const auto pairs =
        " FROM runs r CROSS JOIN metric_keys k CROSS JOIN s WHERE k.key LIKE 'train/filler%' "
        "AND r.id BETWEEN " +
        std::to_string(first) + " AND " + std::to_string(first + kAtOnce - 1);
    WriteTransaction some(database);
    connection.exec(numbers(2, last) +
                    "INSERT INTO metrics SELECT r.id, k.id, s.n, 1, s.n, "
                    "abs(random() % 1000) / 1000.0" +
                    pairs);
    connection.exec(
        numbers(0, last / 256) +
        "INSERT INTO metric_buckets SELECT r.id, k.id, s.n, 256, 128.0, 0.0, 256 * s.n + 2, "
        "0, 0.999, 256 * s.n + 9, 0, NULL, NULL" +
        pairs);
    connection.exec(numbers(0, 0) + "INSERT INTO metric_latest SELECT r.id, k.id, " +
                    std::to_string(last) + ", 0.5, 0.0, 0.999" + pairs);
    some.commit();
  }
  connection.exec("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
}

/// A workspace with that history, made once.
std::filesystem::path history() {
  static const auto folder = [] {
    const auto path = std::filesystem::temp_directory_path() /
                      ("pretext-benchmark-" + std::to_string(::getpid()));
    Database database(path);
    const auto id = insert_bare_corpus(database);
    WriteTransaction transaction(database);
    RunStore runs(database);
    for (int i = 1; i <= kRuns; ++i) {
      Experiment experiment;
      experiment.set("name", "run number " + std::to_string(i));
      experiment.set("training.learning_rate", 0.001 * (i % 100 + 1));
      const auto run = runs.insert(experiment, id);
      runs.set_status(run, i % 3 == 0 ? "failed" : "finished", "");
      MetricWriter writer(database, run, 1);
      for (const auto* key : {"train/loss", "eval/knn_accuracy"}) writer.add(key, 1, 0.0001 * i);
      const int last = i > kRuns - 2 ? kReadings : i == 1 ? kManyReadings : 1;
      for (int step = 2; step <= last; ++step) writer.add("train/loss", step, 1.0 / step);
      writer.write_pending();
    }
    transaction.commit();
    if (const char* readings = std::getenv("PRETEXT_READINGS")) fill(database, std::atoi(readings));
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

/// What a frame takes that moves an axis by a 50th of its width, back and forth; counters are
/// percentiles in milliseconds.
void time_moves(benchmark::State& state, QCustomPlot& plot, QCPAxis& axis) {
  std::vector<double> frames;
  double way = 1.0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    axis.moveRange(way * 0.02 * axis.range().size());
    settle();  // Reads what comes into view.
    plot.replot(QCustomPlot::rpImmediateRefresh);
    frames.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
    if (frames.size() % 25 == 0) way = -way;
  }
  std::ranges::sort(frames);
  const auto at = [&](double rank) {
    return frames[static_cast<std::size_t>(rank * static_cast<double>(frames.size() - 1))];
  };
  state.counters["p50_ms"] = at(0.5);
  state.counters["p95_ms"] = at(0.95);
  state.counters["p100_ms"] = at(1.0);
}

/// While a person moves over a curve of a million readings. `share`: of the curve in view.
void moves_over_a_million(benchmark::State& state, double share) {
  Workspace workspace(history());
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.resize(900, 400);
  chart.show();
  followCurve(chart, chart.addCurve(QStringLiteral("run"), Qt::blue), workspace.database(), 1,
              "train/loss");
  settle();
  auto* plot = chart.findChild<QCustomPlot*>();
  plot->xAxis->setRange(0.3 * kManyReadings, (0.3 + share) * kManyReadings);
  settle();
  time_moves(state, *plot, *plot->xAxis);
}
BENCHMARK_CAPTURE(moves_over_a_million, whole, 0.5)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(moves_over_a_million, detail, 0.008)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// While a person moves over a series of a million rows of six variables.
void moves_over_a_series(benchmark::State& state, double share) {
  constexpr int kVariables = 6;
  const auto series = std::make_shared<Series>();
  for (int row = 0; row < kManyReadings; ++row) {
    series->times.push_back(60'000.0 * row);
    for (int i = 0; i < kVariables; ++i)
      series->values.push_back(std::sin(1e-4 * (i + 1) * row) + std::sin(7.0 * row));
  }
  SeriesChart chart;
  chart.resize(900, 400);
  chart.show({.variables = {"a", "b", "c", "d", "e", "f"},
              .times = series->times,
              .values = series->values,
              .owner = series});
  chart.QWidget::show();
  settle();
  auto* plot = chart.findChild<QCustomPlot*>();
  auto* axis = plot->axisRect(0)->axis(QCPAxis::atBottom);
  const double last = 60.0 * kManyReadings;  // Seconds.
  axis->setRange(0.3 * last, (0.3 + share) * last);
  settle();
  time_moves(state, *plot, *axis);
}
BENCHMARK_CAPTURE(moves_over_a_series, whole, 0.5)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(moves_over_a_series, detail, 0.001)->UseRealTime()->Unit(benchmark::kMillisecond);

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
