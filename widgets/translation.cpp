#include "widgets/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace pretext {

void installTranslations(QCoreApplication& application, const QLocale& locale) {
  const auto own = QStringLiteral(":/translations");
  // English is the texts themselves, but for singulars; of what has no file, `load` would go on to
  // the next language that the person reads.
  if (locale.language() == QLocale::C ||
      locale.uiLanguages().value(0).startsWith(QStringLiteral("en"))) {
    auto* singulars = new QTranslator(&application);
    if (singulars->load(own + QStringLiteral("/window_en.qm")))
      QCoreApplication::installTranslator(singulars);
    return;
  }
  const auto ofQt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
  for (const auto& [file, folder] :
       {std::pair{QStringLiteral("qtbase"), ofQt}, std::pair{QStringLiteral("core"), own},
        std::pair{QStringLiteral("window"), own}}) {
    auto* translator = new QTranslator(&application);
    if (translator->load(locale, file, QStringLiteral("_"), folder))
      QCoreApplication::installTranslator(translator);
  }
}

QString translated(const std::string& text) {
  return QCoreApplication::translate("core", text.c_str());
}

}  // namespace pretext
