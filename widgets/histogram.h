#pragma once

#include <QWidget>

#include <vector>

class QPainter;

namespace pretext {

/// How many things have which size: bars over bins that double in width.
class Histogram final : public QWidget {
  Q_OBJECT

 public:
  /// `unit`: what the sizes count, e.g. "pieces".
  Histogram(const QString& title, const QString& unit, QWidget* parent = nullptr);

  void show(const std::vector<std::int64_t>& sizes);

  QSize sizeHint() const override { return {320, 110}; }
  QSize minimumSizeHint() const override { return {160, 90}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QRectF bar(std::size_t bin) const;
  QString describe(std::size_t bin) const;
  void drawEdge(QPainter& painter, double place, const QString& text) const;
  /// Every how manyth bar has room for its label.
  std::size_t labelStep(const QString& widest) const;

  QString title_;
  QString unit_;
  std::vector<qint64> counts_;  // Of sizes in [2^i, 2^(i+1)), from `firstBin_` on.
  int firstBin_ = 0;
};

}  // namespace pretext
