#pragma once

#include "app/pages/source_panel.h"
#include "core/corpus/series_source.h"

class QComboBox;

namespace pretext {

class SeriesChart;

/// What was chosen for a corpus of series to be.
struct SeriesIngestChoice {
  QString path;
  QString name;
  SeriesSourceOptions reading;
  bool update = false;  ///< A corpus of that name is there: a new version of it.
};

/// A table with a column of times, or a folder of them: which column that is, and the first curves.
class SeriesIngestPanel final : public SourcePanel {
  Q_OBJECT

 public:
  explicit SeriesIngestPanel(Workspace& workspace, QWidget* parent = nullptr);
  SeriesIngestChoice chosen() const;

 protected:
  void reset() override;
  void clearLook() override;
  void beginLook() override;

 private:
  struct Answer;

  void showAnswer(const Answer& answer);
  void listColumns(const std::vector<std::string>& columns, const std::string& chosen);

  SeriesChart* curves_;  // All owned by this widget.
  QComboBox* timeColumn_;
  QComboBox* labels_;
};

}  // namespace pretext
