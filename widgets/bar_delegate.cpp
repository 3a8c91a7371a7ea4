#include "widgets/bar_delegate.h"

#include "widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace pretext {

QString BarDelegate::displayText(const QVariant& value, const QLocale& locale) const {
  return locale.toString(value.toLongLong());
}

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
  const double share = index.data().toDouble() / std::max(1e-9, largest_);
  if (!option.state.testFlag(QStyle::State_Selected)) {
    auto colour = categoryColor(0);
    colour.setAlphaF(0.35F);
    auto bar = QRectF(option.rect).adjusted(1, 2, -1, -2);
    bar.setWidth(bar.width() * std::clamp(share, 0.0, 1.0));
    painter->fillRect(bar, colour);
  }
  QStyledItemDelegate::paint(painter, option, index);
}

}  // namespace pretext
