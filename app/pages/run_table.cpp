#include "app/pages/run_table.h"

#include "core/objective/objective_registry.h"
#include "core/store/metric_store.h"
#include "widgets/background.h"
#include "widgets/plot_export.h"
#include "widgets/run_sort_model.h"
#include "widgets/run_titles.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSettings>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace pretext {
namespace {

constexpr std::size_t kManyRuns = 1'000;
constexpr int kNameWidth = 240;     // At the least, in pixels.
constexpr int kTypingPause = 200;   // ms
constexpr int kWidestColumn = 180;  // Of the others, until somebody draws it wider.

const QStringList kUsualColumns = {
    QStringLiteral("star"),   QStringLiteral("run"),  QStringLiteral("name"),
    QStringLiteral("status"), QStringLiteral("tags"), QStringLiteral("objective"),
    QStringLiteral("corpus"), QStringLiteral("done"), QStringLiteral("loss"),
    QStringLiteral("knn"),    QStringLiteral("time")};

/// Rows with some air between them, as tables have it.
class AiryDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 6);
  }
};

std::vector<std::string> toNames(const QStringList& list) {
  std::vector<std::string> names;
  for (const auto& name : list) names.push_back(name.toStdString());
  return names;
}

}  // namespace

RunTable::RunTable(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      reader_(workspace.database()),
      columns_(
          toNames(QSettings().value(QStringLiteral("runs/columns"), kUsualColumns).toStringList())),
      typing_(new QTimer(this)),
      model_(new RunTreeModel(this)),
      sorted_(new RunSortModel(this)),
      tree_(new QTreeView),
      filter_(new QLineEdit),
      grouping_(new QComboBox),
      columnsButton_(new QToolButton) {
  if (std::ranges::find(columns_, "name") == columns_.end()) columns_.emplace_back("name");
  setUpTree();
  setUpFilter();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(tree_);
  showColumns();
}

void RunTable::setUpTree() {
  sorted_->setSourceModel(model_);
  tree_->setModel(sorted_);
  tree_->setAccessibleName(tr("Runs"));
  offerCopy(*tree_);
  tree_->setUniformRowHeights(true);
  tree_->setItemDelegate(new AiryDelegate(tree_));
  tree_->setSortingEnabled(true);
  sorted_->sort(-1);  // That sorted by the first column; `showColumns` knows better.
  tree_->setAlternatingRowColors(true);
  tree_->setSelectionMode(QTreeView::ExtendedSelection);
  tree_->setEditTriggers(QTreeView::DoubleClicked);
  tree_->header()->setSectionsMovable(true);
  tree_->header()->setStretchLastSection(false);
  tree_->header()->setResizeContentsPrecision(
      0);  // What is in view decides, not thousands of rows.
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(tree_, &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
    if (currentRun() > 0) Q_EMIT menuRequested(tree_->viewport()->mapToGlobal(place));
  });
  tree_->header()->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(tree_->header(), &QWidget::customContextMenuRequested, this,
          [this] { columnsButton_->showMenu(); });
  connect(tree_->header(), &QHeaderView::sectionMoved, this, [this] {
    QStringList order;  // For the next start; now the header itself has it.
    for (int place = 0; place < tree_->header()->count(); ++place) {
      const auto section = static_cast<std::size_t>(tree_->header()->logicalIndex(place));
      order << QString::fromStdString(model_->columns()[section]);
    }
    QSettings().setValue(QStringLiteral("runs/columns"), order);
  });
  connect(tree_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunTable::announceSelection);
  auto* rename = new QAction(tr("Rename"), tree_);
  rename->setShortcut(Qt::Key_F2);
  rename->setShortcutContext(Qt::WidgetShortcut);
  tree_->addAction(rename);
  connect(rename, &QAction::triggered, this, [this] {
    const auto index = tree_->currentIndex();
    const auto name = index.siblingAtColumn(tree_->treePosition());
    if (name.flags() & Qt::ItemIsEditable) tree_->edit(name);
  });
  connect(tree_, &QTreeView::clicked, this, [this](const QModelIndex& index) {
    const auto* row = model_->row(sorted_->mapToSource(index));
    if (!row || model_->columns()[static_cast<std::size_t>(index.column())] != "star") return;
    attempt([&, run = row->run.id, starred = !row->run.starred] {
      RunStore(workspace_.database()).set_starred(run, starred);
    });
  });
  connect(model_, &RunTreeModel::renamed, this, [this](qint64 run, const QString& name) {
    attempt([&] { RunStore(workspace_.database()).rename(run, name.toStdString()); });
  });
  connect(model_, &RunTreeModel::tagged, this, [this](qint64 run, const QStringList& tags) {
    attempt([&] { RunStore(workspace_.database()).set_tags(run, toNames(tags)); });
  });
}

