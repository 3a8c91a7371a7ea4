#include "widgets/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace pretext {
namespace {

constexpr int kWidth = 340;  // Device-independent pixels.
constexpr int kGap = 12;

}  // namespace

Tour::Tour(QWidget* window)
    : QFrame(window),
      title_(new QLabel),
      text_(new QLabel),
      count_(new QLabel),
      next_(new QPushButton),
      band_(new QFrame(window)) {
  band_->setAttribute(Qt::WA_TransparentForMouseEvents);
  band_->setStyleSheet(QStringLiteral("border: 3px solid palette(highlight)"));
  band_->hide();
  setAccessibleName(tr("Tour"));
  setAutoFillBackground(true);
  setFrameShape(QFrame::StyledPanel);
  setBackgroundRole(QPalette::ToolTipBase);
  setForegroundRole(QPalette::ToolTipText);
  setFixedWidth(kWidth);
  for (auto* label : {title_, text_, count_}) label->setForegroundRole(QPalette::ToolTipText);
  auto font = title_->font();
  font.setBold(true);
  title_->setFont(font);
  text_->setWordWrap(true);
  text_->setAccessibleName(tr("What the tour says"));
  auto* skip = new QPushButton(tr("S&kip the tour"));
  for (auto* button : {skip, next_}) button->setAutoDefault(true);  // Return presses it.
  auto* row = new QHBoxLayout;
  row->addWidget(count_);
  row->addStretch(1);
  row->addWidget(skip);
  row->addWidget(next_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(title_);
  layout->addWidget(text_);
  layout->addLayout(row);
  connect(next_, &QPushButton::clicked, this, [this] { turnTo(stop_ + 1); });
  connect(skip, &QPushButton::clicked, this, &Tour::end);
  window->installEventFilter(this);
  hide();
}

void Tour::start(std::vector<TourStop> stops) {
  stops_ = std::move(stops);
  focusedBefore_ = window()->focusWidget();
  turnTo(0);
  next_->setFocus();
}

void Tour::turnTo(std::size_t stop) {
  if (stop >= stops_.size()) return end();
  stop_ = stop;
  title_->setText(stops_[stop].title);
  text_->setText(stops_[stop].text);
  count_->setText(tr("%1 of %2").arg(stop + 1).arg(stops_.size()));
  next_->setText(stop + 1 < stops_.size() ? tr("&Next") : tr("&Done"));
  next_->setAccessibleName(next_->text().remove(QLatin1Char('&')));
  show();
  place();
  raise();
}

void Tour::place() {
  const auto* target = stops_[stop_].place;
  auto* window = parentWidget();
  const QRect area(target->mapTo(window, QPoint()), target->size());
  band_->setGeometry(area);
  band_->show();
  band_->raise();
  layout()->activate();
  resize(kWidth, std::max(sizeHint().height(), heightForWidth(kWidth)));
  const QPoint corner = cornerFor(area);
  const QRect room = window->rect().adjusted(kGap, kGap, -width() - kGap, -height() - kGap);
  move(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right())),
       std::clamp(corner.y(), room.top(), std::max(room.top(), room.bottom())));
}

/// Beside it where there is room, low, so that it stands in front of little; else above or below a
/// bar, and in the lower corner of what fills the window.
QPoint Tour::cornerFor(const QRect& area) const {
  const auto* window = parentWidget();
  const int low = area.bottom() - height() - kGap;
  if (area.right() + kGap + width() <= window->width()) return {area.right() + kGap, low};
  if (area.height() > window->height() / 3) return {area.right() - width() - kGap, low};
  const bool hasRoomAbove = area.top() > height() + 2 * kGap;
  return {area.left() + kGap, hasRoomAbove ? area.top() - height() - kGap : area.bottom() + kGap};
}

void Tour::end() {
  if (!isVisible()) return;
  // Before it hides, or Qt hands the focus to whatever comes next.
  if (focusedBefore_ && focusedBefore_->isVisible()) focusedBefore_->setFocus();
  hide();
  band_->hide();
  Q_EMIT ended();
}

void Tour::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return end();
  QFrame::keyPressEvent(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

}  // namespace pretext
