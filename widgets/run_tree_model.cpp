#include "widgets/run_tree_model.h"

#include "core/base/statistics.h"
#include "widgets/metric_titles.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QFont>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <map>

namespace pretext {
namespace {

bool isNumberColumn(const std::string& column) {
  if (!metric_of(column).empty()) return true;
  const auto columns = run_columns();
  const auto found = std::ranges::find(columns, column, &RunColumn::name);
  return found != columns.end() && found->is_number;
}

/// Of what means of several runs say something.
bool isFigure(const std::string& column) {
  return !metric_of(column).empty() || column == "time" || column == "speed";
}

/// What runs of one group have in common, as a text.
std::string groupKey(const RunRow& row, const std::string& grouping) {
  if (grouping == RunTreeModel::kBySeeds) {
    if (!row.settings) return {};
    auto recipe = *row.settings;
    recipe.set("name", std::string());
    recipe.set("seed", std::int64_t{0});
    return recipe.to_json();
  }
  const auto value = value_of(row, grouping);
  if (const auto* number = std::get_if<double>(&value)) return std::to_string(*number);
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

QString groupTitle(const RunRow& first, const std::string& grouping) {
  if (grouping == RunTreeModel::kBySeeds) {
    // As sweeps name their runs.
    static const QRegularExpression kOwnSeed(QStringLiteral("(, )?seed \\d+$"));
    return QString::fromStdString(first.run.name).remove(kOwnSeed);
  }
  const auto value = cellText(first, grouping);
  if (grouping == "sweep")
    return value.isEmpty() ? RunTreeModel::tr("In no sweep")
                           : RunTreeModel::tr("Sweep %1").arg(value);
  return columnTitle(grouping) + QStringLiteral(": ") +
         (value.isEmpty() ? QStringLiteral("–") : value);
}

bool isLoss(const std::string& column) {
  return metric_of(column).ends_with("loss");
}

/// Where a run without a value belongs in either order: behind those that have one.
QVariant sortKey(const RunRow& row, const std::string& column) {
  const auto value = value_of(row, column);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  const auto* text = std::get_if<std::string>(&value);
  return text ? QVariant(QString::fromStdString(*text)) : QVariant();
}

}  // namespace

void RunTreeModel::show(std::vector<std::string> columns, const std::string& grouping) {
  if (columns == columns_ && grouping == grouping_) return;
  beginResetModel();
  columns_ = std::move(columns);
  grouping_ = grouping;
  groups_ = grouped(rows_);
  endResetModel();
}

void RunTreeModel::setRows(RunRows rows) {
  auto groups = grouped(rows);
  if (hasSameRuns(rows, groups)) {
    const auto before = std::exchange(rows_, std::move(rows));
    groups_ = std::move(groups);
    announceChanges(before);
    return;
  }
  beginResetModel();
  rows_ = std::move(rows);
  groups_ = std::move(groups);
  endResetModel();
}

std::vector<RunTreeModel::Group> RunTreeModel::grouped(const RunRows& rows) const {
  std::vector<Group> groups;
  if (grouping_.empty()) return groups;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto key = groupKey(*rows[i], grouping_);
    const auto [place, isNew] = places.try_emplace(key, groups.size());
    if (isNew) groups.push_back({key, groupTitle(*rows[i], grouping_), {}});
    groups[place->second].rows.push_back(i);
  }
  return groups;
}

bool RunTreeModel::hasSameRuns(const RunRows& rows, const std::vector<Group>& groups) const {
  const auto sameId = [](const auto& one, const auto& other) {
    return one->run.id == other->run.id;
  };
  return std::ranges::equal(rows, rows_, sameId) &&
         std::ranges::equal(groups, groups_, [](const Group& one, const Group& other) {
           return one.key == other.key && one.rows == other.rows;
         });
}

/// Of the rows that changed alone, those beside each other at once: a view sorts and filters again
/// with each announcement.
void RunTreeModel::announceChanges(const RunRows& before) {
  const auto hasChanged = [&](std::size_t row) {
    return before[row] != rows_[row] && !(*before[row] == *rows_[row]);
  };
  if (grouping_.empty()) {
    announceRanges(static_cast<int>(rows_.size()), {},
                   [&](int row) { return hasChanged(static_cast<std::size_t>(row)); });
    return;
  }
  for (std::size_t place = 0; place < groups_.size(); ++place) {
    const auto& rows = groups_[place].rows;
    const auto top = index(static_cast<int>(place), 0);
    if (std::ranges::none_of(rows, hasChanged)) continue;
    announceRanges(static_cast<int>(rows.size()), top,
                   [&](int row) { return hasChanged(rows[static_cast<std::size_t>(row)]); });
    Q_EMIT dataChanged(top, top.siblingAtColumn(columnCount() - 1));
  }
}

void RunTreeModel::announceRanges(int count, const QModelIndex& parent,
                                  const std::function<bool(int)>& hasChanged) {
  for (int row = 0; row < count; ++row) {
    if (!hasChanged(row)) continue;
    const int first = row;
    while (row + 1 < count && hasChanged(row + 1)) ++row;
    Q_EMIT dataChanged(index(first, 0, parent), index(row, columnCount() - 1, parent));
  }
}

QModelIndex RunTreeModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : quintptr(0));
}

