#include "widgets/series_row_model.h"

#include "core/corpus/time_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

constexpr std::size_t kMostRows = 10'000'000;  // More is nothing that a view can scroll through.

}  // namespace

QString timeText(const ShownSeries& series, double time) {
  return series.hasDates ? QString::fromStdString(moment_text(time))
                         : QLocale().toString(time, 'g', 10);
}

void SeriesRowModel::show(ShownSeries series) {
  beginResetModel();
  series_ = std::move(series);
  endResetModel();
}

int SeriesRowModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(std::min(series_.times.size(), kMostRows));
}

int SeriesRowModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() || series_.variables.isEmpty()
             ? 0
             : static_cast<int>(series_.numVariables() + 1);
}

QVariant SeriesRowModel::data(const QModelIndex& index, int role) const {
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const auto row = static_cast<std::size_t>(index.row());
  if (index.column() == 0) return timeText(series_, series_.times[row]);
  const auto place = row * static_cast<std::size_t>(series_.numVariables()) +
                     static_cast<std::size_t>(index.column() - 1);
  const double value = series_.values[place];
  return std::isnan(value) ? QString() : QLocale().toString(value, 'g', 8);
}

QVariant SeriesRowModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  return section == 0 ? tr("Time") : series_.variables[section - 1];
}

}  // namespace pretext
