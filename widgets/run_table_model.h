#pragma once

#include "core/store/run_store.h"

#include <QAbstractTableModel>

#include <map>
#include <vector>

namespace pretext {

/// The runs of a workspace as a table. Rows keep their identity by run number.
class RunTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column {
    kStar,
    kNumber,
    kName,
    kStatus,
    kObjective,
    kCorpus,
    kProgress,
    kLoss,
    kKnn,
    kTime,
    kNumColumns
  };
  static constexpr int kSortRole = Qt::UserRole;
  static constexpr int kRunRole = Qt::UserRole + 1;

  explicit RunTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  /// A run with its newest figures; NaN where there is none.
  struct Row {
    RunRecord run;
    double loss;
    double knn;
  };
  /// Replaces the rows; views keep their selection while the numbers stay the same.
  void setRows(std::vector<Row> rows);
  const Row& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void renamed(qint64 run, const QString& name);

 private:
  QVariant text(const Row& row, int column) const;
  QVariant sortKey(const Row& row, int column) const;

  std::vector<Row> rows_;
};

/// A status by shape and word, e.g. "▶ running".
QString statusText(RunStatus status);

}  // namespace pretext
