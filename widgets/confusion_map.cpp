#include "widgets/confusion_map.h"

#include "widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <numeric>
#include <utility>

namespace pretext {
namespace {

constexpr int kSmallestCell = 3;  // px, of many classes.
constexpr int kLargestCell = 16;
constexpr int kPadding = 6;
constexpr int kWidestRowName = 160;
constexpr int kWidestColumn = 96;
constexpr double kFullest = 0.85;  // Of a colour, so that the ground stays seen.

QColor mixed(const QColor& ground, const QColor& colour, double share) {
  const auto channel = [share](double below, double above) {
    return static_cast<float>(below + share * (above - below));
  };
  return QColor::fromRgbF(channel(ground.redF(), colour.redF()),
                          channel(ground.greenF(), colour.greenF()),
                          channel(ground.blueF(), colour.blueF()));
}

}  // namespace

ConfusionMap::ConfusionMap(QWidget* parent) : QAbstractScrollArea(parent) {
  setAccessibleName(tr("Confusion matrix"));
  setFrameShape(NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setMouseTracking(true);
  viewport()->setBackgroundRole(QPalette::Base);
}

void ConfusionMap::show(std::vector<std::vector<std::int64_t>> counts, const QStringList& names) {
  counts_ = std::move(counts);
  names_ = names;
  totals_.clear();
  for (const auto& row : counts_)
    totals_.push_back(std::accumulate(row.begin(), row.end(), std::int64_t{0}));
  picture_ = {};
  current_ = {-1, -1};
  arrange();
  viewport()->update();
}

std::int64_t ConfusionMap::count(int truth, int takenFor) const {
  const auto& row = counts_[static_cast<std::size_t>(truth)];
  return std::cmp_less(takenFor, row.size()) ? row[static_cast<std::size_t>(takenFor)] : 0;
}

double ConfusionMap::share(int truth, int takenFor) const {
  const auto total = std::max<std::int64_t>(1, totals_[static_cast<std::size_t>(truth)]);
  return static_cast<double>(count(truth, takenFor)) / static_cast<double>(total);
}

QString ConfusionMap::nameOf(int number) const {
  return number < names_.size() ? names_[number] : QString::number(number);
}

QString ConfusionMap::sentence(int truth, int takenFor) const {
  const auto figures = tr("%L1 of %L2 (%3 %)")
                           .arg(count(truth, takenFor))
                           .arg(totals_[static_cast<std::size_t>(truth)])
                           .arg(100.0 * share(truth, takenFor), 0, 'f', 1);
  return truth == takenFor
             ? tr("%1 recognised: %2").arg(nameOf(truth), figures)
             : tr("%1 taken for %2: %3").arg(nameOf(truth), nameOf(takenFor), figures);
}

void ConfusionMap::arrange() {
  const auto metrics = fontMetrics();
  if (size() > kMostNamed) {
    const auto room = std::min(viewport()->width(), viewport()->height());
    const int side = std::clamp(room / size(), kSmallestCell, kLargestCell);
    cell_ = {side, side};
    header_ = {0, 0};
  } else {
    int widest = metrics.horizontalAdvance(QStringLiteral("00000"));
    int widestRow = 0;
    for (int i = 0; i < size(); ++i) {
      const int width = metrics.horizontalAdvance(nameOf(i));
      widest = std::max(widest, std::min(width, kWidestColumn));
      widestRow = std::max(widestRow, std::min(width, kWidestRowName));
    }
    cell_ = QSize(widest, metrics.height()) + QSize(2 * kPadding, kPadding);
    header_ = QSize(widestRow, metrics.height()) + QSize(2 * kPadding, kPadding);
  }
  const auto whole = header_ + cell_ * size();
  for (auto* bar : {horizontalScrollBar(), verticalScrollBar()}) {
    const bool isAcross = bar == horizontalScrollBar();
    const int page = isAcross ? viewport()->width() : viewport()->height();
    bar->setRange(0, std::max(0, (isAcross ? whole.width() : whole.height()) - page));
    bar->setPageStep(page);
    bar->setSingleStep(isAcross ? cell_.width() : cell_.height());
  }
}

QRect ConfusionMap::cellRect(int truth, int takenFor) const {
  const QPoint corner(header_.width() + takenFor * cell_.width() - horizontalScrollBar()->value(),
                      header_.height() + truth * cell_.height() - verticalScrollBar()->value());
  return {corner, cell_};
}

QPoint ConfusionMap::cellAt(const QPoint& place) const {
  if (size() == 0 || place.x() < header_.width() || place.y() < header_.height()) return {-1, -1};
  const int x = (place.x() - header_.width() + horizontalScrollBar()->value()) / cell_.width();
  const int y = (place.y() - header_.height() + verticalScrollBar()->value()) / cell_.height();
  return x < size() && y < size() ? QPoint(x, y) : QPoint(-1, -1);
}

QColor ConfusionMap::colourOf(int truth, int takenFor) const {
  return mixed(palette().color(QPalette::Base), categoryColor(truth == takenFor ? 0 : 5),
               std::min(kFullest, share(truth, takenFor)));
}

QImage ConfusionMap::draw() const {
  QImage picture(size(), size(), QImage::Format_RGB32);
  const auto ground = palette().color(QPalette::Base);
  const auto right = categoryColor(0), wrong = categoryColor(5);
  for (int y = 0; y < size(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
    for (int x = 0; x < size(); ++x) {
      line[x] = mixed(ground, x == y ? right : wrong, std::min(kFullest, share(y, x))).rgb();
    }
  }
  return picture;
}

void ConfusionMap::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  if (size() == 0) return;
  if (picture_.isNull()) picture_ = draw();
  const QRect whole(cellRect(0, 0).topLeft(), cell_ * size());
  painter.save();
  painter.setClipRect(viewport()->rect().adjusted(header_.width(), header_.height(), 0, 0));
  painter.drawImage(whole, picture_);
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawRect(whole.adjusted(0, 0, -1, -1));
  if (size() <= kMostNamed) paintCounts(painter);
  if (current_.x() >= 0) {
    painter.setPen(QPen(palette().color(QPalette::Text), 2));
    painter.drawRect(cellRect(current_.y(), current_.x()));
  }
  painter.restore();
  if (size() <= kMostNamed) paintNames(painter);
}

void ConfusionMap::paintCounts(QPainter& painter) const {
  for (int truth = 0; truth < size(); ++truth) {
    for (int takenFor = 0; takenFor < size(); ++takenFor) {
      const auto place = cellRect(truth, takenFor);
      if (!place.intersects(viewport()->rect())) continue;
      const bool isDark = qGray(colourOf(truth, takenFor).rgb()) < 128;
      painter.setPen(isDark ? Qt::white : Qt::black);
      painter.drawText(place, Qt::AlignCenter, QString::number(count(truth, takenFor)));
    }
  }
}

void ConfusionMap::paintNames(QPainter& painter) const {
  const auto metrics = fontMetrics();
  painter.setPen(palette().color(QPalette::PlaceholderText));
  for (int i = 0; i < size(); ++i) {
    const auto cell = cellRect(i, i);
    const QRect across(cell.left(), 0, cell_.width(), header_.height());
    const QRect down(0, cell.top(), header_.width(), cell_.height());
    const auto put = [&](const QRect& place, const QRect& room, Qt::Alignment alignment) {
      painter.setClipRect(room);
      const auto inner = place.adjusted(kPadding, 0, -kPadding, 0);
      painter.drawText(inner, static_cast<int>(alignment) | Qt::TextSingleLine,
                       metrics.elidedText(nameOf(i), Qt::ElideRight, inner.width()));
    };
    const auto all = viewport()->rect();
    put(across, all.adjusted(header_.width(), 0, 0, 0), Qt::AlignCenter);
    put(down, all.adjusted(0, header_.height(), 0, 0), Qt::AlignRight | Qt::AlignVCenter);
  }
}

void ConfusionMap::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  arrange();
}

void ConfusionMap::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) picture_ = {};
  if (event->type() == QEvent::FontChange) arrange();
  viewport()->update();
}

