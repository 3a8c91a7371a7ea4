#pragma once

#include <QFrame>
#include <QPointer>
#include <QString>

#include <vector>

class QLabel;
class QPushButton;

namespace pretext {

/// What a tour says of one part of the window.
struct TourStop {
  QWidget* place;
  QString title;
  QString text;
};

/// Leads through a window: a note beside each part in turn, which is framed. Nothing waits for it:
/// the window can be used meanwhile, Escape or its button ends it.
class Tour final : public QFrame {
  Q_OBJECT

 public:
  explicit Tour(QWidget* window);

  void start(std::vector<TourStop> stops);
  bool isUnderWay() const { return isVisible(); }

 Q_SIGNALS:
  /// Gone through, or skipped.
  void ended();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void turnTo(std::size_t stop);
  void place();
  QPoint cornerFor(const QRect& area) const;
  void end();

  QLabel* title_;  // All owned by this widget.
  QLabel* text_;
  QLabel* count_;
  QPushButton* next_;
  QFrame* band_;  // Owned by the window; frames the place.
  QPointer<QWidget> focusedBefore_;
  std::vector<TourStop> stops_;
  std::size_t stop_ = 0;
};

}  // namespace pretext
