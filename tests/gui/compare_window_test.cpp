#include "app/main_window.h"
#include "core/store/metric_store.h"
#include "widgets/embedding_scatter.h"
#include "widgets/parallel_plot.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/gestures.h"
#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

/// Three runs: two of the rate 0.01 with other seeds, one of 0.1. Their last losses: 1, 3, 5.
class CompareWindowTest : public WindowFixture {
 protected:
  void leaveRuns() {
    ingestSample();
    Database other(folder.path());
    const auto corpus = CorpusStore(other).require("drawn").id;
    for (int i = 0; i < 3; ++i) {
      Experiment experiment;
      experiment.set("seed", std::int64_t{i});
      experiment.set("training.learning_rate", i < 2 ? 0.01 : 0.1);
      WriteTransaction transaction(other);
      const auto run = RunStore(other).insert(experiment, corpus);
      RunStore(other).set_progress(run, 2, 2, 1.0, 1.0);
      RunStore(other).set_status(run, "finished", "");
      transaction.commit();
      MetricWriter writer(other, run, 1);
      writer.add("train/loss", 1, 10.0);
      writer.add("train/loss", 2, 1.0 + 2.0 * i);
      writer.flush();
    }
  }
  static void tickAll(MainWindow& window) {
    auto* runs = named<QListWidget>(window, "Runs to compare");
    for (int row = 0; row < runs->count(); ++row) runs->item(row)->setCheckState(Qt::Checked);
  }
};

TEST_F(CompareWindowTest, RunsAlikeButForTheirSeedsBecomeTheirMean) {
  leaveRuns();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  QTest::keyClick(named<QCheckBox>(window, "Curves, as a table"), Qt::Key_Space);
  const auto* model = named<QTableView>(window, "Values of Curves")->model();
  EXPECT_EQ(model->rowCount(), 6);
  QTest::keyClick(named<QCheckBox>(window, "Mean over seeds"), Qt::Key_Space);
  QStringList values;
  for (int row = 0; row < model->rowCount(); ++row)
    values << model->index(row, 2).data().toString();
  values.sort();
  EXPECT_EQ(values, QStringList({"10", "10", "2", "5"})) << values.join(' ').toStdString();
  // A seed that reads on where the mean was drawn from the other alone.
  {
    Database other(folder.path());
    MetricWriter first(other, 1, 1);
    first.add("train/loss", 3, 7.0);
    first.flush();
    ASSERT_TRUE(QTest::qWaitFor([&] { return model->rowCount() == 5; }));
    MetricWriter second(other, 2, 1);
    second.add("train/loss", 3, 9.0);
    second.flush();
  }
  EXPECT_TRUE(QTest::qWaitFor([&] {
    for (int row = 0; row < model->rowCount(); ++row) {
      if (model->index(row, 2).data().toString() == "8") return true;
    }
    return false;
  })) << "7 alone became the mean of 7 and 9";
}

