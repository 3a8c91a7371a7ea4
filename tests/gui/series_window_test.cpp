#include "app/ingest_worker.h"
#include "app/main_window.h"
#include "app/pages/corpora_page.h"
#include "core/corpus/series_ingest.h"
#include "widgets/series_chart.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

constexpr int kNumRows = 400;
constexpr int kSpike = 200;  // A row that stands out.

/// Two machines, whose heat and load are measured every minute.
class SeriesWindowTest : public WindowFixture {
 protected:
  SeriesWindowTest() {
    std::filesystem::create_directories(folder / "machines");
    for (const auto* name : {"one", "two"}) {
      std::ofstream rows(folder / "machines" / (std::string(name) + ".csv"));
      rows << "timestamp,heat,load,place\n";
      for (int i = 0; i < kNumRows; ++i)
        rows << 1404172800 + 60 * i << ',' << (i == kSpike ? 99 : i % 10) << ','
             << (i == 3 ? "" : std::to_string(i)) << ",hall\n";
      rows << "whenever,1,2,hall\n";
    }
  }

  void ingest() {
    Database database(folder / "w");
    SeriesSource source(folder / "machines", {});
    ingest_series(database, source, nullptr, {.name = "machines"});
  }
  bool isSaid(MainWindow& window, const QString& text) {
    const auto labels = window.findChildren<QLabel*>();
    return std::ranges::any_of(labels, [&](const QLabel* label) {
      return label->isVisible() && label->text().contains(text);
    });
  }
  void openWindow(MainWindow& window) {
    window.resize(1280, 720);
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    window.goTo(MainWindow::kCorpora);
    QTest::qWait(20);
  }
};

TEST_F(SeriesWindowTest, AFolderOfTablesIsLookedAtAndIngested) {
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  openWindow(window);
  auto* page = window.findChild<CorporaPage*>();
  page->open(QString::fromStdString((folder / "machines").string()));
  auto* ingest = named<QPushButton>(window, "Ingest");
  ASSERT_NE(ingest, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return ingest->isEnabled(); }));
  EXPECT_EQ(named<QComboBox>(window, "Column of the times")->currentText(), "timestamp");
  EXPECT_EQ(named<QComboBox>(window, "Read as")->currentData().toString(), "series");
  QStringList said;
  for (const auto* label : window.findChildren<QLabel*>())
    if (label->isVisible()) said << label->text();
  const auto found = said.filter("Variables: heat, load");
  ASSERT_EQ(found.size(), 1) << said.join("\n").toStdString();
  EXPECT_TRUE(found[0].contains("2 series")) << found[0].toStdString();
  EXPECT_TRUE(found[0].contains("Left out, being no numbers: place.")) << found[0].toStdString();
  QSignalSpy ended(page->findChild<IngestWorker*>(), &IngestWorker::ended);
  QTest::mouseClick(ingest, Qt::LeftButton);
  ASSERT_TRUE(ended.wait(10000));
  EXPECT_EQ(ended[0][1].toString(), "");
  EXPECT_EQ(CorpusStore(workspace.database()).require("machines").num_samples, 2);
  const auto* list = named<QListView>(window, "Series");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->model()->rowCount(), 2);
  EXPECT_TRUE(named<QPlainTextEdit>(window, "Skipped files")
                  ->toPlainText()
                  .contains("one.csv:402: has no time that can be read: \"whenever\""));
}

TEST_F(SeriesWindowTest, ATimeThatIsNotRecognisedIsChosen) {
  std::ofstream(folder / "steps.csv") << "step,x\n1,5\n2,6\n";
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  openWindow(window);
  window.findChild<CorporaPage*>()->openAs("series",
                                           QString::fromStdString((folder / "steps.csv").string()));
  auto* times = named<QComboBox>(window, "Column of the times");
  ASSERT_TRUE(QTest::qWaitFor([&] { return times->count() == 2; }));
  EXPECT_TRUE(isSaid(window, "is a time: of \"step\", \"x\" choose one"));
  auto* ingest = named<QPushButton>(window, "Ingest");
  EXPECT_FALSE(ingest->isEnabled());
  times->setFocus();
  QTest::keyClick(times, Qt::Key_Down);
  ASSERT_TRUE(QTest::qWaitFor([&] { return ingest->isEnabled(); }));
  EXPECT_EQ(times->currentText(), "step");
}

TEST_F(SeriesWindowTest, ANameThatAnotherKindHasIsNotUpdated) {
  ingestSample("machines");
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  openWindow(window);
  window.findChild<CorporaPage*>()->open(QString::fromStdString((folder / "machines").string()));
  ASSERT_TRUE(QTest::qWaitFor([&] { return isSaid(window, "Variables: heat, load"); }));
  EXPECT_TRUE(isSaid(window, "A corpus of another kind has that name"));
  EXPECT_FALSE(named<QPushButton>(window, "Ingest")->isEnabled());
}

