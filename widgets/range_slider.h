#pragma once

#include <QWidget>

namespace pretext {

/// A slider with two handles, for a smallest and a largest value. For the mouse: the numbers that
/// stand beside it are for the keyboard and the screen reader.
class RangeSlider final : public QWidget {
  Q_OBJECT

 public:
  RangeSlider(double least, double most, QWidget* parent = nullptr);

  /// `low` <= `high`, both within the bounds.
  void setRange(double low, double high);
  double low() const { return low_; }
  double high() const { return high_; }

  QSize sizeHint() const override { return {160, 22}; }
  QSize minimumSizeHint() const override { return {80, 22}; }

 Q_SIGNALS:
  /// By hand; the handle that is pushed against the other takes it along.
  void moved(double low, double high);
  /// A handle was taken hold of.
  void pressed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  double place(double value) const;
  void moveTo(double x);

  double least_, most_;
  double low_, high_;
  bool holdsLow_ = true;
};

}  // namespace pretext
