#pragma once

#include <QWidget>

#include <cstdint>
#include <string>
#include <vector>

class QLabel;
class QListWidget;

namespace pretext {

class ConfusionMap;

/// A confusion matrix with what there is to read of it: the cell in hand in words, and of more
/// classes than can be named beside cells, first the pairs that are confused most.
class ConfusionMatrix final : public QWidget {
  Q_OBJECT

 public:
  explicit ConfusionMatrix(QWidget* parent = nullptr);
  /// `counts`: [true class][predicted class]; none: nothing is shown.
  void show(const std::vector<std::vector<std::int64_t>>& counts,
            const std::vector<std::string>& classes);

 private:
  QWidget* makePairs();

  QWidget* side_;  // All owned by this widget.
  QListWidget* pairs_;
  ConfusionMap* map_;
  QLabel* cell_;
};

}  // namespace pretext
