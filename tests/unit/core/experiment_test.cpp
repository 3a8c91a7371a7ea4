#include "core/spec/experiment.h"

#include "core/base/error.h"
#include "core/encoder/encoder_registry.h"
#include "core/encoder/training_memory.h"
#include "core/objective/objective_registry.h"
#include "core/objective/simclr.h"
#include "core/spec/field_sources.h"
#include "core/spec/quick_look.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

std::string complaint(const std::string& toml) {
  return message_of<UserError>([&] { Experiment::from_toml(toml, "spec.toml"); });
}

TEST(ExperimentTest, EveryDefaultFitsItsField) {
  for (const auto& objective : objective_kinds()) {
    const Experiment experiment(objective.name);
    for (const auto& field : experiment.fields()) {
      EXPECT_EQ(complaint_about(field, field.fallback), "") << field.key;
      EXPECT_FALSE(field.help.empty()) << field.key;
      EXPECT_FALSE(field.label.empty()) << field.key;
    }
  }
}

TEST(ExperimentTest, TomlAndJsonGiveBackTheSame) {
  Experiment experiment;
  experiment.set_text("training.learning_rate", "0.125");
  experiment.set_text("objective.projection", "[64, 32]");
  experiment.set_text("name", "a \"quoted\" name");
  EXPECT_EQ(Experiment::from_toml(experiment.to_toml(), "x"), experiment);
  EXPECT_EQ(Experiment::from_json(experiment.to_json()), experiment);
}

TEST(ExperimentTest, PresetComesFirstWhateverTheOrder) {
  const auto experiment =
      Experiment::from_toml("[views]\nbrightness = 0.3\npreset = \"simclr-imagenet\"\n", "x");
  EXPECT_DOUBLE_EQ(experiment.real("views.brightness"), 0.3);
  EXPECT_DOUBLE_EQ(experiment.real("views.contrast"), 0.8);
  EXPECT_DOUBLE_EQ(experiment.real("views.blur_probability"), 0.5);
}

TEST(ExperimentTest, ErrorsNameTheKeyWhatItGotAndWhatItTakes) {
  EXPECT_EQ(complaint("[training]\nepoch = 3\n"),
            "There is no setting \"training.epoch\": did you mean \"training.epochs\"?");
  EXPECT_EQ(complaint("[objective]\ntemperature = 0\n"),
            "objective.temperature must be > 0 and <= 100, got 0.0.");
  EXPECT_EQ(complaint("[training]\nbatch_size = \"big\"\n"),
            "training.batch_size takes a whole number, got \"big\".");
  EXPECT_NE(complaint("[encoder]\nkind = \"vgg\"\n").find("takes one of resnet18"),
            std::string::npos);
  EXPECT_EQ(complaint("device = \"gpu\"\n"), "device takes auto, cpu or cuda:N, got \"gpu\".");
  EXPECT_NE(complaint("[training\n").find("line 1"), std::string::npos);
  EXPECT_NE(complaint("[views]\ncrop_scale = [0.9, 0.2]\n").find("smaller number first"),
            std::string::npos);
}