void RunTable::setUpFilter() {
  filter_->setPlaceholderText(tr("Filter: words, status:finished, loss<0.5, tag:…"));
  filter_->setAccessibleName(tr("Filter runs"));
  filter_->setToolTip(
      tr("Terms between blanks, all of which have to hold: a word; column:word; column=value; "
         "column<number, also <=, >, >=. A - before a term turns it around. Columns are those of "
         "the table, settings such as training.learning_rate, and metrics such as val/mlm_loss."));
  filter_->setClearButtonEnabled(true);
  connect(filter_, &QLineEdit::textChanged, this, &RunTable::applyFilter);
  typing_->setSingleShot(true);
  typing_->setInterval(kTypingPause);
  connect(typing_, &QTimer::timeout, this, &RunTable::selectionChanged);
  grouping_->setAccessibleName(tr("Group by"));
  for (const auto& [text, name] : {std::pair{tr("No groups"), ""},
                                   {tr("By sweep"), "sweep"},
                                   {tr("By same settings, over seeds"), RunTreeModel::kBySeeds},
                                   {tr("By objective"), "objective"},
                                   {tr("By corpus"), "corpus"},
                                   {tr("By status"), "status"},
                                   {tr("By tags"), "tags"},
                                   {tr("By parent"), "parent"}})
    grouping_->addItem(text, QString::fromLatin1(name));
  const auto known = grouping_->findData(QSettings().value(QStringLiteral("runs/grouping")));
  grouping_->setCurrentIndex(std::max(0, known));
  connect(grouping_, &QComboBox::currentIndexChanged, this, [this] {
    QSettings().setValue(QStringLiteral("runs/grouping"), grouping_->currentData());
    showColumns();
    refresh();
  });
  columnsButton_->setText(tr("Columns"));
  columnsButton_->setAccessibleName(tr("Columns"));
  columnsButton_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(columnsButton_);
  columnsButton_->setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, &RunTable::fillColumnsMenu);
}

void RunTable::fillColumnsMenu() {
  auto* menu = columnsButton_->menu();
  menu->clear();
  for (const auto& column : run_columns()) {
    if (column.name != "name") addColumnAction(menu, column.name);
  }
  menu->addSeparator();
  std::set<std::string> metrics, settings;
  for (const auto& row : reader_.read({"seed"})) {
    if (!row.settings) continue;  // They are damaged.
    for (const auto& field : row.settings->fields()) settings.insert(field.key);
  }
  for (const auto& key : MetricStore(workspace_.database()).all_keys()) metrics.insert(key);
  auto* metricMenu = menu->addMenu(tr("&Metrics"));
  for (const auto& key : metrics) addColumnAction(metricMenu, key);
  metricMenu->setEnabled(!metrics.empty());
  auto* settingMenu = menu->addMenu(tr("&Settings"));
  for (const auto& key : settings) {
    if (is_setting(key)) addColumnAction(settingMenu, key);
  }
  settingMenu->setEnabled(!settings.empty());
  menu->addSeparator();
  menu->addAction(tr("&Usual columns"), this, [this] { setColumns(toNames(kUsualColumns)); });
}

void RunTable::addColumnAction(QMenu* menu, const std::string& column) {
  auto* action = menu->addAction(columnTitle(column));
  action->setCheckable(true);
  action->setChecked(std::ranges::find(columns_, column) != columns_.end());
  connect(action, &QAction::toggled, this, [this, column](bool isShown) {
    auto columns = columns_;
    if (isShown) {
      columns.push_back(column);
    } else {
      std::erase(columns, column);
    }
    setColumns(std::move(columns));
  });
}

