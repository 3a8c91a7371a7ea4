#pragma once

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <functional>
#include <utility>

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

/// A line at the foot of a page that says what went wrong there, or what was done and can be
/// undone; hidden while there is nothing to say.
class MessageLine final : public QFrame {
  Q_OBJECT

 public:
  explicit MessageLine(QWidget* parent)
      : QFrame(parent),
        text_(new QLabel(this)),
        undo_(new QPushButton(tr("&Undo"), this)),
        fade_(new QTimer(this)) {
    fade_->setSingleShot(true);
    connect(fade_, &QTimer::timeout, this, [this] { hide(); });
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    undo_->setAccessibleName(tr("Undo"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(text_, 1);
    layout->addWidget(undo_);
    connect(undo_, &QPushButton::clicked, this, [this] {
      hide();
      attempt(std::exchange(takeBack_, {}));  // What it does may say something else.
    });
    hide();
  }

  /// Says what went wrong; nothing hides the line.
  void say(const QString& text) { present(text, QStringLiteral("#d55e00"), {}); }
  /// Says what was done, and after a while no more.
  void tell(const QString& text) {
    present(text, QStringLiteral("#0072b2"), {});
    fade_->start(kShown);
  }
  /// Says what was done; `takeBack` undoes it, by `attempt`.
  void offerUndo(const QString& text, std::function<void()> takeBack) {
    present(text, QStringLiteral("#0072b2"), std::move(takeBack));
  }
  /// Does what a person asked for and says what went wrong, if anything did: a read-only workspace,
  /// a full disk, a run that has changed meanwhile.
  void attempt(const std::function<void()>& work) {
    try {
      work();
    } catch (const std::exception& error) {
      say(QString::fromUtf8(error.what()));
    }
  }

 private:
  void present(const QString& text, const QString& ground, std::function<void()> takeBack) {
    fade_->stop();
    takeBack_ = std::move(takeBack);
    text_->setText(text);
    text_->setStyleSheet(QStringLiteral("color: white"));
    setStyleSheet(
        QStringLiteral("pretext--MessageLine { background: %1; border-radius: 4px }").arg(ground));
    undo_->setVisible(takeBack_ != nullptr);
    setVisible(!text.isEmpty());
  }

  static constexpr std::chrono::seconds kShown{15};

  QLabel* text_;  // All owned by this widget.
  QPushButton* undo_;
  QTimer* fade_;
  std::function<void()> takeBack_;
};

}  // namespace pretext
