#pragma once

#include "app/workspace.h"
#include "core/store/run_filter.h"
#include "core/store/run_row.h"
#include "widgets/run_tree_model.h"

#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLineEdit;
class QMenu;
class QTimer;
class QToolButton;
class QTreeView;

namespace pretext {

class RunSortModel;

/// The table of runs with its filter, grouping and columns, which are remembered. Runs are renamed
/// and tagged in place.
class RunTable final : public QWidget {
  Q_OBJECT

 public:
  explicit RunTable(Workspace& workspace, QWidget* parent = nullptr);

  /// Reads the runs again; what is selected and unfolded stays so.
  void refresh();
  bool isEmpty() const;

  void select(std::int64_t run);
  /// The run in hand; -1 where there is none, or a group is.
  std::int64_t currentRun() const;
  /// The sweep whose group is in hand.
  std::optional<std::int64_t> currentSweep() const;
  /// All that are selected, as they stand in the table.
  std::vector<std::int64_t> selectedRuns() const;

  /// Filter, grouping and columns, to be placed in a bar.
  QLineEdit* filterLine() const { return filter_; }
  QComboBox* groupingBox() const { return grouping_; }
  QToolButton* columnsButton() const { return columnsButton_; }

 Q_SIGNALS:
  /// Another run or group is in hand, or others are selected; while the filter is typed, once the
  /// typing pauses.
  void selectionChanged();
  /// A menu of what can be done with the selected is wanted at this place of the screen.
  void menuRequested(const QPoint& place);
  /// What a person asked for could not be done.
  void failed(const QString& reason);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void setUpTree();
  void setUpFilter();
  void fillColumnsMenu();
  void addColumnAction(QMenu* menu, const std::string& column);
  void setColumns(std::vector<std::string> columns);
  void applyFilter(const QString& text);
  void announceSelection();
  /// Those of the runs read that the filter holds for; what is selected and unfolded stays so.
  void showRows();
  /// In the background, where there are so many runs that the first filter by a setting would wait.
  void parseSettings();
  std::vector<std::string> wantedColumns() const;
  void select(const std::vector<std::int64_t>& runs);
  void showColumns();
  /// The name takes what the others leave, unless that is too little.
  void fitColumns();
  void attempt(const std::function<void()>& work);

  Workspace& workspace_;
  RunReader reader_;
  bool hasParsed_ = false;         // The settings, or has begun to.
  bool areSettingsKnown_ = false;  // All of them are parsed.
  std::vector<std::string> columns_;
  RunFilter wanted_;
  RunRows rows_;  // All there are, with what `readColumns_` show.
  std::vector<std::string> readColumns_;
  bool isFiltering_ = false;
  QTimer* typing_;  // Runs until the typing of a filter pauses. All owned by this widget.
  RunTreeModel* model_;
  RunSortModel* sorted_;
  QTreeView* tree_;
  QLineEdit* filter_;
  QComboBox* grouping_;
  QToolButton* columnsButton_;
};

}  // namespace pretext
