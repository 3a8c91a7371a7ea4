#pragma once

#include "app/pages/point_colours.h"
#include "app/workspace.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QListWidget;

namespace pretext {

/// What a run's points are coloured by, and what the colours mean. Asks the engine for what is read
/// of single samples when it is first wanted.
class PointLegend final : public QWidget {
  Q_OBJECT

 public:
  explicit PointLegend(Workspace& workspace, QWidget* parent = nullptr);

  /// `checkpoint`: that of the run's embeddings.
  void setRun(std::int64_t run, std::shared_ptr<const Corpus> corpus,
              std::optional<std::int64_t> checkpoint);
  /// The points, by their samples' positions.
  void setPoints(std::vector<std::int64_t> positions);
  /// What was labelled by hand, and learned from that.
  void setLabels(const std::map<std::int64_t, std::string>& labels,
                 const std::optional<LabelProbe>& probe);
  /// Looks for new readings; called when anything changed.
  void refresh();

 Q_SIGNALS:
  /// The points' colours are others.
  void coloured(const PointColours& colours);
  /// One category is picked out; -1: none.
  void emphasised(int category);
  void failed(const QString& reason);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  ColourBy colourBy() const;
  void offerColours();
  void colour();
  /// Has the readings made where these are wanted and there are none of the embeddings' checkpoint.
  void askForReadings();
  bool hasReadings() const;
  void showLegend();
  void explain();

  Workspace& workspace_;
  QComboBox* colourBy_;  // All owned by this widget.
  QLabel* title_;
  QListWidget* legend_;
  std::int64_t run_ = -1;
  std::shared_ptr<const Corpus> corpus_;
  std::optional<std::int64_t> checkpoint_;
  std::optional<std::int64_t> askedFor_;  // Checkpoint whose readings the engine was asked for.
  std::optional<std::int64_t> job_;       // That makes them.
  bool hasLoss_ = false;                  // Whether the run's objective has one of single samples.
  std::vector<std::int64_t> positions_;
  ColourSources sources_;
  PointColours colours_;
  QString emphasised_;  // What is picked out; empty: nothing.
};

}  // namespace pretext
