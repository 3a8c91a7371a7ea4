#include "widgets/run_table_model.h"

#include "core/objective/objective_registry.h"
#include "widgets/translation.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace pretext {

namespace {

/// As people call it; its name where this program does not know it.
QString objectiveTitle(const std::string& name) {
  const auto kinds = objective_kinds();
  const auto found = std::ranges::find(kinds, name, &ObjectiveKind::name);
  return translated(found == kinds.end() ? name : found->title);
}

}  // namespace

QString statusText(RunStatus status) {
  static constexpr const char* kShapes[] = {"◌", "▶", "⏸", "✓", "✗", "■", "⚡"};
  static constexpr const char* kWords[] = {
      QT_TRANSLATE_NOOP("RunStatus", "queued"),     QT_TRANSLATE_NOOP("RunStatus", "running"),
      QT_TRANSLATE_NOOP("RunStatus", "paused"),     QT_TRANSLATE_NOOP("RunStatus", "finished"),
      QT_TRANSLATE_NOOP("RunStatus", "failed"),     QT_TRANSLATE_NOOP("RunStatus", "stopped"),
      QT_TRANSLATE_NOOP("RunStatus", "interrupted")};
  const auto index = static_cast<std::size_t>(status);
  return QString::fromUtf8(kShapes[index]) + QLatin1Char(' ') +
         QCoreApplication::translate("RunStatus", kWords[index]);
}

void RunTableModel::setRows(std::vector<Row> rows) {
  bool sameRuns = rows.size() == rows_.size();
  for (std::size_t i = 0; sameRuns && i < rows.size(); ++i)
    sameRuns = rows[i].run.id == rows_[i].run.id;
  if (sameRuns) {
    rows_ = std::move(rows);
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kNumColumns - 1));
    return;
  }
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kNumColumns;
}

QVariant RunTableModel::text(const Row& row, int column) const {
  const auto number = [](double value, int digits) {
    return std::isnan(value) ? QString() : QString::number(value, 'f', digits);
  };
  switch (column) {
    case kStar:
      return row.run.starred ? QStringLiteral("★") : QString();
    case kNumber:
      return static_cast<qint64>(row.run.id);
    case kName:
      return QString::fromStdString(row.run.name);
    case kStatus:
      return statusText(row.run.status);
    case kObjective:
      return objectiveTitle(row.run.objective);
    case kCorpus:
      return QString::fromStdString(row.run.corpus);
    case kProgress:
      if (row.run.total_steps == 0) return QString();
      return tr("%1 %").arg(100 * row.run.step / row.run.total_steps);
    case kLoss:
      return number(row.loss, 3);
    case kKnn:
      return std::isnan(row.knn) ? QString() : tr("%1 %").arg(100 * row.knn, 0, 'f', 1);
    case kTime: {
      const auto seconds = static_cast<qint64>(row.run.seconds);
      return QStringLiteral("%1:%2:%3")
          .arg(seconds / 3600)
          .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
          .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    }
    default:
      return {};
  }
}

QVariant RunTableModel::sortKey(const Row& row, int column) const {
  switch (column) {
    case kStar:
      return row.run.starred;
    case kProgress:
      return row.run.total_steps == 0
                 ? 0.0
                 : static_cast<double>(row.run.step) / static_cast<double>(row.run.total_steps);
    case kLoss:
      return row.loss;
    case kKnn:
      return row.knn;
    case kTime:
      return row.run.seconds;
    default:
      return text(row, column);
  }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
  const auto& item = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole || role == Qt::EditRole) return text(item, index.column());
  if (role == kSortRole) return sortKey(item, index.column());
  if (role == kRunRole) return static_cast<qint64>(item.run.id);
  if (role == Qt::ToolTipRole && !item.run.reason.empty())
    return QString::fromStdString(item.run.reason);
  const bool isNumber = index.column() == kNumber || index.column() >= kProgress;
  if (role == Qt::TextAlignmentRole && isNumber) return int(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString names[] = {QStringLiteral("★"), tr("Run"),    tr("Name"), tr("Status"),
                           tr("Objective"),     tr("Corpus"), tr("Done"), tr("Loss"),
                           tr("kNN"),           tr("Time")};
  return names[section];
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
  auto flags = QAbstractTableModel::flags(index);
  if (index.column() == kName) flags |= Qt::ItemIsEditable;
  return flags;
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const auto name = value.toString().trimmed();
  if (role != Qt::EditRole || index.column() != kName || name.isEmpty()) return false;
  auto& item = rows_[static_cast<std::size_t>(index.row())];
  item.run.name = name.toStdString();
  Q_EMIT dataChanged(index, index);
  Q_EMIT renamed(item.run.id, name);
  return true;
}

}  // namespace pretext
