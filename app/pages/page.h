#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pretext {

/// What an empty page shows: what belongs there, and the button that fills it.
class EmptyState final : public QWidget {
  Q_OBJECT

 public:
  EmptyState(const QString& title, const QString& text, const QString& button, QWidget* parent)
      : QWidget(parent), button_(new QPushButton(button, this)) {
    auto* heading = new QLabel(title, this);
    auto font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    heading->setFont(font);
    auto* body = new QLabel(text, this);
    body->setWordWrap(true);
    body->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch();
    layout->addWidget(heading, 0, Qt::AlignHCenter);
    layout->addWidget(body);
    layout->addWidget(button_, 0, Qt::AlignHCenter);
    layout->addStretch();
    button_->setAccessibleName(button);
    connect(button_, &QPushButton::clicked, this, &EmptyState::pressed);
  }

 Q_SIGNALS:
  void pressed();

 private:
  QPushButton* button_;  // Owned by this widget.
};

/// A line at the top of a page that says what went wrong there, hidden while all is well.
class MessageLine final : public QLabel {
  Q_OBJECT

 public:
  explicit MessageLine(QWidget* parent) : QLabel(parent) {
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setStyleSheet(
        QStringLiteral("background: #d55e00; color: white; padding: 6px; border-radius: 4px"));
    hide();
  }
  void say(const QString& text) {
    setText(text);
    setVisible(!text.isEmpty());
  }
};

}  // namespace pretext
