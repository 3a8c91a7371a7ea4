#pragma once

#include "core/store/run_row.h"

#include <QAbstractItemModel>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

using RunRows = std::vector<std::shared_ptr<const RunRow>>;

/// The runs of a workspace, one below the other or gathered in groups of what a column has. Rows
/// keep their identity by run number. A group shows the mean and deviation of its runs' figures,
/// that of a sweep what its best run has, or while none has an accuracy its lowest losses.
class RunTreeModel final : public QAbstractItemModel {
  Q_OBJECT

 public:
  static constexpr int kSortRole = Qt::UserRole;
  static constexpr int kRunRole = Qt::UserRole + 1;    ///< Number of the run; -1 for a group.
  static constexpr int kGroupRole = Qt::UserRole + 2;  ///< Its key; empty for a run.

  /// Groups by settings that are the same but for name and seed.
  static constexpr const char* kBySeeds = "seeds";

  explicit RunTreeModel(QObject* parent = nullptr) : QAbstractItemModel(parent) {}

  /// As in `value_of`; the grouping may be `kBySeeds`, or empty for none.
  void show(std::vector<std::string> columns, const std::string& grouping);
  /// Replaces the rows; views keep selection and scrolling while the runs and groups stay the same.
  void setRows(RunRows rows);

  const std::vector<std::string>& columns() const { return columns_; }
  /// Null for a group.
  const RunRow* row(const QModelIndex& index) const;
  /// What a cell is sorted by, where that is a number.
  std::optional<double> number(const QModelIndex& index) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void renamed(qint64 run, const QString& name);
  void tagged(qint64 run, const QStringList& tags);

 private:
  /// Runs with the same value in the column that is grouped by.
  struct Group {
    std::string key;
    QString title;
    std::vector<std::size_t> rows;  // Places in `rows_`.
  };
  struct Figures {
    int count = 0;
    double mean = 0.0, deviation = 0.0, low = 0.0, high = 0.0;
  };

  std::vector<Group> grouped(const RunRows& rows) const;
  bool hasSameRuns(const RunRows& rows, const std::vector<Group>& groups) const;
  void announceChanges(const RunRows& before);
  /// Of the rows below `parent` for which `hasChanged` holds.
  void announceRanges(int count, const QModelIndex& parent,
                      const std::function<bool(int)>& hasChanged);
  const Group* group(const QModelIndex& index) const;
  const std::string& column(const QModelIndex& index) const;
  Figures figures(const Group& group, const std::string& column) const;
  /// Of a sweep's runs that with the highest accuracy, of the first kind that any of them has, as
  /// far as it was read; null for none.
  const RunRow* best(const Group& group) const;
  QVariant groupData(const Group& group, const std::string& column, int role) const;

  std::vector<std::string> columns_ = {"name"};
  std::string grouping_;
  RunRows rows_;
  std::vector<Group> groups_;  // Empty where runs stand at the top.
};

}  // namespace pretext
