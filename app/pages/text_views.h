#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"

#include <QWidget>

#include <memory>

class QLabel;
class QSpinBox;
class QTextBrowser;

namespace pretext {

class FieldForm;

/// The views of text: how sequences are cut, paired and hidden on the left, on the right the very
/// rows that training sees at an epoch and step, by the code that training uses. Rows are made off
/// the GUI thread; late ones are dropped.
class TextViews final : public QWidget {
  Q_OBJECT

 public:
  explicit TextViews(QWidget* parent = nullptr);
  /// `corpus` is of text.
  void show(std::shared_ptr<const Corpus> corpus);
  const Experiment& experiment() const;

 Q_SIGNALS:
  /// Rows for the newest settings are on the screen.
  void previewShown();

 private:
  void requestPreview();

  std::shared_ptr<const Corpus> corpus_;
  int token_ = 0;
  FieldForm* form_;  // All owned by this widget.
  QSpinBox* seed_;
  QSpinBox* epoch_;
  QSpinBox* step_;
  QLabel* hint_;
  QTextBrowser* rows_;
};

}  // namespace pretext
