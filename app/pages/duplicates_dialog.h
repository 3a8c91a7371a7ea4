#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"

#include <QDialog>

namespace pretext {

/// Which images of a corpus are exact copies of each other.
class DuplicatesDialog final : public QDialog {
  Q_OBJECT

 public:
  DuplicatesDialog(Database& database, const Corpus& corpus, QWidget* parent = nullptr);
};

}  // namespace pretext
