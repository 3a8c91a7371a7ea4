#include "widgets/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

#include <array>

namespace pretext {
namespace {

/// Fusion, with outlines of check boxes that are seen on a dark ground too.
class OutlinedStyle final : public QProxyStyle {
 public:
  OutlinedStyle() : QProxyStyle(QStyleFactory::create("Fusion")) {}

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isCheckBox =
        element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    if (!isCheckBox) return;
    painter->save();
    painter->setPen(option->palette.color(QPalette::PlaceholderText));
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    painter->restore();
  }
};

QPalette makePalette(const QColor& window, const QColor& base, const QColor& text,
                     const QColor& faint, const QColor& accent) {
  QPalette palette;
  const QColor button = window.lightnessF() < 0.5 ? window.lighter(130) : window.lighter(104);
  palette.setColor(QPalette::Window, window);
  palette.setColor(QPalette::WindowText, text);
  palette.setColor(QPalette::Base, base);
  palette.setColor(QPalette::AlternateBase, window);
  palette.setColor(QPalette::Text, text);
  palette.setColor(QPalette::Button, button);
  palette.setColor(QPalette::ButtonText, text);
  palette.setColor(QPalette::ToolTipBase, base);
  palette.setColor(QPalette::ToolTipText, text);
  palette.setColor(QPalette::PlaceholderText, faint);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Link, accent);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, faint);
  }
  return palette;
}

}  // namespace

void applyTheme(QApplication& application, const QString& theme) {
  const QPalette system = QStyleFactory::create("Fusion")->standardPalette();
  const bool systemIsDark = system.color(QPalette::Window).lightnessF() < 0.5;
  const bool dark = theme == "dark" || (theme != "light" && systemIsDark);
  application.setStyle(new OutlinedStyle);  // Owned by the application.
  application.setPalette(dark ? makePalette("#1f2226", "#17191c", "#e6e8ea", "#8b9299", "#3d8fd1")
                              : makePalette("#f4f5f6", "#ffffff", "#1c1f22", "#6b7278", "#0072b2"));
}

bool isDarkTheme() {
  return QApplication::palette().color(QPalette::Window).lightnessF() < 0.5;
}

QColor categoryColor(int index) {
  static constexpr std::array<const char*, 8> kColors = {
      "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a900", "#7f7f7f"};
  return QColor(kColors[static_cast<std::size_t>(index) % kColors.size()]);
}

}  // namespace pretext
