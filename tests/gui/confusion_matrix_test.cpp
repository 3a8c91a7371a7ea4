#include "widgets/confusion_matrix.h"

#include "widgets/confusion_map.h"

#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QListWidget>
#include <QScrollBar>
#include <QToolTip>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"

namespace pretext {
namespace {

using Counts = std::vector<std::vector<std::int64_t>>;

/// `size` classes of 100 samples: 90 are recognised, 10 taken for the next class.
Counts mostlyRight(std::size_t size) {
  Counts counts(size, std::vector<std::int64_t>(size));
  for (std::size_t i = 0; i < size; ++i) {
    counts[i][i] = 90;
    counts[i][(i + 1) % size] = 10;
  }
  return counts;
}

std::vector<std::string> namesOf(std::size_t size) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < size; ++i) names.push_back("class " + std::to_string(i));
  return names;
}

class ConfusionMatrixTest : public ::testing::Test {
 protected:
  void open(const Counts& counts) {
    matrix.resize(900, 420);
    matrix.show(counts, namesOf(counts.size()));
    // A list that gets the focus takes its first row in hand.
    matrix.findChild<ConfusionMap*>()->setFocus();
    matrix.QWidget::show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&matrix));
    map = matrix.findChild<ConfusionMap*>();
    pairs = matrix.findChild<QListWidget*>();
  }
  QString said() { return named<QLabel>(matrix, "Cell in hand")->text(); }

  ConfusionMatrix matrix;
  ConfusionMap* map = nullptr;
  QListWidget* pairs = nullptr;
};

TEST_F(ConfusionMatrixTest, ThreeHundredClassesArePaintedOnceTheyAreLookedAt) {
  const auto counts = mostlyRight(300);
  const auto names = namesOf(300);
  matrix.resize(900, 420);
  matrix.show(counts, names);
  EXPECT_FALSE(matrix.findChild<ConfusionMap*>()->isDrawn()) << "nobody looks at it yet";
  matrix.grab();
  EXPECT_TRUE(matrix.findChild<ConfusionMap*>()->isDrawn());
  EXPECT_LT(matrix.findChildren<QWidget*>().size(), 60) << "no widget a cell";
}

TEST_F(ConfusionMatrixTest, CellsSayWhatTheyCount) {
  open({{8, 2}, {0, 5}});
  EXPECT_FALSE(pairs->isVisible()) << "of few classes the cells say it all";
  EXPECT_EQ(map->sentence(0, 1), "class 0 taken for class 1: 2 of 10 (20.0 %)");
  EXPECT_EQ(map->sentence(1, 1), "class 1 recognised: 5 of 5 (100.0 %)");
  QTest::mouseMove(map->viewport(), map->cellRect(0, 1).center());
  EXPECT_TRUE(QTest::qWaitFor([&] { return said() == map->sentence(0, 1); }));
  QHelpEvent help(QEvent::ToolTip, map->cellRect(1, 1).center(), QPoint(5, 5));
  QApplication::sendEvent(map->viewport(), &help);
  EXPECT_EQ(QToolTip::text(), map->sentence(1, 1));
}

TEST_F(ConfusionMatrixTest, KeysLeadThroughIt) {
  open(mostlyRight(40));
  map->setFocus();
  QTest::keyClick(map, Qt::Key_Down);
  EXPECT_EQ(said(), map->sentence(0, 0));
  QTest::keyClick(map, Qt::Key_Right);
  EXPECT_EQ(said(), map->sentence(0, 1));
  EXPECT_EQ(map->accessibleDescription(), said());
  for (int i = 0; i < 60; ++i) QTest::keyClick(map, Qt::Key_Down);
  EXPECT_EQ(said(), map->sentence(39, 1));
}

TEST_F(ConfusionMatrixTest, OfManyClassesTheWorstPairsStandFirst) {
  auto counts = mostlyRight(300);
  counts[299][0] = 0;
  counts[299][7] = 40;
  counts[5][2] = 30;
  open(counts);
  ASSERT_TRUE(pairs->isVisible());
  EXPECT_EQ(pairs->item(0)->toolTip(), map->sentence(299, 7));
  EXPECT_EQ(pairs->item(1)->text(), "class 5 taken for class 2\n30 of 130 (23.1 %)");
  EXPECT_LE(pairs->count(), 20) << "a short list";
  EXPECT_TRUE(map->accessibleDescription().contains("300"));
  EXPECT_TRUE(map->viewport()->rect().contains(map->cellRect(299, 299))) << "all of it is seen";
  pairs->setCurrentRow(0);
  EXPECT_EQ(said(), map->sentence(299, 7));
}

TEST_F(ConfusionMatrixTest, WhatWasRightAndWrongIsSeen) {
  open({{10, 0}, {9, 1}});
  const auto picture = map->viewport()->grab().toImage();
  const auto at = [&](int truth, int takenFor) {
    return picture.pixelColor(map->cellRect(truth, takenFor).topLeft() + QPoint(3, 3));
  };
  EXPECT_NE(at(0, 0), at(0, 1)) << "recognised";
  EXPECT_NE(at(1, 0), at(0, 1)) << "confused";
  EXPECT_NE(at(1, 0), at(0, 0)) << "in another colour";
}

TEST_F(ConfusionMatrixTest, NothingIsShownOfNothing) {
  open({});
  map->setFocus();
  QTest::keyClick(map, Qt::Key_Down);
  EXPECT_EQ(said(), QString());
}

}  // namespace
}  // namespace pretext
