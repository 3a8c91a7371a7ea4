#include "app/main_window.h"
#include "app/pages/hardness_panel.h"
#include "app/pages/views_page.h"
#include "core/store/recipe_store.h"
#include "widgets/range_slider.h"
#include "widgets/recipe_editor.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

/// A window on a workspace with a corpus, at its views.
class ViewsWindowTest : public WindowFixture {
 protected:
  ViewsWindowTest() {
    ingestSample();
    workspace.emplace(folder.path());
    window.emplace(*workspace, std::nullopt);
    page = window->findChild<ViewsPage*>();
    window->show();
    window->goTo(MainWindow::kViews);
  }

  void click(const QString& name) {
    auto* button = named<QPushButton>(*window, name);
    ASSERT_NE(button, nullptr) << name.toStdString();
    QTest::mouseClick(button, Qt::LeftButton);
  }
  double hue() const { return page->experiment().real("views.hue"); }
  QList<QImage> pictures() {
    QSignalSpy shown(page, &ViewsPage::previewShown);
    shown.wait(3000);
    QList<QImage> images;
    while (auto* picture =
               named<QLabel>(*window, QStringLiteral("Picture %1").arg(images.size() + 1)))
      images << picture->pixmap(Qt::ReturnByValue).toImage();
    return images;
  }
  bool isSaid(const QString& text) {
    for (auto* label : window->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(text)) return true;
    return false;
  }

  std::optional<Workspace> workspace;
  std::optional<MainWindow> window;
  ViewsPage* page = nullptr;
};

TEST_F(ViewsWindowTest, TheDragOfASliderIsUndoneAsOneStep) {
  const double before = hue();
  auto* slider = named<QSlider>(*window, "Hue (slider)");
  ASSERT_NE(slider, nullptr);
  slider->setSliderDown(true);
  for (const int at : {100, 300, 600, 900}) slider->setValue(at);
  slider->setSliderDown(false);
  EXPECT_DOUBLE_EQ(hue(), 0.45);
  slider->setSliderDown(true);
  slider->setValue(1000);
  slider->setSliderDown(false);
  click("Undo");
  EXPECT_DOUBLE_EQ(hue(), 0.45);
  click("Undo");
  EXPECT_DOUBLE_EQ(hue(), before);
  EXPECT_FALSE(named<QPushButton>(*window, "Undo")->isEnabled());
  click("Redo");
  EXPECT_DOUBLE_EQ(hue(), 0.45);
  QTest::qWait(10);  // The cards are shown by the event loop.
  EXPECT_DOUBLE_EQ(named<QDoubleSpinBox>(*window, "Hue")->value(), 0.45);
}

TEST_F(ViewsWindowTest, APresetThatWasChangedIsSaidToBe) {
  RecipeEditor editor;
  editor.show();
  Experiment experiment;
  experiment.set("views.preset", std::string("simclr-cifar"));
  editor.setRecipe(experiment, "preset");
  const auto isChanged = [&] {
    for (auto* label : editor.findChildren<QLabel*>())
      if (label->isVisible() && label->text() == "changed") return true;
    return false;
  };
  QTest::qWait(10);
  EXPECT_FALSE(isChanged());
  experiment.set("views.brightness", 0.77);
  editor.setRecipe(experiment, "brighter");
  QTest::qWait(10);
  EXPECT_TRUE(isChanged());
}

TEST_F(ViewsWindowTest, ARangeIsDraggedByEitherHandle) {
  RangeSlider* range = nullptr;
  for (auto* one : window->findChildren<RangeSlider*>())
    if (one->isVisible() && !range) range = one;  // Crop area.
  ASSERT_NE(range, nullptr);
  const auto scale = [&] { return page->experiment().reals("views.crop_scale"); };
  const int width = range->width(), middle = range->height() / 2;
  QTest::mousePress(range, Qt::LeftButton, {}, {width - 6, middle});
  QTest::mouseMove(range, {width / 2, middle});
  QTest::mouseRelease(range, Qt::LeftButton, {}, {width / 2, middle});
  EXPECT_NEAR(scale()[1], 0.5, 0.02);
  EXPECT_DOUBLE_EQ(scale()[0], 0.2);
  EXPECT_DOUBLE_EQ(named<QDoubleSpinBox>(*window, "Crop area, high")->value(), scale()[1]);
  // Pushed beyond the other, it takes it along.
  named<QDoubleSpinBox>(*window, "Crop area, low")->setValue(0.8);
  EXPECT_DOUBLE_EQ(scale()[0], 0.8);
  EXPECT_DOUBLE_EQ(scale()[1], 0.8);
}

TEST_F(ViewsWindowTest, ARecipeIsCopiedAsTomlAndPasted) {
  named<QDoubleSpinBox>(*window, "Hue")->setValue(0.25);
  click("Copy as TOML");
  const auto toml = QApplication::clipboard()->text();
  EXPECT_TRUE(toml.startsWith("[views]")) << toml.toStdString();
  EXPECT_TRUE(toml.contains("hue = 0.25"));
  EXPECT_FALSE(toml.contains("[training]"));
  named<QDoubleSpinBox>(*window, "Hue")->setValue(0.1);
  click("Paste TOML");
  EXPECT_DOUBLE_EQ(hue(), 0.25);
  click("Undo");
  EXPECT_DOUBLE_EQ(hue(), 0.1);
  QTest::qWait(10);  // The cards are shown by the event loop.
  named<QDoubleSpinBox>(*window, "Brightness")->setValue(1.5);
  QApplication::clipboard()->setText("[views]\nhue = 0.2");
  click("Paste TOML");
  EXPECT_DOUBLE_EQ(hue(), 0.2);
  EXPECT_DOUBLE_EQ(page->experiment().real("views.brightness"), 1.5) << "it was not named";
  QApplication::clipboard()->setText("");
  click("Paste TOML");
  EXPECT_DOUBLE_EQ(hue(), 0.2);
  EXPECT_TRUE(isSaid("no settings of views"));
  QApplication::clipboard()->setText("[views]\nhue = 7");
  click("Paste TOML");
  EXPECT_DOUBLE_EQ(hue(), 0.2);
  EXPECT_TRUE(isSaid("views.hue must be"));
}

