#pragma once

#include "app/pages/source_panel.h"
#include "core/corpus/text_ingest.h"
#include "core/corpus/text_source.h"

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QSpinBox;

namespace pretext {

/// What was chosen for a corpus of text to be.
struct TextIngestChoice {
  QString path;
  QString name;
  TextSourceOptions reading;
  TextIngestOptions text;
  bool update = false;  ///< A corpus of that name is there: a new version of it.
};

/// A text file, a folder of them, or rows of a table: columns, documents and vocabulary are chosen.
class TextIngestPanel final : public SourcePanel {
  Q_OBJECT

 public:
  explicit TextIngestPanel(Workspace& workspace, QWidget* parent = nullptr);
  TextIngestChoice chosen() const;

 protected:
  void reset() override;
  void clearLook() override;
  void beginLook() override;

 private:
  struct Answer;

  void listVocabularies();
  void chooseVocabulary(int index);
  void showAnswer(const Answer& answer);
  void listColumns(const TextSourceLook& look);

  QString vocabularyFile_;
  QPlainTextEdit* documents_;  // All owned by this widget.
  QComboBox* textColumn_;
  QComboBox* labelColumn_;
  QComboBox* unit_;
  QComboBox* vocabulary_;
  QSpinBox* numPieces_;
  QCheckBox* isCased_;
  QCheckBox* takesMarkup_;
};

}  // namespace pretext
