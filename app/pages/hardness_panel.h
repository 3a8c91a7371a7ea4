#pragma once

#include "app/workspace.h"
#include "core/augment/view_hardness.h"
#include "core/spec/experiment.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QTimer;

namespace pretext {

class SimilarityPlot;

/// How hard a recipe makes the task: the similarity of an image's two views beside that of
/// different images, by their pixels or colours at once, by a run's encoder when it is asked.
class HardnessPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit HardnessPanel(Workspace& workspace, QWidget* parent = nullptr);
  /// `recipe`: its views are measured, on images of `corpus`.
  void show(std::shared_ptr<const Corpus> corpus, const Experiment& recipe, std::uint64_t seed,
            std::uint32_t epoch);
  void clear();

 Q_SIGNALS:
  /// The plot is that of the newest recipe.
  void shown();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  enum Features { kPixels, kColours, kEncoder };
  struct Request;

  static ViewHardness measure(const Request& request);
  /// What the figure says of a recipe.
  static QString meaning(const ViewHardness& hardness, const QString& by);
  void listRuns();
  void turnTo();
  void start();
  void askEngine();
  void takeAnswer();
  void present(const ViewHardness& hardness, const QString& by);
  std::vector<std::int64_t> positions() const;
  /// What the engine is to be asked now, as JSON.
  std::string question() const;

  Workspace& workspace_;
  std::shared_ptr<const Corpus> corpus_;
  Experiment recipe_;
  std::uint64_t seed_ = 0;
  std::uint32_t epoch_ = 0;
  bool isMeasuring_ = false;
  bool isStale_ = false;
  std::optional<std::int64_t> job_;  // That the engine works on for this page.
  std::string asked_;                // The question that it answers.
  QComboBox* features_;              // All owned by this widget.
  QPushButton* ask_;
  SimilarityPlot* plot_;
  QLabel* sentence_;
  QTimer* pause_;
};

}  // namespace pretext