TEST(ExperimentTest, ATextMayBeQuotedAsInToml) {
  Experiment experiment;
  experiment.set_all({"training.budget=\"20 min\"", "name=\"a\" and \"b\""});
  EXPECT_EQ(experiment.text("training.budget"), "20 min");
  EXPECT_EQ(experiment.text("name"), "\"a\" and \"b\"");
  experiment.set_all({R"(name="a \"b\"")"});
  EXPECT_EQ(experiment.text("name"), "a \"b\"");
  EXPECT_THROW(experiment.set_all({"training.epochs=\"10\""}), UserError);
}

TEST(ExperimentTest, ABudgetIsWrittenAsPeopleWriteTimes) {
  Experiment experiment;
  for (const auto* time : {"4m", "240", "1h30", "2h", "240s", "4 min", "1 h 30 min", "1.5 h", ""})
    EXPECT_NO_THROW(experiment.set_all({std::string("training.budget=") + time})) << time;
  for (const auto* time : {"soon", "4 days", "-5 s", "inf", "30 min 1 h"})
    EXPECT_THROW(experiment.set_all({std::string("training.budget=") + time}), UserError) << time;
}

TEST(ExperimentTest, WhatIsNoFiniteNumberIsRefused) {
  Experiment experiment;
  for (const auto* number : {"inf", "-inf", "nan", "infinity"}) {
    const auto setting = std::string("objective.temperature=") + number;
    EXPECT_NE(message_of<UserError>([&] { experiment.set_all({setting}); }).find("takes a number"),
              std::string::npos)
        << number;
    EXPECT_THROW(experiment.set_all({std::string("views.crop_scale=0.1,") + number}), UserError);
  }
}

TEST(ExperimentTest, OnlyObjectivesThatMaskAskHow) {
  for (const auto* masks : {"mlm", "bert", "sop"})
    EXPECT_TRUE(Experiment(masks).has("views.mask_probability")) << masks;
  for (const auto* other : {"gpt", "simcse", "denoise", "finetune-text", "probe-text"})
    EXPECT_FALSE(Experiment(other).has("views.mask_probability")) << other;
  // A file of before, when all on text had these settings, is read; a mistyped one is not.
  const std::string before = "[objective]\nkind = \"simcse\"\n[views]\nmask_share = 0.8\n";
  EXPECT_EQ(Experiment::from_toml(before, "t"), Experiment("simcse"));
  EXPECT_THROW(Experiment::from_toml(before + "mask_shares = 0.8\n", "t"), UserError);
}

TEST(ExperimentTest, ShippedSpecificationsAreValid) {
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(PRETEXT_ROOT) + "/resources/specs")) {
    EXPECT_NO_THROW(Experiment::from_toml_file(entry.path())) << entry.path();
    ++count;
  }
  EXPECT_GE(count, 4);
}

TEST(ExperimentTest, DifferencesNameWhatDiffersOnly) {
  Experiment other;
  other.set("seed", std::int64_t{7});
  EXPECT_EQ(Experiment().differences(other), std::vector<std::string>{"seed"});
}

TEST(SimClrKindTest, ChanceAndFloorAreTheFormulas) {
  EXPECT_NEAR(nt_xent_chance(512), 6.9305, 1e-4);
  EXPECT_NEAR(nt_xent_floor(512, 0.5), std::log(std::exp(2.0) + 1022) - 2.0, 1e-12);
  EXPECT_TRUE(std::isfinite(nt_xent_floor(512, 1e-4)));
}

TEST(EncoderKindTest, ParameterCountsAreTorchvisions) {
  // torchvision's totals less the classifier: 11,689,512 - 513,000 and 25,557,032 - 2,049,000.
  Experiment experiment;
  experiment.set("encoder.stem", std::string("imagenet"));
  EXPECT_EQ(encoder_shape(experiment, 3, 224).num_parameters(), 11'176'512);
  experiment.set("encoder.kind", std::string("resnet50"));
  EXPECT_EQ(encoder_shape(experiment, 3, 224).num_parameters(), 23'508'032);
  // 4.09 G multiply-adds is the published figure of ResNet-50 at 224 px, its classifier 2 M of it.
  EXPECT_NEAR(static_cast<double>(encoder_shape(experiment, 3, 224).num_multiply_adds()) / 1e9,
              4.09, 0.02);
}