QModelIndex RunTreeModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == 0) return {};
  return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr(0));
}

const RunTreeModel::Group* RunTreeModel::group(const QModelIndex& index) const {
  const bool isTop = index.isValid() && index.internalId() == 0;
  return isTop && !grouping_.empty() ? &groups_[static_cast<std::size_t>(index.row())] : nullptr;
}

const RunRow* RunTreeModel::row(const QModelIndex& index) const {
  if (!index.isValid() || group(index)) return nullptr;
  const auto place = static_cast<std::size_t>(index.row());
  return grouping_.empty() ? rows_[place].get()
                           : rows_[groups_[index.internalId() - 1].rows[place]].get();
}

std::optional<double> RunTreeModel::number(const QModelIndex& index) const {
  if (const auto* run = row(index)) {
    const auto value = value_of(*run, column(index));
    const auto* figure = std::get_if<double>(&value);
    return figure ? std::optional(*figure) : std::nullopt;
  }
  const auto value = index.data(kSortRole);
  return value.typeId() == QMetaType::Double ? std::optional(value.toDouble()) : std::nullopt;
}

const std::string& RunTreeModel::column(const QModelIndex& index) const {
  return columns_[static_cast<std::size_t>(index.column())];
}

int RunTreeModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(grouping_.empty() ? rows_.size() : groups_.size());
  const auto* within = parent.column() == 0 ? group(parent) : nullptr;
  return within ? static_cast<int>(within->rows.size()) : 0;
}

int RunTreeModel::columnCount(const QModelIndex&) const {
  return static_cast<int>(columns_.size());
}

RunTreeModel::Figures RunTreeModel::figures(const Group& group, const std::string& column) const {
  std::vector<double> values;
  for (const auto place : group.rows) {
    const auto value = value_of(*rows_[place], column);
    const auto* number = std::get_if<double>(&value);
    if (number && std::isfinite(*number)) values.push_back(*number);
  }
  Figures figures{.count = static_cast<int>(values.size())};
  if (values.empty()) return figures;
  const auto [low, high] = std::ranges::minmax(values);
  figures.low = low;
  figures.high = high;
  const auto [mean, deviation] = mean_and_deviation(values);
  figures.mean = mean;
  figures.deviation = deviation;
  return figures;
}

const RunRow* RunTreeModel::best(const Group& group) const {
  if (grouping_ != "sweep" || group.key.empty()) return nullptr;
  for (const auto* column : {"linear", "knn", "finetune", "probe"}) {  // As a sweep is ranked.
    const RunRow* found = nullptr;
    double highest = -1.0;
    for (const auto place : group.rows) {
      const auto value = value_of(*rows_[place], column);
      const auto* accuracy = std::get_if<double>(&value);
      if (!accuracy || !(*accuracy > highest)) continue;
      highest = *accuracy;
      found = rows_[place].get();
    }
    if (found) return found;
  }
  return nullptr;
}

