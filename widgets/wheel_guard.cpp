#include "widgets/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>

namespace pretext {
namespace {

class WheelGuard final : public QObject {
 public:
  using QObject::QObject;
  bool eventFilter(QObject* control, QEvent* event) override {
    if (event->type() != QEvent::Wheel || static_cast<QWidget*>(control)->hasFocus()) return false;
    event->ignore();  // Its parent is asked next.
    return true;
  }
};

}  // namespace

void guardWheel(QWidget& parent) {
  for (auto* control : parent.findChildren<QWidget*>()) {
    const bool isOne =
        qobject_cast<QAbstractSpinBox*>(control) || qobject_cast<QComboBox*>(control) ||
        (qobject_cast<QAbstractSlider*>(control) && !qobject_cast<QScrollBar*>(control));
    if (!isOne) continue;
    control->setFocusPolicy(Qt::StrongFocus);  // The wheel alone gives none.
    control->installEventFilter(new WheelGuard(control));
  }
}

}  // namespace pretext
