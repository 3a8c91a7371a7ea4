#include "widgets/translation.h"

#include "core/base/machine.h"
#include "core/objective/objective_registry.h"
#include "core/spec/experiment.h"
#include "core/store/run_warnings.h"
#include "widgets/recipe_editor.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// Speaks Chinese for the length of a test.
class TranslationTest : public ::testing::Test {
 protected:
  TranslationTest() {
    installTranslations(*QCoreApplication::instance(), QLocale(QStringLiteral("zh_CN")));
  }
  ~TranslationTest() override {
    for (auto* translator : QCoreApplication::instance()->findChildren<QTranslator*>()) {
      QCoreApplication::removeTranslator(translator);
      delete translator;
    }
  }
};

TEST_F(TranslationTest, EveryFieldOfEveryObjectiveHasItsTexts) {
  QTranslator texts;
  ASSERT_TRUE(texts.load(QStringLiteral(":/translations/core_zh_CN.qm")));
  const auto expectText = [&](const std::string& text) {
    if (text.empty()) return;
    EXPECT_FALSE(texts.translate("core", text.c_str()).isEmpty())
        << "resources/translations/core_zh_CN.ts lacks: " << text;
  };
  // What the start page says without a GPU.
  expectText(in_words(read_gpu_driver(TemporaryFolder().path())));
  for (const auto& job :
       {"evaluate", "embed", "project", "film", "samples", "predict", "hardness", "trial"})
    expectText(job);
  for (const auto& text : run_warning_texts()) expectText(text);
  for (const auto& kind : objective_kinds()) {
    expectText(kind.title);
    expectText(kind.description);
    Experiment experiment(kind.name);
    if (kind.is_supervised) experiment.set("objective.classes", std::int64_t{10});
    for (const auto& mark : kind.marks(experiment)) expectText(mark.label);
    for (const auto& field : experiment.fields()) {
      for (const auto& text : {field.label, field.help, field.unit, field.zero}) expectText(text);
    }
  }
}

TEST(SingularTest, OneIsNotCalledByAPlural) {
  QTranslator texts;
  ASSERT_TRUE(texts.load(QStringLiteral(":/translations/window_en.qm")));
  const auto said = [&](int count) {
    return texts.translate("pretext::RunsPage", "%n runs are in the bin.", nullptr, count);
  };
  EXPECT_EQ(said(1), "%n run is in the bin.");
  EXPECT_EQ(said(2), "%n runs are in the bin.");
}

TEST_F(TranslationTest, AWidgetSpeaksTheLanguageOfTheSystem) {
  const RecipeEditor editor;
  QStringList cards;
  for (const auto* card : editor.findChildren<QCheckBox*>()) cards << card->text();
  EXPECT_TRUE(cards.contains(QStringLiteral("水平翻转"))) << cards.join(", ").toStdString();
}

TEST(NoTranslationTest, WithoutOneTheTextIsEnglish) {
  EXPECT_EQ(translated("Horizontal flip"), "Horizontal flip");
}

}  // namespace
}  // namespace pretext
