#include "widgets/confusion_matrix.h"

#include "core/store/confused_pairs.h"
#include "widgets/confusion_map.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace pretext {
namespace {

constexpr std::size_t kMostPairs = 20;
constexpr int kPairsWidth = 320;

}  // namespace

ConfusionMatrix::ConfusionMatrix(QWidget* parent)
    : QWidget(parent),
      side_(new QWidget),
      pairs_(new QListWidget),
      map_(new ConfusionMap),
      cell_(new QLabel) {
  cell_->setAccessibleName(tr("Cell in hand"));
  cell_->setForegroundRole(QPalette::PlaceholderText);
  auto* right = new QVBoxLayout;
  right->setContentsMargins({});
  right->addWidget(map_, 1);
  right->addWidget(cell_);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(12);
  layout->addWidget(makePairs());
  layout->addLayout(right, 1);
  connect(map_, &ConfusionMap::pointed, cell_, &QLabel::setText);
  connect(pairs_, &QListWidget::currentItemChanged, map_, [this](const QListWidgetItem* item) {
    if (!item) return;
    const auto cell = item->data(Qt::UserRole).toPoint();
    map_->pointAt(cell.y(), cell.x());
  });
}

QWidget* ConfusionMatrix::makePairs() {
  auto* heading = new QLabel(tr("Confused most often"));
  heading->setForegroundRole(QPalette::PlaceholderText);
  pairs_->setAccessibleName(tr("Confused most often"));
  pairs_->setFrameShape(QFrame::NoFrame);
  pairs_->setTextElideMode(Qt::ElideMiddle);
  pairs_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  pairs_->setSpacing(2);
  side_->setFixedWidth(kPairsWidth);
  auto* layout = new QVBoxLayout(side_);
  layout->setContentsMargins({});
  layout->addWidget(heading);
  layout->addWidget(pairs_, 1);
  side_->hide();
  return side_;
}

void ConfusionMatrix::show(const std::vector<std::vector<std::int64_t>>& counts,
                           const std::vector<std::string>& classes) {
  QStringList names;
  for (const auto& name : classes) names << QString::fromStdString(name);
  cell_->clear();
  map_->show(counts, names);
  pairs_->clear();
  const bool isLarge = counts.size() > static_cast<std::size_t>(ConfusionMap::kMostNamed);
  const auto worst = most_confused(counts, isLarge ? kMostPairs : 1);
  for (const auto& pair : worst) {
    const auto truth = static_cast<int>(pair.truth), other = static_cast<int>(pair.taken_for);
    auto* item = new QListWidgetItem(map_->pair(truth, other), pairs_);  // Owned by the list.
    item->setToolTip(map_->sentence(truth, other));
    item->setData(Qt::UserRole, QPoint(other, truth));
  }
  side_->setVisible(isLarge && !worst.empty());
  auto summary = tr("%n classes", nullptr, static_cast<int>(counts.size()));
  if (!worst.empty()) summary += QStringLiteral("; ") + pairs_->item(0)->toolTip();
  map_->setAccessibleDescription(summary);
}

}  // namespace pretext