void RunTable::setColumns(std::vector<std::string> columns) {
  columns_ = std::move(columns);
  QStringList list;
  for (const auto& column : columns_) list << QString::fromStdString(column);
  QSettings().setValue(QStringLiteral("runs/columns"), list);
  showColumns();
  refresh();
}

void RunTable::showColumns() {
  const auto sortedBy = sorted_->sortColumn();
  const auto order = sortedBy < 0 ? Qt::DescendingOrder : sorted_->sortOrder();
  const auto name =
      sortedBy < 0 ? std::string("run") : model_->columns()[static_cast<std::size_t>(sortedBy)];
  const auto before = currentRun();
  model_->show(columns_, grouping_->currentData().toString().toStdString());
  const auto place = [this](const std::string& column) {
    return static_cast<int>(std::ranges::find(columns_, column) - columns_.begin());
  };
  tree_->setTreePosition(place("name"));
  tree_->setRootIsDecorated(grouping_->currentIndex() > 0);
  const bool isThere = place(name) < static_cast<int>(columns_.size());
  tree_->sortByColumn(isThere ? place(name) : place("name"), order);
  fitColumns();
  select(before);
}

void RunTable::fitColumns() {
  auto* header = tree_->header();
  const QAbstractItemView* view = tree_;  // What it hides, its base class does not.
  int taken = 0, nameSection = 0;
  for (int section = 0; section < header->count(); ++section) {
    if (model_->columns()[static_cast<std::size_t>(section)] == "name") {
      nameSection = section;
      continue;
    }
    const int wanted = std::max(header->sectionSizeHint(section), view->sizeHintForColumn(section));
    if (wanted <= kWidestColumn) {
      header->setSectionResizeMode(section, QHeaderView::ResizeToContents);
      taken += wanted;
      continue;
    }
    if (header->sectionResizeMode(section) != QHeaderView::Interactive) {
      header->setSectionResizeMode(section, QHeaderView::Interactive);
      header->resizeSection(section, kWidestColumn);
    }
    taken += header->sectionSize(section);
  }
  if (header->count() == 0) return;
  const bool fits = taken + kNameWidth <= width();
  header->setSectionResizeMode(nameSection, fits ? QHeaderView::Stretch : QHeaderView::Interactive);
  if (!fits) header->resizeSection(nameSection, kNameWidth);
}

void RunTable::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitColumns();
}

