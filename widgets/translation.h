#pragma once

#include <QString>

#include <string>

class QCoreApplication;
class QLocale;

namespace pretext {

/// Gives the application the language of `locale`: Pretext's words and Qt's own. Without a
/// translation for it the window speaks English.
void installTranslations(QCoreApplication& application, const QLocale& locale);

/// A text of core's tables (a field's label, help or unit, an objective's title) in the window's
/// language; the text itself where none is known. Core has no Qt, so its texts are listed by hand
/// in resources/translations/core_*.ts; a test holds the list to the tables.
QString translated(const std::string& text);

}  // namespace pretext
