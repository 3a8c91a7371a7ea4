#include "widgets/run_tree_model.h"

#include "widgets/run_sort_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace pretext {
namespace {

RunRow makeRow(std::int64_t id, std::int64_t sweep, double loss, std::int64_t seed = 0) {
  RunRow row;
  row.run.id = id;
  row.run.name = "run " + std::to_string(id);
  row.run.objective = "simclr";
  if (sweep > 0) row.run.sweep = sweep;
  row.metrics["train/loss"] = loss;
  Experiment experiment;
  experiment.set("seed", seed);
  experiment.set("training.epochs", sweep + 1);
  row.settings = std::make_shared<const Experiment>(experiment);
  return row;
}

RunRows shared(std::vector<RunRow> rows) {
  RunRows all;
  for (auto& row : rows) all.push_back(std::make_shared<const RunRow>(std::move(row)));
  return all;
}

std::vector<RunRow> fourRows() {
  return {makeRow(4, 0, 5.0), makeRow(3, 1, 2.0), makeRow(2, 1, 4.0, 1), makeRow(1, 2, 9.0)};
}

QString shown(const QAbstractItemModel& model, int row, int column, const QModelIndex& in = {}) {
  return model.index(row, column, in).data().toString();
}

TEST(RunTreeModelTest, IsAProperModelFlatAndGrouped) {
  RunTreeModel model;
  RunSortModel sorted;
  sorted.setSourceModel(&model);
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  const QAbstractItemModelTester other(&sorted,
                                       QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setRows(shared(fourRows()));
  for (const auto* grouping : {"", "sweep", RunTreeModel::kBySeeds, "objective"}) {
    model.show({"run", "name", "loss"}, grouping);
    model.setRows(shared(fourRows()));
    sorted.sort(2);
    auto changed = fourRows();
    changed[1].metrics["train/loss"] = 1.0;
    model.setRows(shared(changed));
    changed.erase(changed.begin());
    model.setRows(shared(changed));
  }
}

TEST(RunTreeModelTest, ASweepShowsItsBestAndSeedsTheirMean) {
  RunTreeModel model;
  model.show({"name", "loss"}, "sweep");
  model.setRows(shared(fourRows()));
  ASSERT_EQ(model.rowCount(), 3);  // In no sweep, 1, 2.
  EXPECT_EQ(shown(model, 1, 0), "Sweep 1 (2)");
  EXPECT_EQ(shown(model, 1, 1), "lowest 2.000");
  EXPECT_EQ(model.rowCount(model.index(1, 0)), 2);
  EXPECT_EQ(shown(model, 0, 0, model.index(1, 0)), "run 3");
  EXPECT_EQ(model.row(model.index(1, 0)), nullptr);
  EXPECT_EQ(model.row(model.index(1, 0, model.index(1, 0)))->run.id, 2);
  model.show({"name", "loss"}, RunTreeModel::kBySeeds);
  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(shown(model, 1, 0), "run 3 (2)");
  EXPECT_EQ(shown(model, 1, 1), "3.000 (s.d. 1.414)");
}

TEST(RunTreeModelTest, ASweepShowsAllThatItsBestRunHas) {
  RunTreeModel model;
  model.show({"name", "loss", "knn", "seed"}, "sweep");
  auto rows = fourRows();
  rows[1].metrics["eval/knn_accuracy"] = 0.5;  // Of the lower loss.
  rows[2].metrics["eval/knn_accuracy"] = 0.75;
  model.setRows(shared(rows));
  EXPECT_EQ(shown(model, 1, 0), "Sweep 1 (2), best: run 2");
  EXPECT_EQ(shown(model, 1, 1), "4.000") << "the loss of the run with the best accuracy";
  EXPECT_EQ(shown(model, 1, 2), "75.0 %");
  EXPECT_EQ(shown(model, 1, 3), "1");
}

TEST(RunTreeModelTest, OnlyWhatChangedIsAnnounced) {
  RunTreeModel model;
  model.show({"name", "loss"}, "");
  auto rows = fourRows();
  model.setRows(shared(rows));
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
  model.setRows(shared(rows));
  EXPECT_EQ(changed.count(), 0);
  rows[2].run.step = 7;
  model.setRows(shared(rows));
  ASSERT_EQ(changed.count(), 1);
  EXPECT_EQ(changed[0][0].toModelIndex().row(), 2);
  EXPECT_EQ(reset.count(), 0);
}

TEST(RunTreeModelTest, RunsWithoutAValueStandBehindInEitherOrder) {
  RunTreeModel model;
  RunSortModel sorted;
  sorted.setSourceModel(&model);
  auto rows = fourRows();
  rows[1].metrics.clear();
  model.show({"run", "loss"}, "");
  model.setRows(shared(rows));
  sorted.sort(1, Qt::AscendingOrder);
  EXPECT_EQ(shown(sorted, 0, 0), "2");
  EXPECT_EQ(shown(sorted, 3, 0), "3");
  sorted.sort(1, Qt::DescendingOrder);
  EXPECT_EQ(shown(sorted, 0, 0), "1");
  EXPECT_EQ(shown(sorted, 3, 0), "3");
}

}  // namespace
}  // namespace pretext
