#pragma once

#include <QColor>
#include <QString>

class QApplication;

namespace pretext {

/// "system", "light" or "dark".
void applyTheme(QApplication& application, const QString& theme);

/// Whether the palette in use is a dark one.
bool isDarkTheme();

/// Colours that the colour-blind tell apart (Okabe and Ito, 2008), cycled.
QColor categoryColor(int index);

}  // namespace pretext
