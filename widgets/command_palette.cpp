#include "widgets/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace pretext {
namespace {

constexpr int kMostShown = 50;
constexpr int kWidth = 560, kHeight = 360;  // Device-independent pixels.

bool beginsWord(const QString& text, qsizetype place) {
  return place == 0 || !text[place - 1].isLetterOrNumber();
}

}  // namespace

int paletteScore(const QString& typed, const QString& text) {
  int score = 1;
  qsizetype from = 0;
  for (const QChar letter : typed) {
    if (letter.isSpace()) continue;
    const auto place = text.indexOf(letter, from, Qt::CaseInsensitive);
    if (place < 0) return 0;
    score += place == from ? 4 : 1;
    if (beginsWord(text, place)) score += 3;
    from = place + 1;
  }
  return score;
}

CommandPalette::CommandPalette(QWidget* parent)
    : QFrame(parent, Qt::Popup), line_(new QLineEdit), list_(new QListWidget) {
  setFrameShape(QFrame::StyledPanel);
  line_->setPlaceholderText(tr("Find a page, run, corpus or action"));
  line_->setAccessibleName(tr("Find"));
  list_->setAccessibleName(tr("What was found"));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setTextElideMode(Qt::ElideMiddle);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(line_);
  layout->addWidget(list_, 1);
  line_->installEventFilter(this);
  connect(line_, &QLineEdit::textChanged, this, &CommandPalette::narrow);
  connect(line_, &QLineEdit::returnPressed, this, &CommandPalette::act);
  connect(list_, &QListWidget::itemClicked, this, &CommandPalette::act);
}

void CommandPalette::open(std::vector<PaletteEntry> entries) {
  entries_ = std::move(entries);
  line_->clear();
  narrow({});
  const auto* over = parentWidget();
  const QSize size(std::min(kWidth, over->width()), std::min(kHeight, over->height()));
  resize(size);
  move(over->mapToGlobal(QPoint((over->width() - size.width()) / 2, over->height() / 8)));
  show();
  line_->setFocus();
}

void CommandPalette::narrow(const QString& typed) {
  struct Found {
    int score;
    int place;  // In `entries_`.
  };
  std::vector<Found> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const int score = paletteScore(typed, entries_[i].title);
    if (score > 0) found.push_back({score, static_cast<int>(i)});
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &Found::score);
  list_->clear();
  for (const auto& one : found) {
    if (list_->count() == kMostShown) break;
    const auto& entry = entries_[static_cast<std::size_t>(one.place)];
    auto* item = new QListWidgetItem(entry.title + QStringLiteral("   ·   ") + entry.kind, list_);
    item->setData(Qt::UserRole, one.place);
  }
  list_->setCurrentRow(0);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == line_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step != 0 && list_->count() > 0) {
      list_->setCurrentRow((list_->currentRow() + step + list_->count()) % list_->count());
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

void CommandPalette::act() {
  const auto* item = list_->currentItem();
  if (!item) return;
  const auto chosen = entries_[static_cast<std::size_t>(item->data(Qt::UserRole).toInt())].act;
  close();
  chosen();
}

}  // namespace pretext
