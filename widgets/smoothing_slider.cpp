#include "widgets/smoothing_slider.h"

#include "widgets/buddy_label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QSettings>
#include <QSlider>

namespace pretext {
namespace {

constexpr int kSteps = 100;

QString settingsKey() {
  return QStringLiteral("smoothing");
}

}  // namespace

SmoothingSlider::SmoothingSlider(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal)), number_(new QLabel) {
  slider_->setRange(0, kSteps - 1);
  slider_->setFixedWidth(140);
  slider_->setAccessibleName(tr("Smoothing"));
  slider_->setToolTip(
      tr("Weight of the earlier readings in an exponential moving average; the "
         "readings themselves stay behind it, faint."));
  number_->setMinimumWidth(number_->fontMetrics().horizontalAdvance(QStringLiteral("0.00 ")));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(buddyLabel(tr("Smoot&hing"), slider_));
  layout->addWidget(slider_);
  layout->addWidget(number_);
  connect(slider_, &QSlider::valueChanged, this, [this] {
    number_->setText(QLocale().toString(weight(), 'f', 2));
    QSettings().setValue(settingsKey(), slider_->value());
    Q_EMIT changed(weight());
  });
  number_->setText(QLocale().toString(weight(), 'f', 2));
}

double SmoothingSlider::weight() const {
  return static_cast<double>(slider_->value()) / kSteps;
}

void SmoothingSlider::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  slider_->setValue(QSettings().value(settingsKey(), 0).toInt());  // Another page may have set it.
}

}  // namespace pretext