TEST_F(ViewsWindowTest, ARecipeIsKeptTakenUpAgainShownBesideAndRemoved) {
  named<QDoubleSpinBox>(*window, "Hue")->setValue(0.5);
  auto* kept = named<QComboBox>(*window, "Kept recipe");
  ASSERT_NE(kept, nullptr);
  QTest::keyClicks(kept, "loud");
  click("Keep this recipe");
  EXPECT_EQ(RecipeStore(workspace->database()).list().size(), 1u);
  named<QDoubleSpinBox>(*window, "Hue")->setValue(0.0);
  const auto alone = pictures();
  auto* beside = named<QComboBox>(*window, "Recipe beside");
  beside->setCurrentIndex(beside->findText("loud"));
  const auto both = pictures();
  EXPECT_TRUE(isSaid("right those of loud"));
  // Left the views of this recipe, right the same draws with more hue.
  ASSERT_EQ(both.size(), 16);
  EXPECT_EQ(both[0], alone[1]);
  EXPECT_NE(both[2], both[0]);
  kept->setCurrentIndex(kept->findText("loud"));
  Q_EMIT kept->activated(kept->currentIndex());
  EXPECT_DOUBLE_EQ(hue(), 0.5);
  const auto same = pictures();
  EXPECT_EQ(same[2], same[0]);
  click("Remove the kept recipe");
  EXPECT_TRUE(RecipeStore(workspace->database()).list().empty());
  EXPECT_EQ(beside->findText("loud"), -1);
  click("Keep this recipe");
  EXPECT_TRUE(isSaid("give it one"));
}

TEST_F(ViewsWindowTest, AStepShowsTheImagesThatTrainingSeesThen) {
  const auto first = pictures();
  auto* step = named<QSpinBox>(*window, "Step");
  step->setValue(5000);
  EXPECT_TRUE(isSaid("An epoch has steps") || isSaid("batch_size"));
  step->setValue(-1);
  EXPECT_EQ(pictures(), first);
}

TEST_F(ViewsWindowTest, HardnessFollowsTheRecipeAndSaysWhatItMeans) {
  auto* panel = window->findChild<HardnessPanel*>();
  auto* features = named<QComboBox>(*window, "Features that tell views apart");
  ASSERT_NE(features, nullptr);
  auto* preset = named<QComboBox>(*window, "Preset");
  QSignalSpy shown(panel, &HardnessPanel::shown);
  preset->setCurrentText("none");
  Q_EMIT preset->activated(preset->currentIndex());
  ASSERT_TRUE(shown.wait(5000));
  EXPECT_TRUE(isSaid("in 100.0 % ± 1.")) << "equal views are told by their pixels";
  EXPECT_TRUE(isSaid("That is easy"));
  shown.clear();
  features->setCurrentIndex(1);
  ASSERT_TRUE(shown.wait(5000));
  EXPECT_TRUE(isSaid("Colours alone find"));
}

TEST_F(ViewsWindowTest, TheWheelScrollsPastAControlWithoutTheFocus) {
  auto* hue = named<QDoubleSpinBox>(*window, "Hue");
  ASSERT_NE(hue, nullptr);
  const double before = hue->value();
  const auto wheel = [&] {
    const QPointF middle(hue->rect().center());
    QWheelEvent event(middle, hue->mapToGlobal(middle), {}, {0, 120}, {}, {}, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(hue, &event);
  };
  if (auto* focused = QApplication::focusWidget()) focused->clearFocus();
  wheel();
  EXPECT_DOUBLE_EQ(hue->value(), before);
  window->activateWindow();
  hue->setFocus();
  ASSERT_TRUE(QTest::qWaitFor([&] { return hue->hasFocus(); }));
  wheel();
  EXPECT_NE(hue->value(), before);
}

TEST_F(ViewsWindowTest, AnUnlockedSeedDrawsAnewWithEachChange) {
  named<QCheckBox>(*window, "Lock the seed")->setChecked(false);
  named<QDoubleSpinBox>(*window, "Hue")->setValue(0.3);
  EXPECT_EQ(named<QSpinBox>(*window, "Seed")->value(), 1);
}

TEST_F(ViewsWindowTest, ARunIsBegunWithTheRecipeInHand) {
  auto* hue = named<QAbstractSlider>(*window, "Hue (slider)");
  ASSERT_NE(hue, nullptr);
  hue->setValue(hue->maximum());
  QTest::mouseClick(named<QPushButton>(*window, "New run with this recipe"), Qt::LeftButton);
  const auto* toml = named<QPlainTextEdit>(*window, "Specification as TOML");
  ASSERT_NE(toml, nullptr) << "the form is open";
  EXPECT_TRUE(toml->toPlainText().contains("hue = 0.5")) << toml->toPlainText().toStdString();
}

}  // namespace
}  // namespace pretext
