// The window's memory over a long time of use: `benchmark_soak 60` turns from page to page for 60
// minutes while a run logs, moves sliders, chooses runs, points and metrics, opens the palette and
// the help, and prints each minute what memory the process has.

#include "app/main_window.h"
#include "app/pages/run_table.h"
#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/command_palette.h"
#include "widgets/embedding_scatter.h"
#include "widgets/help_view.h"

#include <QApplication>
#include <QComboBox>
#include <QSettings>
#include <QSlider>
#include <QtTest>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <unistd.h>

namespace pretext {
namespace {

constexpr int kRuns = 12;
constexpr int kKeys = 12;
constexpr int kReadings = 5'000;  // Of each key at the start.

/// A corpus and runs on it with curves and embeddings.
void furnish(const std::filesystem::path& folder) {
  Database database(folder);
  const auto source = draw_sample_images(600, 1);
  const auto corpus = ingest_images(database, {source.get()}, {.name = "drawn"});
  std::mt19937 draw(1);
  std::normal_distribution<float> normal;
  for (int i = 0; i < kRuns; ++i) {
    Experiment experiment;
    experiment.set("corpus", std::string("drawn"));
    experiment.set("name", "run " + std::to_string(i));
    experiment.set("training.learning_rate", 0.01 * (i + 1));
    const auto run = JobStore(database).submit_run(experiment, corpus.id);
    experiment.set("views.size", std::int64_t{32});
    RunStore runs(database);
    runs.set_resolved(run, experiment.to_json(), kReadings, "cpu", "{}");
    WriteTransaction transaction(database);
    runs.set_progress(run, kReadings, 10, 1.0, 100.0);
    const auto checkpoint = runs.add_checkpoint(
        {.run_id = run, .step = kReadings, .epoch = 1, .path = "none", .sha256 = ""}, 1);
    MetricWriter writer(database, run, 1);
    for (int key = 0; key < kKeys; ++key)
      for (int step = 1; step <= kReadings; ++step)
        writer.add("train/key" + std::to_string(key), step, normal(draw) + 1.0 / step);
    writer.write_pending();
    transaction.commit();
    JobStore(database).control(run, RunCommand::kStop);
    Projection projection{.method = "pca", .step = kReadings, .positions = {}, .coordinates = {}};
    Embeddings embeddings{
        .checkpoint_id = checkpoint, .dimensions = 64, .positions = {}, .rows = {}};
    for (int sample = 0; sample < 500; ++sample) {
      projection.positions.push_back(sample);
      embeddings.positions.push_back(sample);
      for (int d = 0; d < 64; ++d) embeddings.rows.push_back(normal(draw));
      for (int d = 0; d < 2; ++d) projection.coordinates.push_back(normal(draw));
    }
    ProjectionStore(database).add(run, projection);
    ResultStore(database).set_embeddings(run, corpus.id, embeddings);
  }
}

double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  long all = 0, resident = 0;
  statm >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

/// A person in a hurry: each call does one thing on the page that is open, or turns to the next.
class Person {
 public:
  explicit Person(MainWindow& window) : window_(window) {}

  void act() {
    const int what = static_cast<int>(draw_() % 8);
    if (what == 0) window_.goTo(static_cast<MainWindow::Page>(draw_() % 5));
    if (what == 1)
      if (auto* table = window_.findChild<RunTable*>())
        table->select(1 + static_cast<std::int64_t>(draw_() % kRuns));
    if (what == 2)
      choose<QSlider>([&](QSlider& slider) {
        slider.setValue(slider.minimum() +
                        static_cast<int>(draw_() % static_cast<unsigned>(1 + slider.maximum() -
                                                                         slider.minimum())));
      });
    if (what == 3)
      choose<QComboBox>([&](QComboBox& box) {
        if (box.count() == 0 || box.isEditable()) return;
        box.setCurrentIndex(static_cast<int>(draw_() % static_cast<unsigned>(box.count())));
        Q_EMIT box.activated(box.currentIndex());
      });
    if (what == 4)
      choose<EmbeddingScatter>([&](EmbeddingScatter& scatter) {
        QTest::mouseClick(&scatter, Qt::LeftButton, {},
                          QPoint(static_cast<int>(draw_() % 600), static_cast<int>(draw_() % 400)));
      });
    if (what == 5)
      if (auto* action = window_.findChild<QAction*>("palette")) {
        action->trigger();
        window_.findChild<CommandPalette*>()->close();
      }
    if (what == 6)
      if (auto* action = window_.findChild<QAction*>("pageHelp")) {
        action->trigger();
        window_.findChild<HelpView*>()->close();
      }
  }

 private:
  template <typename Widget, typename Act>
  void choose(const Act& act) {
    QList<Widget*> visible;
    for (auto* widget : window_.findChildren<Widget*>())
      if (widget->isVisible() && widget->isEnabled()) visible << widget;
    if (!visible.isEmpty())
      act(*visible[static_cast<int>(draw_() % static_cast<unsigned>(visible.size()))]);
  }

  MainWindow& window_;
  std::mt19937 draw_{7};
};

void use(const std::filesystem::path& folder, double minutes) {
  Workspace workspace(folder);
  MainWindow window(workspace, std::nullopt);
  window.resize(1280, 720);
  window.show();
  Database engine(folder);  // Logs as one does.
  MetricWriter writer(engine, 1, 1);
  Person person(window);
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / 60.0;
  };
  std::printf("minute,actions,MB\n");
  std::int64_t step = kReadings, actions = 0;
  for (int told = 0; elapsed() < minutes; ++actions) {
    person.act();
    if (actions % 10 == 0) {
      for (int key = 0; key < kKeys; ++key)
        writer.add("train/key" + std::to_string(key), step + 1, 1.0);
      ++step;
      writer.flush();
    }
    QTest::qWait(40);
    if (elapsed() < told) continue;
    std::printf("%d,%lld,%.1f\n", told++, static_cast<long long>(actions), resident_mb());
    std::fflush(stdout);
  }
}

}  // namespace
}  // namespace pretext

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  const auto folder =
      std::filesystem::temp_directory_path() / ("pretext-soak-" + std::to_string(::getpid()));
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                     QString::fromStdString((folder / "settings").string()));
  pretext::furnish(folder);
  pretext::use(folder, argc > 1 ? std::stod(argv[1]) : 60.0);
  std::filesystem::remove_all(folder);
}
