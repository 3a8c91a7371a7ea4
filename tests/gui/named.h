#pragma once

#include <QString>
#include <QWidget>

namespace pretext {

/// A control by its accessible name, among those that are visible.
template <typename Widget>
Widget* named(QWidget& window, const QString& name) {
  for (auto* widget : window.findChildren<Widget*>()) {
    if (widget->accessibleName() == name && widget->isVisible()) return widget;
  }
  return nullptr;
}

}  // namespace pretext
