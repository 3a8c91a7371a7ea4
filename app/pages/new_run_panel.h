#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"

#include <QWidget>

#include <map>
#include <optional>
#include <string>

class QComboBox;
class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QLayout;
class QPushButton;
class QScrollArea;

namespace pretext {

class CostLine;
class FieldForm;
class SweepEditor;
struct ObjectiveKind;
struct SweepPlan;

/// The form of a new run, or of a sweep of runs, made from the field table, its TOML beside it, and
/// what it will cost.
class NewRunPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit NewRunPanel(Workspace& workspace, QWidget* parent = nullptr);
  /// What a new run is to another.
  struct Child {
    QString title;        ///< In words.
    CorpusRecord corpus;  ///< Of its parent.
  };
  /// A child keeps its parent's corpus, unless it learns from labels, which another may have.
  void prefill(const Experiment& experiment, std::optional<Child> child = {});

 Q_SIGNALS:
  void launched(const pretext::Experiment& experiment, const pretext::CorpusRecord& corpus);
  void sweepLaunched(const pretext::SweepPlan& plan);
  void cancelled();
  /// The form of a new run, not of a child, says something else.
  void edited(const pretext::Experiment& experiment);

 private:
  QWidget* makeForm();
  QLayout* makeButtons();
  void launch();
  /// The button and what it will cost, for one run or for several.
  void showLaunch();
  /// Why no run can be started, whatever the form says; empty: one can.
  QString whyNot();
  Experiment chosen() const;
  void update();
  void listCorpora(const std::string& chosen);
  /// The kept recipes, with that which the form's views equal, if any, as the chosen one.
  void listRecipes(const Experiment& experiment);
  /// Gives a corpus of few images a batch that makes several steps of an epoch, unless one was
  /// chosen.
  void fitBatch();
  void takeRecipe(int index);
  /// Fills the form; the objectives on offer are those that fit the chosen corpus.
  void fill(const Experiment& experiment);
  void turnTo(const std::string& corpusKind);
  /// Nothing while none is chosen.
  std::optional<CorpusRecord> chosenCorpus() const;
  /// Of the form as it is.
  const ObjectiveKind& objective() const;

  Workspace& workspace_;
  std::optional<Child> child_;
  bool canStart_ = false;                     // One run of the form as it is.
  bool listsLabelled_ = false;                // Corpora on offer are those with labels.
  std::map<std::string, Experiment> byKind_;  // What the form had for another kind of corpus.
  QLabel* heading_;                           // All owned by this widget.
  QScrollArea* scroll_ = nullptr;
  QComboBox* corpus_;
  QFormLayout* head_;
  QComboBox* recipe_;
  QLabel* explanation_;  // Of the field that has the focus.
  FieldForm* form_;
  SweepEditor* sweep_;
  QPlainTextEdit* toml_;
  CostLine* cost_;
  QPushButton* launch_;
};

}  // namespace pretext
