// From the first start to a report, by clicks and keys, with engines at work.

#include "app/main_window.h"
#include "core/store/corpus_store.h"
#include "core/store/labelling_store.h"
#include "widgets/embedding_scatter.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/gestures.h"
#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

constexpr int kPatience = 90'000;  // ms; an engine loads LibTorch first.

class WholeWayTest : public WindowFixture {
 protected:
  /// Twenty pictures of each of two kinds, in folders that name them.
  std::filesystem::path leavePictures() {
    const auto source = folder.path() / "pictures";
    for (const auto* kind : {"bright", "dark"}) {
      std::filesystem::create_directories(source / kind);
      for (int i = 0; i < 20; ++i) {
        QImage picture(16, 16, QImage::Format_RGB888);
        picture.fill(kind[0] == 'b' ? QColor(200 + i, 250 - i, 220) : QColor(20 + i, 60 - i, 30));
        picture.setPixelColor(i % 16, i / 2, Qt::red);
        const auto file = source / kind / (std::to_string(i) + ".png");
        picture.save(QString::fromStdString(file.string()));
      }
    }
    return source;
  }

  void click(const QString& name) {
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
          auto* button = named<QAbstractButton>(*window, name);
          return button && button->isEnabled();
        },
        10'000))
        << name.toStdString();
    QTest::mouseClick(named<QAbstractButton>(*window, name), Qt::LeftButton);
  }
  /// Clicks on what opens a file dialog, and writes a path into it.
  void clickAndChoose(const QString& name, const std::filesystem::path& path) {
    const FileDialogAnswer answer(QString::fromStdString(path.string()));
    click(name);
  }
  void type(const QString& name, const QString& text) {
    auto* line = named<QLineEdit>(*window, name);
    ASSERT_NE(line, nullptr) << name.toStdString();
    line->selectAll();
    QTest::keyClicks(line, text);
  }
  void goTo(MainWindow::Page page) {
    window->goTo(page);
    QTest::qWait(10);
  }
  RunStatus status() { return RunStore(workspace->database()).require(1).status; }
  bool becomes(RunStatus wanted) {
    return QTest::qWaitFor([&] { return status() == wanted; }, kPatience);
  }

  std::optional<Workspace> workspace;
  std::optional<MainWindow> window;
};

TEST_F(WholeWayTest, FromAFolderToAReport) {
  const auto pictures = leavePictures();
  workspace.emplace(folder / "workspace");
  window.emplace(*workspace, std::nullopt);
  window->show();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&*window));

  // First start: a folder becomes a corpus.
  clickAndChoose("Open a folder…", pictures);
  click("Ingest");
  CorpusStore corpora(workspace->database());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !corpora.list().empty(); }, 10'000));
  EXPECT_EQ(corpora.list()[0].num_samples, 40);

  // A recipe is tuned by its slider.
  goTo(MainWindow::kViews);
  auto* hue = named<QSlider>(*window, "Hue (slider)");
  ASSERT_NE(hue, nullptr);
  hue->setFocus();
  QTest::keyClick(hue, Qt::Key_Home);

  // A run of it, paused and resumed on its way.
  goTo(MainWindow::kRuns);
  click("New run…");
  for (const auto& [name, value] : {std::pair{"Name", "whole way"},
                                    {"Width", "8"},
                                    {"Batch size", "16"},
                                    {"Epochs", "400"},
                                    {"Device", "cpu"}})
    type(name, value);
  click("Start run");
  RunStore runs(workspace->database());
  ASSERT_EQ(runs.list().size(), 1u);
  EXPECT_EQ(Experiment::from_json(runs.list()[0].spec).real("views.hue"), 0.0);
  ASSERT_TRUE(QTest::qWaitFor([&] { return runs.require(1).step > 0; }, kPatience));
  click("Pause");
  ASSERT_TRUE(becomes(RunStatus::kPaused));
  const auto step = runs.require(1).step;
  click("Resume");
  ASSERT_TRUE(QTest::qWaitFor([&] { return runs.require(1).step > step; }, kPatience));
  click("Stop");
  ASSERT_TRUE(becomes(RunStatus::kStopped));

  // Its accuracy.
  for (auto* action : named<QToolButton>(*window, "More")->menu()->actions()) {
    if (action->text().contains("Evaluate now")) action->trigger();
  }
  ResultStore results(workspace->database());
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return results.newest_evaluations(1).contains("linear"); }, kPatience));

  // Its embeddings, a lasso about all of them, labels, a probe.
  goTo(MainWindow::kEmbeddings);
  click("Compute embeddings");
  auto* scatter = named<EmbeddingScatter>(*window, "Embedding scatter");
  ProjectionStore projections(workspace->database());
  ASSERT_TRUE(QTest::qWaitFor([&] { return projections.newest(1).has_value(); }, kPatience));
  const auto positions = projections.newest(1)->positions;
  ASSERT_TRUE(QTest::qWaitFor([&] { return scatter->placeOf(positions[0]).has_value(); }));
  const auto label = [&](std::int64_t position, const QString& name) {
    const auto place = *scatter->placeOf(position);
    drawLasso(scatter, boxAbout(place, place, 3));
    auto* given = named<QComboBox>(*window, "Class to give");
    given->lineEdit()->selectAll();
    QTest::keyClicks(given->lineEdit(), name);
    QTest::keyClick(given->lineEdit(), Qt::Key_Return);
  };
  label(positions.front(), "one");
  label(positions.back(), "other");
  LabellingStore labellings(workspace->database());
  ASSERT_GE(labellings.labels(1).size(), 2u);
  click("Train a probe on these labels");
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return labellings.newest_probe(1, 1).has_value(); }, kPatience));

  // Compared, and passed on.
  goTo(MainWindow::kCompare);
  auto* list = named<QListWidget>(*window, "Runs to compare");
  ASSERT_NE(list, nullptr);
  list->item(0)->setCheckState(Qt::Checked);
  clickAndChoose("Report of the ticked runs", folder / "report.html");
  QFile report(QString::fromStdString((folder / "report.html").string()));
  ASSERT_TRUE(report.open(QIODevice::ReadOnly));
  const auto text = QString::fromUtf8(report.readAll());
  EXPECT_TRUE(text.contains("whole way"));
  EXPECT_TRUE(text.contains("linear probe on frozen"));
}

}  // namespace
}  // namespace pretext
