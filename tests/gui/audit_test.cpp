// What holds of every page: each control has a name for screen readers and is reached by Tab, and
// nothing is cut off at 1280×720.

#include "app/main_window.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"
#include "widgets/tour.h"
#include "widgets/translation.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QtTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

bool isPartOfAnother(const QWidget* widget) {
  const auto* parent = widget->parentWidget();
  return qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
         qobject_cast<const QAbstractItemView*>(parent) || qobject_cast<const QTabBar*>(parent) ||
         qobject_cast<const QHeaderView*>(widget) || qobject_cast<const QScrollBar*>(widget);
}

bool isControl(const QWidget* widget) {
  if (!widget->isVisible() || !widget->isEnabled() || isPartOfAnother(widget)) return false;
  return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
         qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
         qobject_cast<const QAbstractSlider*>(widget) ||
         qobject_cast<const QAbstractItemView*>(widget) ||
         qobject_cast<const QPlainTextEdit*>(widget);
}

QString described(const QWidget* widget) {
  QString text = QLatin1String(widget->metaObject()->className());
  text += " \"" + widget->accessibleName() + "\"";
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
    text += " (" + button->text() + ")";
  for (const auto* parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
    if (QString(parent->metaObject()->className()).startsWith("pretext"))
      return text + " in " + parent->metaObject()->className();
  }
  return text;
}

struct Place {
  const char* name;
  MainWindow::Page page;
  bool isForm = false;
};

void PrintTo(const Place& place, std::ostream* out) {
  *out << place.name;
}

class AuditTest : public WindowFixture, public ::testing::WithParamInterface<Place> {
 protected:
  void show(MainWindow& window) {
    window.findChild<Tour*>()->close();
    window.resize(1280, 720);
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    window.activateWindow();
    QTest::qWait(20);
    window.goTo(GetParam().page);
    if (GetParam().isForm)
      for (auto* button : window.findChildren<QPushButton*>())
        if (button->isVisible() &&
            (button->text() == "&New run…" || button->text() == "新建运行(&N)…"))
          QTest::mouseClick(button, Qt::LeftButton);
    QTest::qWait(60);
  }
  void prepare() {
    if (GetParam().page == MainWindow::kStart) return;
    ingestSample();
    for (int i = 0; i < 2; ++i) leaveEmbeddings(leaveFinishedRun());
  }
};

TEST_P(AuditTest, EachControlHasANameForScreenReadersAndIsReachedByTab) {
  prepare();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  show(window);
  std::set<const QWidget*> controls;
  for (const auto* widget : window.findChildren<QWidget*>()) {
    if (!isControl(widget)) continue;
    auto* accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    ASSERT_NE(accessible, nullptr);
    EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty()) << described(widget).toStdString();
    if (widget->focusPolicy() & Qt::TabFocus) controls.insert(widget);
  }
  ASSERT_GT(controls.size(), 3u);
  std::set<const QWidget*> reached;
  named<QWidget>(window, GetParam().page == MainWindow::kStart ? "Open a folder…" : "Pages")
      ->setFocus();
  for (int i = 0; i < 400 && QApplication::focusWidget(); ++i) {
    const auto* focused = QApplication::focusWidget();
    reached.insert(focused);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
  }
  for (const auto* widget : controls)
    EXPECT_TRUE(reached.contains(widget)) << described(widget).toStdString();
}

TEST_P(AuditTest, NothingIsCutOffInASmallWindow) {
  prepare();
  for (const char* language : {"en", "zh_CN"}) {
    SCOPED_TRACE(language);
    if (language != std::string("en"))  // Each test is a program of its own.
      installTranslations(*qApp, QLocale(QString::fromLatin1(language)));
    Workspace workspace(folder.path());
    MainWindow window(workspace, {});
    show(window);
    EXPECT_LE(window.minimumSizeHint().width(), 1280);
    EXPECT_LE(window.minimumSizeHint().height(), 720);
    EXPECT_EQ(window.size(), QSize(1280, 720));
    for (const auto* widget : window.findChildren<QWidget*>()) {
      if (!widget->isVisible()) continue;
      const auto* label = qobject_cast<const QLabel*>(widget);
      const bool hasOneLine = label && !label->wordWrap() && !label->text().isEmpty();
      if (!hasOneLine && !qobject_cast<const QPushButton*>(widget)) continue;
      EXPECT_GE(widget->width() + 1, widget->minimumSizeHint().width())
          << described(widget).toStdString() << (label ? label->text().toStdString() : "");
    }
  }
}

