#pragma once

#include <QColor>
#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace pretext {

/// Parallel coordinates: an axis a setting, a line a run (Inselberg 1985).
///
/// Dragging along an axis brushes it: lines that pass outside of the marked part become faint. A
/// click on an axis, or Escape, takes brushes away. By keys: left and right choose an axis, up and
/// down move its brush, with Shift its upper end, with Ctrl its lower one; Delete takes it away.
class ParallelPlot final : public QWidget {
  Q_OBJECT

 public:
  struct Axis {
    QString title;
    QStringList names;   ///< Of values 0, 1, …; empty: numbers.
    bool isLog = false;  ///< All values are above 0 then.
  };
  struct Line {
    std::int64_t id;
    QColor color;
    std::vector<double> values;  ///< One an axis; NaN: it has none.
  };

  explicit ParallelPlot(QWidget* parent = nullptr);
  /// Brushes stay where the axes do.
  void show(std::vector<Axis> axes, std::vector<Line> lines);
  /// Those of the lines that pass through all brushes.
  std::vector<std::int64_t> brushed() const;
  /// Where an axis meets a value, for whoever points there.
  QPointF placeOf(int axis, double value) const;

  QSize sizeHint() const override { return {600, 220}; }

 Q_SIGNALS:
  void brushedChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  bool passes(const Line& line) const;
  /// In [0, 1], from the lower end of an axis; NaN for NaN.
  double shareOf(std::size_t axis, double value) const;
  double xOf(std::size_t axis) const;
  QRectF area() const;
  double head() const;  ///< What titles and highest values take.
  double columnWidth() const;
  void layTitles();
  int axisAt(double x) const;
  /// Moves the ends of the brush of the axis in hand by these shares.
  void moveBrush(double low, double high);
  void removeBrush(int axis);
  void paintLine(QPainter& painter, const Line& line) const;
  void paintAxis(QPainter& painter, std::size_t axis) const;
  QString textOf(const Axis& axis, double value) const;

  std::vector<Axis> axes_;
  std::vector<Line> lines_;
  std::vector<std::pair<double, double>> ranges_;     // Lowest and highest value of each axis.
  std::map<int, std::pair<double, double>> brushes_;  // Shares, by axis.
  int inHand_ = -1;                                   // Axis that keys move the brush of.
  int pressed_ = -1;                                  // Axis that is being brushed.
  double pressedShare_ = 0.0;
  bool isStaggered_ = false;  // Titles.
};

}  // namespace pretext
