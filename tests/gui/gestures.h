#pragma once

#include "widgets/embedding_scatter.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QTimer>
#include <QtTest>

namespace pretext {

/// Draws a lasso along a box, with Shift held.
inline void drawLasso(EmbeddingScatter* scatter, const QRect& box) {
  QTest::mousePress(scatter, Qt::LeftButton, Qt::ShiftModifier, box.topLeft());
  for (const auto& corner : {box.topRight(), box.bottomRight(), box.bottomLeft()})
    QTest::mouseMove(scatter, corner);
  QTest::mouseRelease(scatter, Qt::LeftButton, Qt::ShiftModifier, box.bottomLeft());
}

/// The box about two places.
inline QRect boxAbout(const QPointF& one, const QPointF& other, int margin) {
  return QRectF(one, other).normalized().toRect().adjusted(-margin, -margin, margin, margin);
}

/// While it lives: writes a path into the file dialog that opens, and accepts.
class FileDialogAnswer {
 public:
  explicit FileDialogAnswer(const QString& path) {
    QObject::connect(&timer_, &QTimer::timeout, [path] {
      auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
      if (!dialog) return;
      dialog->findChild<QLineEdit*>()->setText(path);
      const auto* box = dialog->findChild<QDialogButtonBox*>();
      for (auto* button : box->buttons()) {
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole) button->click();
      }
    });
    timer_.start(50);
  }

 private:
  QTimer timer_;
};

}  // namespace pretext
