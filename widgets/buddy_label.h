#pragma once

#include <QLabel>

namespace pretext {

/// A label of `editor`: its mnemonic leads there, and a screen reader reads it there.
inline QLabel* buddyLabel(const QString& text, QWidget* editor, QWidget* parent = nullptr) {
  auto* label = new QLabel(text, parent);
  label->setBuddy(editor);
  return label;
}

}  // namespace pretext
