#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <span>

namespace pretext {

/// A series of several variables to be shown: where its numbers lie, and what keeps them there.
struct ShownSeries {
  QStringList variables;
  bool hasDates = true;            ///< Times are UTC milliseconds since 1970.
  std::span<const double> times;   ///< One a row.
  std::span<const double> values;  ///< A row a time, a column a variable; NaN where there is none.
  std::shared_ptr<const void> owner;

  qsizetype numVariables() const { return variables.size(); }
};

/// A time as people read it: a date in UTC, or the number.
QString timeText(const ShownSeries& series, double time);

/// The rows of a series, as its source has them: the time, then the variables.
class SeriesRowModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;
  void show(ShownSeries series);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  ShownSeries series_;
};

}  // namespace pretext