/// WCAG 2.1, 1.4.3: the ratio of two colours' luminances, from 1 to 21.
double contrast(const QColor& a, const QColor& b) {
  const auto luminance = [](const QColor& colour) {
    const auto linear = [](double value) {
      return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
  };
  const double first = luminance(a) + 0.05, second = luminance(b) + 0.05;
  return std::max(first, second) / std::min(first, second);
}

TEST(ThemeTest, TextStandsOutInLightAndDark) {
  for (const char* theme : {"light", "dark"}) {
    SCOPED_TRACE(theme);
    applyTheme(*qobject_cast<QApplication*>(qApp), QString::fromLatin1(theme));
    const auto palette = QApplication::palette();
    EXPECT_EQ(palette.color(QPalette::Window).lightness() < 128, theme == std::string("dark"));
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::PlaceholderText, QPalette::Window},
        {QPalette::Link, QPalette::Base}};
    for (const auto& [text, ground] : pairs)
      EXPECT_GE(contrast(palette.color(text), palette.color(ground)), 4.5) << text;
    for (int i = 0; i < 8; ++i)
      EXPECT_GE(contrast(categoryColor(i), palette.color(QPalette::Base)), 1.5) << i;
  }
}

/// Characters that every text font has: of Latin-1, punctuation, and the arrows and signs of the
/// old "WGL4" set. What is a picture is drawn (resources/icons).
bool isInEveryFont(char32_t character) {
  static const std::u32string kOthers = U"\u2013\u2014\u2026\u2192\u2193\u2212\u221a";
  return (character >= 0xA0 && character <= 0xFF) ||
         kOthers.find(character) != std::u32string::npos;
}

TEST(GlyphTest, NoPictureIsLeftToTheLuckOfFonts) {
  int numFiles = 0;
  for (const auto* room : {"app", "widgets"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(PRETEXT_ROOT) + '/' + room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      ++numFiles;
      QFile file(QString::fromStdString(entry.path().string()));
      ASSERT_TRUE(file.open(QIODevice::ReadOnly));
      for (const char32_t character : QString::fromUtf8(file.readAll()).toUcs4()) {
        EXPECT_TRUE(character < 0x80 || isInEveryFont(character))
            << entry.path() << " has U+" << std::hex << static_cast<unsigned>(character);
      }
    }
  }
  EXPECT_GT(numFiles, 100);
}

TEST(StatusIconTest, EachStatusHasAShapeOfItsOwnInLightAndDark) {
  for (const char* theme : {"light", "dark"}) {
    applyTheme(*qobject_cast<QApplication*>(qApp), QString::fromLatin1(theme));
    std::set<QByteArray> shapes;
    for (const auto status :
         {RunStatus::kQueued, RunStatus::kRunning, RunStatus::kPaused, RunStatus::kFinished,
          RunStatus::kFailed, RunStatus::kStopped, RunStatus::kInterrupted}) {
      SCOPED_TRACE(statusText(status).toStdString());
      const auto picture =
          statusIcon(status).pixmap(32, 32).toImage().convertToFormat(QImage::Format_Alpha8);
      QByteArray shape;
      int numInked = 0;
      for (int y = 0; y < picture.height(); ++y) {
        shape.append(reinterpret_cast<const char*>(picture.constScanLine(y)), picture.width());
        for (int x = 0; x < picture.width(); ++x) numInked += picture.constScanLine(y)[x] > 128;
      }
      EXPECT_GT(numInked, 40) << "it is drawn";
      EXPECT_TRUE(shapes.insert(shape).second) << "it looks as another does";
    }
    const auto ground = QApplication::palette().color(QPalette::Base);
    for (const auto& colour : {successColor(), warningColor(), dangerColor()})
      EXPECT_GE(contrast(colour, ground), 4.5) << theme << ' ' << colour.name().toStdString();
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, AuditTest,
                         ::testing::Values(Place{"Start", MainWindow::kStart},
                                           Place{"Corpora", MainWindow::kCorpora},
                                           Place{"Views", MainWindow::kViews},
                                           Place{"Runs", MainWindow::kRuns},
                                           Place{"NewRun", MainWindow::kRuns, true},
                                           Place{"Embeddings", MainWindow::kEmbeddings},
                                           Place{"Compare", MainWindow::kCompare}),
                         [](const auto& place) { return std::string(place.param.name); });

}  // namespace
}  // namespace pretext
