#include "widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QProxyStyle>
#include <QSettings>
#include <QStyleFactory>
#include <QStyleOption>
#include <QSvgRenderer>

#include <array>
#include <utility>

/// The drawings lie in a static library, whose resources nobody else registers.
static void registerResources() {
  Q_INIT_RESOURCE(resources);
}

namespace pretext {
namespace {

const QString kReducedMotion = QStringLiteral("reducedMotion");

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
                     const QColor& faint, const QColor& highlight, const QColor& link) {
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
  palette.setColor(QPalette::Highlight, highlight);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Link, link);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, faint);
  }
  return palette;
}

QByteArray readDrawing(const QString& name) {
  registerResources();
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap rendered(const QByteArray& drawing, const QSize& size) {
  QPixmap pixmap(size);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  QSvgRenderer renderer(drawing);
  renderer.setAspectRatioMode(Qt::KeepAspectRatio);
  renderer.render(&painter);
  return pixmap;
}

/// A drawing in the colours of the palette that holds when it is painted, as large as it is asked
/// for.
class ThemedIcon final : public QIconEngine {
 public:
  ThemedIcon(QString name, QColor (*tint)()) : name_(std::move(name)), tint_(tint) {}

  QIconEngine* clone() const override { return new ThemedIcon(*this); }

  void paint(QPainter* painter, const QRect& place, QIcon::Mode mode, QIcon::State state) override {
    const auto size = place.size() * painter->device()->devicePixelRatio();
    painter->drawPixmap(place, pixmap(size, mode, state));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    const auto palette = QApplication::palette();
    const auto colour = mode == QIcon::Selected   ? palette.color(QPalette::HighlightedText)
                        : mode == QIcon::Disabled ? palette.color(QPalette::PlaceholderText)
                        : tint_                   ? tint_()
                                                  : palette.color(QPalette::WindowText);
    const auto key = QStringLiteral("%1 %2 %3x%4")
                         .arg(name_, colour.name())
                         .arg(size.width())
                         .arg(size.height());
    QPixmap drawn;
    if (QPixmapCache::find(key, &drawn)) return drawn;
    drawn = rendered(readDrawing(name_).replace("#000", colour.name().toLatin1()), size);
    QPixmapCache::insert(key, drawn);
    return drawn;
  }

 private:
  QString name_;
  QColor (*tint_)();
};

}  // namespace

void applyTheme(QApplication& application, const QString& theme) {
  const QPalette system = QStyleFactory::create("Fusion")->standardPalette();
  const bool systemIsDark = system.color(QPalette::Window).lightnessF() < 0.5;
  const bool dark = theme == "dark" || (theme != "light" && systemIsDark);
  application.setStyle(new OutlinedStyle);  // Owned by the application.
  application.setPalette(
      dark ? makePalette("#1f2226", "#17191c", "#e6e8ea", "#8b9299", "#2a74b0", "#5aa9e6")
           : makePalette("#f4f5f6", "#ffffff", "#1c1f22", "#666d73", "#0072b2", "#0072b2"));
}

bool isMotionReduced() {
  return QSettings().value(kReducedMotion, false).toBool();
}

void reduceMotion(bool on) {
  QSettings().setValue(kReducedMotion, on);
}

bool isDarkTheme() {
  return QApplication::palette().color(QPalette::Window).lightnessF() < 0.5;
}

QIcon themedIcon(const QString& name, QColor (*tint)()) {
  return QIcon(new ThemedIcon(name, tint));  // Owned by the icon.
}

QIcon applicationIcon() {
  const auto drawing = readDrawing(QStringLiteral("pretext"));
  QIcon icon;
  for (const int side : {16, 32, 48, 128}) icon.addPixmap(rendered(drawing, {side, side}));
  return icon;
}

QColor successColor() {
  return isDarkTheme() ? QColor(0x4C, 0xC3, 0x8A) : QColor(0x18, 0x79, 0x4E);
}

QColor warningColor() {
  return isDarkTheme() ? QColor(0xE2, 0xB0, 0x4A) : QColor(0x8A, 0x5A, 0x00);
}

QColor dangerColor() {
  return isDarkTheme() ? QColor(0xF2, 0x77, 0x7A) : QColor(0xB4, 0x23, 0x18);
}

QColor categoryColor(int index) {
  static constexpr std::array<const char*, 8> kOnLight = {
      "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a900", "#7f7f7f"};
  // The same hues, lighter where they would drown in a dark ground.
  static constexpr std::array<const char*, 8> kOnDark = {
      "#4d9fe0", "#e69f00", "#1fb88c", "#cc79a7", "#8fd0f5", "#ee7a3a", "#d0c22a", "#9a9a9a"};
  return QColor((isDarkTheme() ? kOnDark : kOnLight)[static_cast<std::size_t>(index) % 8]);
}

}  // namespace pretext