void RunTable::applyFilter(const QString& text) {
  const QScopedValueRollback isFiltering(isFiltering_, true);
  try {
    wanted_ = RunFilter::parse(text.toStdString());
    filter_->setStyleSheet({});
    Q_EMIT failed({});
    const bool hasSettings = std::ranges::any_of(readColumns_, is_setting);  // Then all of them.
    const auto isRead = [&](const std::string& column) {
      return (hasSettings && is_setting(column)) ||
             std::ranges::find(readColumns_, column) != readColumns_.end();
    };
    std::ranges::all_of(wantedColumns(), isRead) ? showRows() : refresh();
    if (grouping_->currentIndex() > 0 && !text.isEmpty()) tree_->expandAll();
  } catch (const std::exception& error) {  // While it is typed: what was found stays.
    filter_->setStyleSheet(QStringLiteral("color: #d55e00"));
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

/// Pages of runs that come in hand at each letter would make the typing wait.
void RunTable::announceSelection() {
  if (isFiltering_) return typing_->start();
  typing_->stop();
  Q_EMIT selectionChanged();
}

std::vector<std::string> RunTable::wantedColumns() const {
  auto wanted = columns_;
  for (const auto& column : wanted_.columns()) wanted.push_back(column);
  if (grouping_->currentData().toString() == QLatin1String(RunTreeModel::kBySeeds))
    wanted.emplace_back("seed");
  if (areSettingsKnown_) wanted.emplace_back("seed");  // They cost nothing then.
  if (grouping_->currentData().toString() == QLatin1String("sweep")) wanted.emplace_back("linear");
  return wanted;
}

void RunTable::refresh() {
  readColumns_ = wantedColumns();
  areSettingsKnown_ = areSettingsKnown_ || std::ranges::any_of(readColumns_, is_setting);
  rows_.clear();
  for (auto& row : reader_.read(readColumns_))
    rows_.push_back(std::make_shared<const RunRow>(std::move(row)));
  showRows();
  if (!hasParsed_ && !areSettingsKnown_ && rows_.size() > kManyRuns) parseSettings();
}

void RunTable::parseSettings() {
  hasParsed_ = true;
  const auto parse = [folder = workspace_.folder()] {
    Database database(folder);
    return RunReader(database).read_settings();
  };
  runInBackground(this, parse, [this](Outcome<RunReader::Settings>&& settings) {
    if (!settings.value) return;
    reader_.adopt(std::move(*settings.value));
    areSettingsKnown_ = true;
  });
}

void RunTable::showRows() {
  const auto before = currentRun();
  const auto selected = selectedRuns();
  QStringList unfolded;
  for (int row = 0; row < sorted_->rowCount(); ++row) {
    const auto index = sorted_->index(row, 0);
    if (tree_->isExpanded(index)) unfolded << index.data(RunTreeModel::kGroupRole).toString();
  }
  RunRows shown;
  std::ranges::copy_if(rows_, std::back_inserter(shown),
                       [this](const auto& row) { return wanted_.matches(*row); });
  model_->setRows(std::move(shown));
  for (int row = 0; !unfolded.isEmpty() && row < sorted_->rowCount(); ++row) {
    const auto index = sorted_->index(row, 0);
    if (unfolded.contains(index.data(RunTreeModel::kGroupRole).toString()))
      tree_->setExpanded(index, true);
  }
  if (before >= 0 && currentRun() != before) select(before);
  if (!tree_->currentIndex().isValid() && sorted_->rowCount() > 0)
    tree_->setCurrentIndex(sorted_->index(0, 0));
  if (selected.size() > 1 && selectedRuns().size() < selected.size()) select(selected);
  fitColumns();
}

bool RunTable::isEmpty() const {
  return rows_.empty();
}

void RunTable::select(std::int64_t run) {
  const auto found =
      sorted_->match(sorted_->index(0, 0), RunTreeModel::kRunRole, QVariant::fromValue<qint64>(run),
                     1, Qt::MatchExactly | Qt::MatchRecursive);
  if (run >= 0 && !found.isEmpty()) tree_->setCurrentIndex(found.front());
}

void RunTable::select(const std::vector<std::int64_t>& runs) {
  const std::set<std::int64_t> wanted(runs.begin(), runs.end());
  QItemSelection selection;
  const std::function<void(const QModelIndex&)> walk = [&](const QModelIndex& parent) {
    for (int row = 0; row < sorted_->rowCount(parent); ++row) {
      const auto index = sorted_->index(row, 0, parent);
      if (wanted.contains(index.data(RunTreeModel::kRunRole).toLongLong()))
        selection.select(index, index);
      walk(index);
    }
  };
  walk({});
  tree_->selectionModel()->select(selection,
                                  QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

std::int64_t RunTable::currentRun() const {
  const auto index = tree_->currentIndex();
  return index.isValid() ? index.data(RunTreeModel::kRunRole).toLongLong() : -1;
}

std::optional<std::int64_t> RunTable::currentSweep() const {
  const auto index = tree_->currentIndex();
  if (!index.isValid() || grouping_->currentData().toString() != QLatin1String("sweep")) return {};
  const auto sweep = static_cast<std::int64_t>(index.data(RunTreeModel::kGroupRole).toDouble());
  return sweep > 0 ? std::optional(sweep) : std::nullopt;
}

std::vector<std::int64_t> RunTable::selectedRuns() const {
  std::vector<std::int64_t> runs;
  for (const auto& index : tree_->selectionModel()->selectedRows()) {
    if (const auto run = index.data(RunTreeModel::kRunRole).toLongLong(); run >= 0)
      runs.push_back(run);
  }
  return runs;
}

void RunTable::attempt(const std::function<void()>& work) {
  try {
    work();
    workspace_.announceChange();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
