#pragma once

#include "app/workspace.h"
#include "core/store/job_store.h"
#include "core/store/labelling_store.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QListView;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace pretext {

class LabelMenu;
class TextDocumentModel;
class ThumbnailModel;

/// From no labels to a classifier: the selected samples are given a class, a probe is trained on
/// these few labels, and what it is least sure of comes next.
class LabelPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit LabelPanel(Workspace& workspace, QWidget* parent = nullptr);

  void setRun(std::int64_t run, std::shared_ptr<const Corpus> corpus);
  /// The samples that are to be labelled.
  void setSelection(std::vector<std::int64_t> positions);
  /// How many points there are to be asked about.
  void setNumShown(std::int64_t points);
  const std::vector<std::int64_t>& selection() const { return selection_; }
  const std::map<std::int64_t, std::string>& labels() const { return labels_; }
  const std::optional<LabelProbe>& probe() const { return probe_; }
  /// Reads again what is stored, if anything is new.
  void refresh();

 Q_SIGNALS:
  /// Labels, or what was learned from them, are others than before.
  void changed();
  /// A sample of the lists was turned to.
  void chosen(qint64 position);
  void failed(const QString& reason);
  /// Something was done.
  void told(const QString& what);

 private:
  /// A list of samples, as pictures or texts.
  struct SampleList {
    QListView* view;  // All owned by the panel.
    ThumbnailModel* pictures;
    TextDocumentModel* documents;
  };
  SampleList makeList(const QString& name);
  void fill(const SampleList& list, std::vector<std::int64_t> positions);
  /// Of the selection, what its list shows.
  std::vector<std::int64_t> listed() const;
  /// Of each sample its label, empty for one without.
  QStringList labelsOf(const std::vector<std::int64_t>& positions) const;
  QWidget* makeGiving();
  QWidget* makeLabelling();
  QWidget* makeLearning();
  void give(bool takeAway);
  void step(bool back);
  void learn();
  void listLabellings();
  void clearPicksBut(const QListView* list);
  /// Looks whether a probe is being trained on what is shown, and whether that failed.
  void followTraining(const std::optional<LabellingRecord>& labelling);
  void showState();
  void showProbe();
  /// Those picked among the selected, or all of them.
  std::vector<std::int64_t> picked() const;
  void attempt(const std::function<void()>& work);
  std::optional<LabellingRecord> labelling();

  Workspace& workspace_;
  SampleList selected_;  // All widgets are owned by this one.
  QLabel* selectedTitle_;
  QComboBox* class_;
  QPushButton* give_;
  QPushButton* takeAway_;
  QComboBox* labelling_;
  QToolButton* undo_;
  QToolButton* redo_;
  LabelMenu* menu_;
  QPushButton* learn_;
  QProgressBar* progress_;
  QPushButton* stop_;
  QLabel* outcome_;
  SampleList unsure_;
  QLabel* unsureTitle_;
  std::shared_ptr<const Corpus> corpus_;
  std::int64_t run_ = -1;
  std::vector<std::int64_t> selection_;
  std::map<std::int64_t, std::string> labels_;
  std::optional<LabelProbe> probe_;
  std::optional<JobRecord> job_;  // That trains a probe.
  std::int64_t lastAct_ = -1;     // Of what is shown.
  std::int64_t numShown_ = 0;     // Points.
  bool hasGiven_ = false;         // Of the class that is written.
};

}  // namespace pretext