TEST(TrainingMemoryTest, IsTheSumOfItsParts) {
  Experiment experiment;
  experiment.set("encoder.width", std::int64_t{16});
  experiment.set("encoder.stem", std::string("small"));
  experiment.set("training.batch_size", std::int64_t{256});
  experiment.set("training.optimizer", std::string("sgd"));
  const auto shape = encoder_shape(experiment, 1, 28);
  // Outputs of the convolutions: stem and first stage at 28 px, then 14, 7 and 4.
  const std::int64_t outputs = 5 * 16 * 784 + 5 * 32 * 196 + 5 * 64 * 49 + 5 * 128 * 16;
  EXPECT_EQ(shape.num_activations(), 2 * outputs);
  EXPECT_EQ(training_bytes(experiment, shape, 1000, 2),
            12 * (shape.num_parameters() + 1000) + 512 * (4 * 784 + 12 * outputs));
  const auto whole = training_bytes(experiment, shape, 0, 2);
  experiment.set("training.accumulation", std::int64_t{4});
  EXPECT_LT(training_bytes(experiment, shape, 0, 2), whole / 3);
}

TEST(QuickLookTest, IsSmallKeepsTheRestAndIsItsOwnQuickLook) {
  for (const auto& objective : objective_kinds()) {
    SCOPED_TRACE(objective.name);
    Experiment experiment(objective.name);
    experiment.set("training.learning_rate", 0.25);
    experiment.set("training.steps", std::int64_t{100'000});
    experiment.set("training.budget", std::string("2 h"));
    const auto quick = quick_look(experiment);
    for (const auto& field : quick.fields())
      EXPECT_EQ(complaint_about(field, quick.value(field.key)), "") << field.key;
    EXPECT_LE(quick.integer("training.epochs"), 5);
    EXPECT_EQ(quick.real("training.learning_rate"), 0.25);
    EXPECT_EQ(quick.integer("training.steps"), 0) << "they would bound it, not the epochs";
    EXPECT_EQ(quick.text("training.budget"), "");
    EXPECT_EQ(quick.integer("corpus_limit"), 5'000);
    EXPECT_EQ(quick_look(quick), quick);
  }
  Experiment images;
  images.set("training.epochs", std::int64_t{3});
  EXPECT_EQ(quick_look(images).integer("training.epochs"), 3) << "it was shorter";
  const auto small = encoder_shape(quick_look(images), 3, 32);
  EXPECT_LT(small.num_multiply_adds() * 50, encoder_shape(images, 3, 32).num_multiply_adds());
}

TEST(FieldTest, EachSourceIsOfAFieldThatThereIs) {
  std::set<std::string> keys;
  for (const auto& objective : objective_kinds())
    for (const auto& field : Experiment(objective.name).fields()) keys.insert(field.key);
  for (const auto& [key, source] : field_sources()) {
    EXPECT_TRUE(keys.contains(key)) << key;
    EXPECT_FALSE(source.empty()) << key;
  }
}

TEST(FieldTest, WhatZeroStandsForIsSaidOfFieldsThatTakeIt) {
  std::set<std::string> said;
  for (const auto& objective : objective_kinds()) {
    for (const auto& field : Experiment(objective.name).fields()) {
      if (field.zero.empty()) continue;
      said.insert(field.key);
      EXPECT_EQ(complaint_about(field, parse_field(field, "0")), "") << field.key;
    }
  }
  for (const auto* key : {"corpus_limit", "encoder.blocks", "encoder.layers", "training.steps",
                          "training.threads", "training.clip_norm", "views.size"})
    EXPECT_TRUE(said.contains(key)) << key;
}

std::string complaint_about_toml(const std::string& text) {
  return message_of<UserError>([&] { Experiment::from_toml(text, "x.toml"); });
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(ExperimentTest, ASpecificationNestsNoDeeperThanOursDo) {
  for (const auto& text :
       {repeated("a.", 100'000) + "a = 1", "[" + repeated("a.", 100'000) + "a]\nb = 1",
        repeated("\"a,\".", 100'000) + "a = 1", "a = " + repeated("[", 200) + repeated("]", 200),
        "a = " + repeated("{a.a.a.a.a = ", 200) + "1" + repeated("}", 200),
        "a = [\n" + repeated("{a.a.a.a.a.a = [\n", 200) + repeated("]}", 200) + "]",
        "b = '\"'\n" + repeated("a.", 100'000) + "a = 1"})
    EXPECT_EQ(complaint_about_toml(text),
              "The specification x.toml is nested too deep: give one of Pretext's.");
  EXPECT_NE(complaint_about_toml(std::string(2 << 20, '#')).find("longer than"), std::string::npos);
  // Dots and brackets in texts and comments nest nothing.
  const auto note = repeated("[.", 100);
  EXPECT_EQ(complaint_about_toml("name = \"" + note + "\\\"" + note + "\" # " + note +
                                 "\n[objective] # '\nprojection = [16, 8]\n"),
            "");
}

TEST(ExperimentTest, WhatTheParserTakesForGrantedIsLookedForFirst) {
  for (const auto* text : {"[&x]\n", "[[ ?]]\n", "  [.a]\n", "[\n", "a = 1\n[\xC3\xA9]\n"})
    EXPECT_NE(complaint_about_toml(text), "") << text;
  for (const auto* text : {"\xC3\xA9 = 1\n", "\xEF\xB6\xBF", "name = \"a\" \xE3\x80\x81\n"})
    EXPECT_NE(complaint_about_toml(text).find("non-ASCII characters outside quotes"),
              std::string::npos)
        << text;
  EXPECT_NE(complaint_about_toml("name = \"\"\"a\\\n  \xC3\xA9\"\"\"\n").find("multi-line string"),
            std::string::npos);
  EXPECT_EQ(complaint_about_toml("\xEF\xBB\xBF# \xC3\xA9\nname = \"\xC3\xA9 \\\" \xE7\x8C\xAB\"\n"
                                 "[ objective ]\nprojection = [\n  16,\n  8]\n"),
            "");
}

TEST(ExperimentTest, ALongTextIsRefusedInWords) {
  Experiment experiment;
  EXPECT_THROW(experiment.set_text("device", "cuda:" + std::string(500'000, '1')), UserError);
  EXPECT_THROW(experiment.set_text("training.budget", std::string(500'000, '1')), UserError);
  EXPECT_THROW(experiment.set_all({std::string(5'000'000, '1') + "=1"}), UserError);
}

TEST(ExperimentTest, StoredSettingsOfAnotherFormAreRefusedInWords) {
  const auto complaint = [](const std::string& text) {
    return message_of<UserError>([&] { Experiment::from_json(text); });
  };
  for (const auto* text : {"", "5", "[]", R"({"objective.kind": 5})",
                           R"({"training.epochs": "three"})", R"({"encoder.kind": "none"})"})
    EXPECT_NE(complaint(text).find("settings of a run"), std::string::npos) << text;
  EXPECT_NE(complaint(R"({"name": )" + repeated("[", 100'000)).find("nested"), std::string::npos);
}

TEST(ExperimentTest, WhateverTextIsTakenComesBack) {
  Experiment experiment;
  experiment.set("name", std::string("a\tb\r\n\x01 \"\\\x7f \u00e9"));
  EXPECT_EQ(Experiment::from_toml(experiment.to_toml(), "x.toml").text("name"),
            experiment.text("name"));
  EXPECT_EQ(Experiment::from_json(experiment.to_json()).text("name"), experiment.text("name"));
  EXPECT_NE(
      message_of<UserError>([&] { experiment.set("name", std::string("a\xff")); }).find("UTF-8"),
      std::string::npos);
}

TEST(ExperimentTest, NumbersAreFinite) {
  Experiment experiment;
  for (const auto* number : {"inf", "-inf", "nan", "1e999"}) {
    EXPECT_THROW(experiment.set_text("objective.temperature", number), UserError) << number;
    EXPECT_THROW(experiment.set_text("training.learning_rate", number), UserError) << number;
  }
  EXPECT_THROW(Experiment::from_toml("[objective]\ntemperature = inf\n", "x.toml"), UserError);
}

}  // namespace
}  // namespace pretext
