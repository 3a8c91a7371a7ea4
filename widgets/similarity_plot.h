#pragma once

#include "core/augment/view_hardness.h"

#include <QWidget>

#include <vector>

namespace pretext {

/// How alike two views of an image are, as a histogram over the cosine, beside views of different
/// images: the less the two overlap, the easier the task.
class SimilarityPlot final : public QWidget {
  Q_OBJECT

 public:
  explicit SimilarityPlot(QWidget* parent = nullptr);
  void show(const ViewHardness& hardness);
  void clear();

  QSize sizeHint() const override { return {300, 120}; }
  QSize minimumSizeHint() const override { return {180, 90}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<double> partners_, others_;  // Share of the cosines in each bin.
};

}  // namespace pretext
