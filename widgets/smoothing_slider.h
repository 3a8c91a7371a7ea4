#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace pretext {

/// How much charts are smoothed: a slider of the weight from 0 to 0.99, remembered from one start
/// to the next.
class SmoothingSlider final : public QWidget {
  Q_OBJECT

 public:
  explicit SmoothingSlider(QWidget* parent = nullptr);
  /// Of an exponential moving average, [0, 0.99].
  double weight() const;

 Q_SIGNALS:
  void changed(double weight);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QSlider* slider_;  // Both owned by this widget.
  QLabel* number_;
};

}  // namespace pretext
