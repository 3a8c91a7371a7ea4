#pragma once

#include "core/corpus/corpus.h"

#include <QDialog>

namespace pretext {

/// The classes of a corpus in a line, as rich text: the first few with how many samples each has.
/// Of more it says how many, behind a link to "classes".
QString classesInWords(const Corpus& corpus);

/// All classes of a corpus with how many samples each has: sorted by either, found by a part of
/// their name. Deletes itself when it is closed.
class ClassListDialog final : public QDialog {
  Q_OBJECT

 public:
  ClassListDialog(const Corpus& corpus, QWidget* parent);
};

}  // namespace pretext
