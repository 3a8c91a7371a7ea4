#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QApplication;

namespace pretext {

/// "system", "light" or "dark".
void applyTheme(QApplication& application, const QString& theme);

/// Whether a person prefers pictures to change at once over ones that move; remembered.
bool isMotionReduced();
void reduceMotion(bool on);

/// Whether the palette in use is a dark one.
bool isDarkTheme();

/// resources/icons/NAME.svg in `tint`, else in the palette's colour of text, and of selected text
/// where that is selected. It follows the theme without being made again.
QIcon themedIcon(const QString& name, QColor (*tint)() = nullptr);

/// Of statuses, and of what is said of them.
QColor successColor();
QColor warningColor();
QColor dangerColor();

/// Of windows and task bars.
QIcon applicationIcon();

/// Colours that the colour-blind tell apart (Okabe and Ito, 2008), cycled.
QColor categoryColor(int index);

}  // namespace pretext
