#pragma once

#include <QStyledItemDelegate>

namespace pretext {

/// Paints behind a number a bar of its share of the column's largest, so that a table reads as a
/// bar chart.
class BarDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setLargest(double largest) { largest_ = largest; }

  QString displayText(const QVariant& value, const QLocale& locale) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;

 private:
  double largest_ = 1.0;
};

}  // namespace pretext
