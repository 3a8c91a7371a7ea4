#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace pretext {

class FieldForm;

/// The form of a new run, made from the field table, its TOML beside it, and what it will cost.
class NewRunPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit NewRunPanel(Workspace& workspace, QWidget* parent = nullptr);
  /// `child`: what the new run is to its parent, in words; empty for a run of its own. A child
  /// keeps its parent's corpus, unless it learns from labels, which another may have.
  void prefill(const Experiment& experiment, const QString& child = {});

 Q_SIGNALS:
  void launched(const pretext::Experiment& experiment);
  void cancelled();

 private:
  Experiment chosen() const;
  QString timeEstimate(const Experiment& experiment, const CorpusRecord& corpus,
                       double operations) const;
  void update();
  void listCorpora(const Experiment& experiment, bool isChild);
  /// Fills the form; the objectives on offer are those that fit the chosen corpus.
  void fill(const Experiment& experiment);
  std::optional<CorpusRecord> chosenCorpus() const;
  QString imageEstimate(const Experiment& experiment, const CorpusRecord& corpus) const;
  QString textEstimate(const Experiment& experiment, const CorpusRecord& corpus) const;

  Workspace& workspace_;
  QLabel* heading_;  // All owned by this widget.
  QComboBox* corpus_;
  FieldForm* form_;
  QPlainTextEdit* toml_;
  QLabel* estimate_;
  QPushButton* launch_;
};

}  // namespace pretext
