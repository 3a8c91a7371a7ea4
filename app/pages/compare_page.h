#pragma once

#include "app/workspace.h"
#include "widgets/curve_axis.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QComboBox;
class QListWidget;
class QTableWidget;

namespace pretext {

class MetricChart;
struct RunRecord;

/// Compare: the chosen runs' curves of one metric in one chart, and the settings that differ.
class ComparePage final : public QWidget {
  Q_OBJECT

 public:
  explicit ComparePage(Workspace& workspace, QWidget* parent = nullptr);
  /// Ticks these and no others.
  void showRuns(const std::vector<std::int64_t>& runs);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  /// What is drawn as one curve; an attempt may have taken steps back.
  struct Curve {
    std::int64_t run;
    QString name;
    std::int64_t num_attempts;
    int colour;
    CurveScale scale;
    bool operator==(const Curve&) const = default;
  };

  void refresh();
  void refreshRuns();
  void compare();
  /// A run keeps its colour while it is ticked.
  void giveColours(const std::vector<std::int64_t>& runs);
  void refreshMetrics(const std::vector<std::int64_t>& runs);
  void drawCurves(const std::vector<RunRecord>& runs);
  void showDifferences(const std::vector<RunRecord>& runs);
  std::vector<std::int64_t> chosen() const;

  Workspace& workspace_;
  QListWidget* runs_;  // All owned by this widget.
  QComboBox* metric_;
  QComboBox* axis_;
  MetricChart* chart_;
  bool hasTicked_ = false;  // By itself, the newest two runs; after that the user does.
  std::map<std::int64_t, int> colours_;  // Of the ticked runs, for `categoryColor`.
  std::vector<Curve> curves_;            // In the chart, of the metric `curvesKey_`.
  std::string curvesKey_;
  QTableWidget* differences_;
};

}  // namespace pretext