TEST_F(SeriesWindowTest, ATableCanBeReadAsAnotherKind) {
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  openWindow(window);
  auto* page = window.findChild<CorporaPage*>();
  page->open(QString::fromStdString((folder / "machines").string()));
  ASSERT_NE(named<QComboBox>(window, "Column of the times"), nullptr);
  auto* readAs = named<QComboBox>(window, "Read as");
  readAs->setFocus();
  QTest::keyClick(readAs, Qt::Key_Up);
  QTest::qWait(10);
  EXPECT_NE(named<QComboBox>(window, "Column of the text"), nullptr);
  auto* asText = named<QComboBox>(window, "Read as");
  EXPECT_EQ(asText->currentData().toString(), "text");
  asText->setFocus();
  QTest::keyClick(asText, Qt::Key_Down);
  QTest::qWait(10);
  EXPECT_NE(named<QComboBox>(window, "Column of the times"), nullptr);
}

TEST_F(SeriesWindowTest, CurvesAreZoomedPointedAtAndShownAsRows) {
  ingest();
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  openWindow(window);
  auto* chart = window.findChild<SeriesChart*>();
  for (auto* candidate : window.findChildren<SeriesChart*>())
    if (candidate->isVisible()) chart = candidate;
  ASSERT_TRUE(chart->isVisible());
  const double first = 1404172800'000.0;  // ms
  EXPECT_LE(chart->shownTimes().first, first);
  EXPECT_GE(chart->shownTimes().second, first + 60'000.0 * (kNumRows - 1));
  auto* plot = named<QWidget>(window, "Curves of the series");
  ASSERT_NE(plot, nullptr);
  auto* variables = named<QTableWidget>(window, "Variables");
  ASSERT_EQ(variables->rowCount(), 2);
  ASSERT_TRUE(QTest::qWaitFor([&] { return variables->item(0, 5)->text() == "99"; }));
  EXPECT_EQ(variables->item(1, 6)->text(), "1");  // Missing.
  const QPoint middle(plot->width() / 2, plot->height() / 4);
  QTest::mouseMove(plot, middle);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !variables->item(1, 1)->text().isEmpty(); }));
  EXPECT_NEAR(variables->item(1, 1)->text().toDouble(), kNumRows / 2, kNumRows / 10);
  QStringList told;
  for (const auto* label : chart->findChildren<QLabel*>()) told << label->text();
  EXPECT_FALSE(told.filter("2014-07-01 03:").isEmpty()) << told.join("\n").toStdString();

  QTest::mousePress(plot, Qt::LeftButton, {}, middle);
  QTest::mouseMove(plot, middle + QPoint(60, 40));
  QTest::mouseRelease(plot, Qt::LeftButton, {}, middle + QPoint(60, 40));
  QTest::qWait(20);
  EXPECT_GT(chart->shownTimes().first, first + 60'000.0 * kNumRows / 3);
  EXPECT_LT(chart->shownTimes().second, first + 60'000.0 * kNumRows * 2 / 3);
  QTest::mouseDClick(plot, Qt::LeftButton, {}, middle);
  QTest::qWait(20);
  EXPECT_LE(chart->shownTimes().first, first);

  plot->setFocus();
  QTest::mousePress(plot, Qt::LeftButton, {}, middle);
  QTest::mouseMove(plot, middle + QPoint(60, 40));
  QTest::mouseRelease(plot, Qt::LeftButton, {}, middle + QPoint(60, 40));
  const double zoomed = chart->shownTimes().first;
  variables->item(0, 0)->setCheckState(Qt::Unchecked);
  EXPECT_EQ(chart->drawn(), std::vector<int>{1});
  QTest::mouseClick(named<QCheckBox>(window, "Series as a table"), Qt::LeftButton, {}, {6, 8});
  auto* rows = named<QTableView>(window, "Rows of the series");
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->model()->rowCount(), kNumRows);
  EXPECT_NEAR(rows->currentIndex().row(), (zoomed - first) / 60'000.0, 1.0) << "where it is zoomed";
  EXPECT_EQ(rows->model()->index(kSpike, 1).data().toString(), "99");
  EXPECT_EQ(rows->model()->index(3, 2).data().toString(), "");
  EXPECT_EQ(rows->model()->index(1, 0).data().toString(), "2014-07-01 00:01");
}

TEST_F(SeriesWindowTest, WhatHasNoPlaceForSeriesSaysSo) {
  ingest();
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  openWindow(window);
  window.goTo(MainWindow::kViews);
  QTest::qWait(10);
  EXPECT_TRUE(isSaid(window, "Series have no views yet"));
  window.goTo(MainWindow::kRuns);
  QTest::qWait(10);
  for (auto* button : window.findChildren<QPushButton*>())
    if (button->isVisible() && button->text().remove(QLatin1Char('&')) == "New run…") {
      QTest::mouseClick(button, Qt::LeftButton);
      break;
    }
  QTest::qWait(10);
  const auto* start = named<QPushButton>(window, "Start run");
  ASSERT_NE(start, nullptr);
  EXPECT_FALSE(start->isEnabled());
  EXPECT_TRUE(isSaid(window, "No objective learns from series yet"));
}

}  // namespace
}  // namespace pretext