QVariant RunTreeModel::groupData(const Group& group, const std::string& column, int role) const {
  if (role == kRunRole) return qint64(-1);
  if (role == kGroupRole) return QString::fromStdString(group.key);
  const bool isText = role == Qt::DisplayRole || role == kSortRole;
  const auto* winner = best(group);
  if (column == "name") {
    if (role == Qt::FontRole) {
      QFont bold;
      bold.setBold(true);
      return bold;
    }
    if (!isText) return {};
    const auto title = QStringLiteral("%1 (%2)").arg(group.title).arg(group.rows.size());
    return winner ? tr("%1, best: run %2").arg(title).arg(winner->run.id) : title;
  }
  if (!isText) return {};
  if (winner) {
    if (!isFigure(column) && !is_setting(column)) return {};
    return role == kSortRole ? sortKey(*winner, column) : QVariant(cellText(*winner, column));
  }
  const bool isLoose = grouping_ == "sweep" && group.key.empty();  // They have nothing in common.
  if (!isFigure(column) || isLoose) return {};
  const auto found = figures(group, column);
  if (found.count == 0) return {};
  const bool isLowest = grouping_ == "sweep" && isLoss(column);
  const double value = isLowest ? found.low : found.mean;
  if (role == kSortRole) return value;
  const auto text = numberText(column, value);
  if (isLowest) return tr("lowest %1").arg(text);
  return found.count > 1 && !metric_of(column).empty()
             ? QStringLiteral("%1 (s.d. %2)").arg(text, numberText(column, found.deviation))
             : text;
}

QVariant RunTreeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto& name = column(index);
  if (role == Qt::TextAlignmentRole)
    return int((isNumberColumn(name) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (const auto* gathered = group(index)) return groupData(*gathered, name, role);
  const auto& item = *row(index);
  switch (role) {
    case Qt::DisplayRole:
      return name == "star" ? QString() : cellText(item, name).section(QLatin1Char('\n'), 0, 0);
    case Qt::DecorationRole:
      if (name == "status") return statusIcon(item.run.status);
      return name == "star" && item.run.starred ? themedIcon(QStringLiteral("star")) : QVariant();
    case Qt::AccessibleTextRole:
      if (name == "star") return item.run.starred ? tr("starred") : tr("not starred");
      return {};
    case Qt::EditRole:
      return cellText(item, name);
    case kSortRole:
      return sortKey(item, name);
    case kRunRole:
      return qint64(item.run.id);
    case kGroupRole:
      return QString();
    case Qt::ToolTipRole:
      if (name == "note") return QString::fromStdString(item.run.notes);
      return item.run.reason.empty() ? cellText(item, name)
                                     : QString::fromStdString(item.run.reason);
    default:
      return {};
  }
}

QVariant RunTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  const auto& column = columns_[static_cast<std::size_t>(section)];
  if (role == Qt::ToolTipRole) return metricMeaning(metric_of(column));
  return role == Qt::DisplayRole ? columnTitle(column) : QVariant();
}

Qt::ItemFlags RunTreeModel::flags(const QModelIndex& index) const {
  auto flags = QAbstractItemModel::flags(index);
  if (!index.isValid() || group(index)) return flags;
  const bool isEditable = column(index) == "name" || column(index) == "tags";
  return isEditable ? flags | Qt::ItemIsEditable : flags;
}

bool RunTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const auto* item = row(index);
  if (role != Qt::EditRole || !item) return false;
  const auto text = value.toString().trimmed();
  const auto run = item->run.id;
  if (column(index) == "tags") {
    QStringList tags;
    for (const auto& tag : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
      if (!tag.trimmed().isEmpty()) tags << tag.trimmed();
    tags.removeDuplicates();
    Q_EMIT tagged(run, tags);
    return true;
  }
  if (text.isEmpty()) return false;
  Q_EMIT renamed(run, text);
  return true;
}

}  // namespace pretext
