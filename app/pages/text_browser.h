#pragma once

#include "core/corpus/corpus.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QListView;
class QPlainTextEdit;
class QTableWidget;

namespace pretext {

class Histogram;
class TextDocumentModel;

/// A text corpus to look at: its documents with search, how long they are, the text of one, and the
/// pieces of the sentence that the cursor is in, with their ids.
class TextBrowser final : public QWidget {
  Q_OBJECT

 public:
  explicit TextBrowser(QWidget* parent = nullptr);
  /// `corpus` is of text; null shows nothing.
  void show(std::shared_ptr<const Corpus> corpus);

 private:
  void search();
  void list(std::vector<std::int64_t> positions);
  void showDocument(std::int64_t position);
  void showSentence();
  void colourPieces(const std::vector<Token>& tokens);

  std::shared_ptr<const Corpus> corpus_;
  std::int64_t shown_ = -1;  // Document.
  std::string text_;         // Of the document shown.
  int token_ = 0;            // Of the newest search; late answers of earlier ones are dropped.
  QLineEdit* query_;         // All owned by this widget.
  QLabel* found_;
  TextDocumentModel* documents_;
  QListView* list_;
  Histogram* lengths_;
  QPlainTextEdit* page_;
  QLabel* sentence_;
  QTableWidget* pieces_;
};

}  // namespace pretext