TEST_F(CompareWindowTest, ABrushKeepsTheRunsThatPassThere) {
  leaveRuns();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  named<QTabWidget>(window, "What differs between the runs")->setCurrentIndex(1);
  QTest::qWait(10);
  auto* plot = named<ParallelPlot>(window, "Parallel coordinates");
  ASSERT_NE(plot, nullptr);
  EXPECT_EQ(plot->brushed().size(), 3u);
  const int loss = 2;  // After the seed and the rate.
  const auto low = plot->placeOf(loss, 1.0).toPoint() + QPoint(0, 4);
  const auto middle = plot->placeOf(loss, 3.0).toPoint() - QPoint(0, 4);
  QTest::mousePress(plot, Qt::LeftButton, {}, low);
  QTest::mouseMove(plot, middle);
  QTest::mouseRelease(plot, Qt::LeftButton, {}, middle);
  EXPECT_EQ(plot->brushed(), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(named<QLabel>(window, "Brushed runs")->text(), "2 of 3 runs pass");
  QTest::keyClick(plot, Qt::Key_Escape);
  EXPECT_EQ(plot->brushed().size(), 3u);
  QTest::mousePress(plot, Qt::LeftButton, {}, low);
  QTest::mouseMove(plot, middle);
  QTest::mouseRelease(plot, Qt::LeftButton, {}, middle);
  QTest::mouseClick(named<QPushButton>(window, "Keep only the brushed runs"), Qt::LeftButton);
  const auto* runs = named<QListWidget>(window, "Runs to compare");
  EXPECT_EQ(runs->item(0)->checkState(), Qt::Unchecked) << "run 3";
  EXPECT_EQ(runs->item(1)->checkState(), Qt::Checked);
  EXPECT_EQ(runs->item(2)->checkState(), Qt::Checked);
}

TEST_F(CompareWindowTest, BrushesAreMovedFromTheKeyboard) {
  leaveRuns();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  named<QTabWidget>(window, "What differs between the runs")->setCurrentIndex(1);
  QTest::qWait(10);
  auto* plot = named<ParallelPlot>(window, "Parallel coordinates");
  QTest::keyClick(plot, Qt::Key_Right);
  QTest::keyClick(plot, Qt::Key_Right);
  QTest::keyClick(plot, Qt::Key_Right);  // To the loss: 1, 3 and 5.
  QTest::keyClick(plot, Qt::Key_Down);
  EXPECT_EQ(plot->brushed(), (std::vector<std::int64_t>{2, 1})) << "the lower half";
  QTest::keyClick(plot, Qt::Key_Down, Qt::ShiftModifier);
  EXPECT_EQ(plot->brushed(), (std::vector<std::int64_t>{1})) << "its upper end is below 3";
  QTest::keyClick(plot, Qt::Key_Up, Qt::ControlModifier);
  EXPECT_TRUE(plot->brushed().empty()) << "its lower end is above 1";
  QTest::keyClick(plot, Qt::Key_Delete);
  EXPECT_EQ(plot->brushed().size(), 3u);
}

TEST_F(CompareWindowTest, ARunIsTickedByItsNameAndPinnedByAButton) {
  leaveRuns();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  QTest::qWait(10);
  auto* runs = named<QListWidget>(window, "Runs to compare");
  const auto before = runs->item(2)->checkState();
  const auto place = runs->visualItemRect(runs->item(2));
  QTest::mouseClick(runs->viewport(), Qt::LeftButton, {}, place.center());
  EXPECT_NE(runs->item(2)->checkState(), before);
  QTest::mouseClick(runs->viewport(), Qt::LeftButton, {}, {place.left() + 10, place.center().y()});
  EXPECT_EQ(runs->item(2)->checkState(), before) << "by its box, once and not twice";
  auto* pin = named<QPushButton>(window, "Pin the run in hand as a baseline");
  ASSERT_NE(pin, nullptr);
  QTest::keyClick(pin, Qt::Key_Space);
  EXPECT_EQ(RunStore(workspace.database()).require(1).tags, std::vector<std::string>{"baseline"});
  EXPECT_TRUE(runs->item(0)->text().endsWith("(baseline)"));
  EXPECT_EQ(pin->text(), "No baseline any more");
}

TEST_F(CompareWindowTest, LossesOfDifferentTasksAreNotHeldAgainstEachOther) {
  leaveRuns();
  const auto isWarned = [](MainWindow& window) {
    for (const auto* label : window.findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains("objective.temperature")) return true;
    return false;
  };
  {
    Workspace workspace(folder.path());
    MainWindow window(workspace, {});
    window.show();
    window.goTo(MainWindow::kCompare);
    tickAll(window);
    EXPECT_FALSE(isWarned(window));
  }
  {
    Database other(folder.path());
    Experiment experiment;
    experiment.set("objective.temperature", 0.9);
    const auto run = RunStore(other).insert(experiment, 1);
    MetricWriter writer(other, run, 1);
    writer.add("train/loss", 1, 2.0);
    writer.add("eval/knn_accuracy", 1, 0.5);
    writer.flush();
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  auto* metric = named<QComboBox>(window, "Metric");
  EXPECT_EQ(metric->currentData().toString(), "eval/knn_accuracy") << "an accuracy comes first";
  EXPECT_FALSE(isWarned(window));
  const int loss = metric->findData("train/loss");
  metric->setCurrentIndex(loss);
  Q_EMIT metric->activated(loss);
  EXPECT_TRUE(isWarned(window));
}

TEST_F(CompareWindowTest, BaselinesComeFirstAndWhatDiffersIsSearched) {
  leaveRuns();
  {
    Database other(folder.path());
    RunStore(other).set_tags(1, {"baseline"});
    for (const int run : {1, 3}) {
      ResultStore(other).add_evaluation(run, {.step = 2,
                                              .kind = "linear",
                                              .baseline = "trained",
                                              .split = "test",
                                              .protocol = "p",
                                              .accuracy = run == 1 ? 0.5 : 0.625,
                                              .corpus_id = 1});
    }
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  const auto* table = named<QTableWidget>(window, "What differs");
  EXPECT_TRUE(table->horizontalHeaderItem(0)->text().endsWith("(baseline)"));
  QStringList accuracies;
  EXPECT_EQ(table->verticalHeaderItem(0)->text().toStdString(), "Linear probe accuracy")
      << "what matters stands first";
  for (int column = 0; column < 3; ++column) accuracies << table->item(0, column)->text();
  EXPECT_EQ(accuracies, QStringList({"50.0 %", "62.5 %  (+12.5)", ""}));
  EXPECT_TRUE(table->item(0, 0)->icon().isNull());
  EXPECT_FALSE(table->item(0, 1)->icon().isNull()) << "the best has a star";
  auto* search = named<QLineEdit>(window, "Search what differs");
  QTest::keyClicks(search, "rate");
  QStringList shown;
  for (int row = 0; row < table->rowCount(); ++row) {
    if (!table->isRowHidden(row)) shown << table->verticalHeaderItem(row)->text();
  }
  EXPECT_EQ(shown, QStringList({"training.learning_rate"}));
}

TEST_F(CompareWindowTest, TheBestIsNamedWithWhatItHasOfItsOwnAndSeedsAreAveraged) {
  leaveRuns();
  {
    Database other(folder.path());
    const auto hits = [](int run) { return std::int64_t{run == 1 ? 40 : run == 2 ? 50 : 90}; };
    for (const int run : {1, 2, 3})  // Of 100; the first two are seeds.
      ResultStore(other).add_evaluation(run, {.step = 2,
                                              .kind = "linear",
                                              .baseline = "trained",
                                              .split = "test",
                                              .protocol = "p",
                                              .accuracy = 0.01 * static_cast<double>(hits(run)),
                                              .confusion = {{hits(run), 100 - hits(run)}, {0, 0}},
                                              .corpus_id = 1});
    other.connection().exec("UPDATE runs SET step = 5, total_steps = 40 WHERE id = 3");
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  const auto* verdict = named<QLabel>(window, "Which run is the best");
  ASSERT_NE(verdict, nullptr);
  EXPECT_TRUE(verdict->text().startsWith("Best by Linear probe accuracy: <b>3 ·"))
      << verdict->text().toStdString();
  EXPECT_TRUE(verdict->text().contains("training.learning_rate (0.1, not 0.01)"));
  EXPECT_FALSE(verdict->text().contains("cannot be told apart"));
  EXPECT_TRUE(verdict->text().contains("Clearly behind the best: 1 ·")) << "the third, too";
  EXPECT_FALSE(verdict->text().contains("Without any encoder"));
  EXPECT_TRUE(verdict->text().contains("is at step 5 of 40.")) << "it was not trained to its end";
  const auto* table = named<QTableWidget>(window, "What differs");
  EXPECT_EQ(table->columnCount(), 3);
  QTest::keyClick(named<QCheckBox>(window, "Mean over seeds"), Qt::Key_Space);
  ASSERT_EQ(table->columnCount(), 2);
  QStringList figures;
  for (int column = 0; column < 2; ++column) {
    const auto* cell = table->item(0, column);
    figures << (cell->icon().isNull() ? cell->text() : "best: " + cell->text());
  }
  figures.sort();
  EXPECT_EQ(figures, QStringList({"45.0 % (s.d. 7.1)", "best: 90.0 % ± 6.0"}));
  EXPECT_TRUE(verdict->text().contains("its other seeds"));
}

TEST_F(CompareWindowTest, RunsWithinTheirErrorAreSaidToBeAlike) {
  leaveRuns();
  {
    Database other(folder.path());
    for (const int run : {1, 3}) {
      const std::int64_t hits = run == 1 ? 40 : 42;  // Of 50.
      ResultStore(other).add_evaluation(run, {.step = 2,
                                              .kind = "knn",
                                              .baseline = "trained",
                                              .split = "test",
                                              .protocol = "p",
                                              .accuracy = static_cast<double>(hits) / 50.0,
                                              .confusion = {{hits, 50 - hits}, {0, 0}},
                                              .corpus_id = 1});
    }
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  const auto* verdict = named<QLabel>(window, "Which run is the best");
  EXPECT_TRUE(verdict->text().contains("cannot be told apart"));
  {  // Raw pixels do as well.
    Database other(folder.path());
    ResultStore(other).add_evaluation(3, {.step = 2,
                                          .kind = "knn",
                                          .baseline = "raw",
                                          .split = "test",
                                          .protocol = "p",
                                          .accuracy = 0.84,
                                          .corpus_id = 1});
  }
  EXPECT_TRUE(QTest::qWaitFor([&] { return verdict->text().contains("Without any encoder"); }));
}

TEST_F(CompareWindowTest, AccuraciesOfOtherSamplesAreNotHeldAgainstEachOther) {
  leaveRuns();
  ingestSample("others");
  {
    Database other(folder.path());
    WriteTransaction transaction(other);
    const auto elsewhere = RunStore(other).insert(Experiment(), 2);
    RunStore(other).set_status(elsewhere, "finished", "");
    transaction.commit();
    for (const std::int64_t run : {std::int64_t{1}, std::int64_t{2}, elsewhere})
      ResultStore(other).add_evaluation(run, {.step = 2,
                                              .kind = "linear",
                                              .baseline = "trained",
                                              .split = "test",
                                              .protocol = "p",
                                              .accuracy = 0.5 + 0.1 * static_cast<double>(run),
                                              .corpus_id = run == elsewhere ? 2 : 1});
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  const auto* verdict = named<QLabel>(window, "Which run is the best");
  EXPECT_TRUE(verdict->text().startsWith("Best by Linear probe accuracy: <b>2 ·"))
      << verdict->text().toStdString();
  EXPECT_TRUE(verdict->text().contains("The others have no such accuracy"));
  const auto* table = named<QTableWidget>(window, "What differs");
  ASSERT_EQ(table->columnCount(), 4);
  for (int column = 0; column < 4; ++column)
    EXPECT_TRUE(table->item(0, column)->icon().isNull()) << column;
}

TEST_F(CompareWindowTest, TwoEmbeddingsShareWhatIsSelected) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  leaveEmbeddings(leaveFinishedRun());
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  named<QTabWidget>(window, "What differs between the runs")->setCurrentIndex(3);
  QTest::qWait(10);
  auto* left = named<EmbeddingScatter>(window, "Embedding of the left run");
  auto* right = named<EmbeddingScatter>(window, "Embedding of the right run");
  ASSERT_TRUE(left != nullptr && right != nullptr);
  EXPECT_NE(named<QComboBox>(window, "Left run")->currentData(),
            named<QComboBox>(window, "Right run")->currentData());
  const auto before = right->grab().toImage();
  drawLasso(left, boxAbout(*left->placeOf(0), *left->placeOf(11), 4));
  const auto lassoed = right->grab().toImage();
  EXPECT_NE(lassoed, before);
  QTest::mouseMove(left, left->placeOf(37)->toPoint());
  EXPECT_NE(right->grab().toImage(), lassoed) << "the same sample in a ring";
  QTest::keyClick(left, Qt::Key_Escape);
  QTest::mouseMove(left, QPoint(1, 1));
  EXPECT_EQ(right->grab().toImage(), before) << "dropped on both sides";
  named<QComboBox>(window, "Projection of both")->setCurrentText("UMAP");
  EXPECT_FALSE(left->placeOf(0).has_value());
}

TEST_F(CompareWindowTest, AReportOfTheTickedRunsIsOneFile) {
  leaveRuns();
  leaveEmbeddings(leaveFinishedRun());
  {
    Database other(folder.path());
    RunStore(other).rename(1, "a <first> try");
    ResultStore(other).add_evaluation(1, {.step = 2,
                                          .kind = "linear",
                                          .baseline = "trained",
                                          .split = "test",
                                          .protocol = "linear probe & so on",
                                          .accuracy = 0.75,
                                          .confusion = {{3, 1}, {1, 3}},
                                          .corpus_id = 1});
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  for (const QString ending : {"html", "pdf"}) {
    const auto file = QString::fromStdString((folder.path() / "report.").string()) + ending;
    const FileDialogAnswer answer(file);
    QTest::mouseClick(named<QPushButton>(window, "Report of the ticked runs"), Qt::LeftButton);
    ASSERT_TRUE(QFile::exists(file));
  }
  QFile html(QString::fromStdString((folder.path() / "report.html").string()));
  ASSERT_TRUE(html.open(QIODevice::ReadOnly));
  const auto text = QString::fromUtf8(html.readAll());
  EXPECT_TRUE(text.contains("a &lt;first&gt; try"));
  EXPECT_TRUE(text.contains("training.learning_rate"));
  EXPECT_TRUE(text.contains("75.0 %"));
  EXPECT_TRUE(text.contains("linear probe &amp; so on"));
  EXPECT_EQ(text.count("data:image/svg+xml"), 1) << "the curve of the loss";
  EXPECT_EQ(text.count("<figure><img src=\"data:image/png"), 3)
      << "views of two recipes, one embedding";
  EXPECT_FALSE(text.contains("src=\"/")) << "nothing beside it";
  QFile pdf(QString::fromStdString((folder.path() / "report.pdf").string()));
  ASSERT_TRUE(pdf.open(QIODevice::ReadOnly));
  EXPECT_TRUE(pdf.read(5) == "%PDF-");
  EXPECT_GT(pdf.size(), 20'000);
}

}  // namespace
}  // namespace pretext