bool ConfusionMap::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const auto cell = cellAt(help->pos());
  if (cell.x() < 0) {
    QToolTip::hideText();
  } else {
    QToolTip::showText(help->globalPos(), sentence(cell.y(), cell.x()), viewport(),
                       cellRect(cell.y(), cell.x()));
  }
  return true;
}

void ConfusionMap::mousePressEvent(QMouseEvent* event) {
  if (const auto cell = cellAt(event->pos()); cell.x() >= 0) pointAt(cell.y(), cell.x());
}

void ConfusionMap::mouseMoveEvent(QMouseEvent* event) {
  if (const auto cell = cellAt(event->pos()); cell.x() >= 0)
    Q_EMIT pointed(sentence(cell.y(), cell.x()));
}

void ConfusionMap::keyPressEvent(QKeyEvent* event) {
  QPoint step;
  switch (event->key()) {
    case Qt::Key_Left:
      step = {-1, 0};
      break;
    case Qt::Key_Right:
      step = {1, 0};
      break;
    case Qt::Key_Up:
      step = {0, -1};
      break;
    case Qt::Key_Down:
      step = {0, 1};
      break;
    default:
      return QAbstractScrollArea::keyPressEvent(event);
  }
  if (size() == 0) return;
  const auto wanted = current_.x() < 0 ? QPoint(0, 0) : current_ + step;
  pointAt(std::clamp(wanted.y(), 0, size() - 1), std::clamp(wanted.x(), 0, size() - 1));
}

void ConfusionMap::pointAt(int truth, int takenFor) {
  current_ = {takenFor, truth};
  const auto shift = [](QScrollBar* bar, int low, int high, int from, int to) {
    if (low < from) bar->setValue(bar->value() - (from - low));
    if (high > to) bar->setValue(bar->value() + (high - to));
  };
  const auto place = cellRect(truth, takenFor);
  shift(horizontalScrollBar(), place.left(), place.right() + 1, header_.width(),
        viewport()->width());
  shift(verticalScrollBar(), place.top(), place.bottom() + 1, header_.height(),
        viewport()->height());
  viewport()->update();
  const auto text = sentence(truth, takenFor);
  setAccessibleDescription(text);  // Readers say it when it changes.
  Q_EMIT pointed(text);
}

}  // namespace pretext
