#include "core/weights/hugging_face.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/corpus/text_ingest.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

Vocabulary small_vocabulary() {
  return {{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##c"}, true};
}

constexpr TextEncoderShape kShape = {
    .layers = 1, .width = 4, .heads = 2, .inner = 16, .vocabulary = 8, .positions = 16};

WeightTensor filled(std::vector<std::int64_t> shape, int value) {
  std::size_t count = sizeof(float);
  for (const auto side : shape) count *= static_cast<std::size_t>(side);
  return {"F32", std::move(shape), std::vector<std::byte>(count, static_cast<std::byte>(value))};
}

/// A checkpoint of ours, cut down to a tensor of each kind.
WeightMap checkpoint() {
  WeightMap weights;
  weights["encoder.embeddings.word_embeddings.weight"] = filled({8, 4}, 1);
  weights["encoder.encoder.layer.0.output.LayerNorm.weight"] = filled({4}, 2);
  weights["encoder.pooler.dense.bias"] = filled({4}, 3);
  weights["objective.predictions.bias"] = filled({8}, 4);
  weights["optimizer.exp_avg.encoder.pooler.dense.bias"] = filled({4}, 5);
  weights["step"] = filled({2}, 0);
  return weights;
}

TEST(HuggingFaceTest, WhatIsWrittenComesBackByOurNames) {
  const TemporaryFolder folder;
  EXPECT_TRUE(write_hugging_face(folder.path(), checkpoint(), kShape, small_vocabulary()));
  const auto file = read_safetensors(folder / "model.safetensors");
  EXPECT_TRUE(file.contains("bert.encoder.layer.0.output.LayerNorm.weight"));
  EXPECT_TRUE(file.contains("cls.predictions.bias"));
  EXPECT_TRUE(file.contains("cls.seq_relationship.weight"));
  EXPECT_EQ(file.size(), 6u);
  const auto model = read_hugging_face(folder.path());
  EXPECT_EQ(model.shape.width, 4);
  EXPECT_EQ(model.shape.positions, 16);
  EXPECT_TRUE(model.has_heads);
  EXPECT_EQ(model.weights.at("encoder.layer.0.output.LayerNorm.weight").data,
            checkpoint().at("encoder.encoder.layer.0.output.LayerNorm.weight").data);
  EXPECT_EQ(model.weights.at("objective.predictions.bias").data,
            checkpoint().at("objective.predictions.bias").data);
  EXPECT_EQ(Vocabulary::from_file(folder / "tokenizer.json").pieces(), small_vocabulary().pieces());
}

TEST(HuggingFaceTest, AGptComesBackWithAndWithoutItsPrefix) {
  const TemporaryFolder folder;
  auto shape = kShape;
  shape.family = TextFamily::kGpt;
  WeightMap trained;
  trained["encoder.wte.weight"] = filled({8, 4}, 1);
  trained["encoder.h.0.ln_1.bias"] = filled({4}, 2);
  write_hugging_face_gpt(folder.path(), trained, shape, small_vocabulary());
  auto file = read_safetensors(folder / "model.safetensors");
  ASSERT_TRUE(file.contains("transformer.h.0.ln_1.bias"));
  file["h.0.attn.masked_bias"] = filled({1}, 0);
  file["lm_head.weight"] = filled({8, 4}, 1);
  file["ln_f.weight"] = filled({4}, 3);
  write_safetensors(folder / "model.safetensors", file);
  const auto model = read_hugging_face(folder.path());
  EXPECT_EQ(model.shape.family, TextFamily::kGpt);
  EXPECT_EQ(model.shape.heads, 2);
  EXPECT_EQ(model.shape.inner, 16);
  EXPECT_TRUE(model.has_heads);
  EXPECT_EQ(model.weights.size(), 3u);
  EXPECT_TRUE(model.weights.contains("h.0.ln_1.bias"));
  EXPECT_TRUE(model.weights.contains("ln_f.weight"));
}

TEST(HuggingFaceTest, AModernEncoderGoesByTheNamesOfModernBert) {
  const TemporaryFolder folder;
  auto shape = kShape;
  shape.family = TextFamily::kModernBert;
  WeightMap trained;
  trained["encoder.embeddings.tok_embeddings.weight"] = filled({8, 4}, 1);
  trained["objective.predictions.transform.dense.weight"] = filled({4, 4}, 2);
  trained["objective.predictions.transform.LayerNorm.weight"] = filled({4}, 3);
  trained["objective.predictions.bias"] = filled({8}, 4);
  trained["objective.seq_relationship.bias"] = filled({2}, 5);
  write_hugging_face_modern(folder.path(), trained, shape, small_vocabulary());
  const auto file = read_safetensors(folder / "model.safetensors");
  EXPECT_EQ(file.size(), 4u);
  for (const auto* name : {"model.embeddings.tok_embeddings.weight", "head.dense.weight",
                           "head.norm.weight", "decoder.bias"})
    EXPECT_TRUE(file.contains(name)) << name;
}

TEST(HuggingFaceTest, OldNamesAndThoseWithoutPrefixAreKnown) {
  const TemporaryFolder folder;
  write_hugging_face(folder.path(), checkpoint(), kShape, small_vocabulary());
  WeightMap old;
  old["embeddings.word_embeddings.weight"] = filled({8, 4}, 1);
  old["embeddings.LayerNorm.gamma"] = filled({4}, 2);
  old["bert.embeddings.LayerNorm.beta"] = filled({4}, 3);
  old["embeddings.position_ids"] = filled({6}, 0);
  old["cls.predictions.decoder.weight"] = filled({8, 4}, 1);
  old["something.else"] = filled({1}, 1);
  write_safetensors(folder / "model.safetensors", old);
  const auto model = read_hugging_face(folder.path());
  EXPECT_EQ(model.weights.size(), 3u);
  EXPECT_TRUE(model.weights.contains("embeddings.LayerNorm.weight"));
  EXPECT_TRUE(model.weights.contains("embeddings.LayerNorm.bias"));
  EXPECT_FALSE(model.has_heads);
}

TEST(HuggingFaceTest, WhatCannotBeReadIsRefusedInWords) {
  const TemporaryFolder folder;
  write_hugging_face(folder.path(), checkpoint(), kShape, small_vocabulary());
  const auto complaint = [&] {
    return message_of<UserError>([&] { read_hugging_face(folder.path()); });
  };
  const auto config = read_text_file(folder / "config.json");
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = config;
    changed.replace(changed.find(from), from.size(), to);
    write_text_file(folder / "config.json", changed);
    return complaint();
  };
  EXPECT_NE(with("\"bert\"", "\"roberta\"").find("roberta"), std::string::npos);
  EXPECT_NE(with("\"gelu\"", "\"relu\"").find("relu"), std::string::npos);
  EXPECT_NE(with("hidden_size", "hidden_sizes").find("sizes"), std::string::npos);
  EXPECT_NE(with("\"vocab_size\": 8", "\"vocab_size\": 9").find("word embeddings"),
            std::string::npos);
  write_text_file(folder / "config.json", "{");
  EXPECT_NE(complaint().find("damaged"), std::string::npos);
  write_text_file(folder / "config.json", config);
  fs::rename(folder / "model.safetensors", folder / "pytorch_model.bin");
  EXPECT_NE(complaint().find("save_pretrained"), std::string::npos);
  fs::remove(folder / "pytorch_model.bin");
  EXPECT_NE(complaint(), "");
}

TEST(HuggingFaceTest, AVocabularyOfAnotherSizeIsRefused) {
  const TemporaryFolder folder;
  const auto vocabulary = small_vocabulary();
  const auto complaint = [&](std::int64_t rows) {
    HuggingFaceModel model;
    model.shape = kShape;
    model.shape.vocabulary = rows;
    return message_of<UserError>(
        [&] { keep_imported(folder.path(), std::to_string(rows), model, vocabulary); });
  };
  const auto size = static_cast<std::int64_t>(vocabulary.size());
  EXPECT_NE(complaint(size - 1).find("trained with"), std::string::npos);
  EXPECT_NE(complaint(size + 10'000).find("trained with"), std::string::npos);
  EXPECT_EQ(complaint(size + 64), "") << "rows rounded up";
}

TEST(HuggingFaceTest, AnExperimentTakesTheImportedSizesIfTheVocabularyIsTheSame) {
  const TemporaryFolder folder;
  const auto vocabulary = small_vocabulary();
  write_hugging_face(folder / "hf", checkpoint(), kShape, vocabulary);
  keep_imported(folder.path(), "mine", read_hugging_face(folder / "hf"), vocabulary);
  Experiment experiment("mlm");
  experiment.set("encoder.weights", std::string("mine"));
  CorpusRecord corpus;
  corpus.name = "c";
  TextDetails details;
  details.vocabulary = vocabulary.digest();
  corpus.details = details.to_json();
  adopt_imported(experiment, folder.path(), corpus);
  EXPECT_EQ(experiment.integer("encoder.width"), 4);
  EXPECT_EQ(experiment.integer("encoder.layers"), 1);
  EXPECT_EQ(experiment.integer("encoder.positions"), 16);
  details.vocabulary = "another";
  corpus.details = details.to_json();
  const auto message =
      message_of<UserError>([&] { adopt_imported(experiment, folder.path(), corpus); });
  EXPECT_NE(message.find("retokenize"), std::string::npos) << message;
  experiment.set("encoder.weights", std::string("none"));
  EXPECT_NE(message_of<UserError>([&] {
              adopt_imported(experiment, folder.path(), corpus);
            }).find("import"),
            std::string::npos);
}

TEST(HuggingFaceTest, ValuesOfTheWrongKindAndAbsurdSizesAreNamed) {
  const TemporaryFolder folder;
  write_hugging_face(folder.path(), checkpoint(), kShape, small_vocabulary());
  const auto config = nlohmann::json::parse(read_text_file(folder / "config.json"));
  const auto complaint = [&](const char* key, const nlohmann::json& value) {
    auto changed = config;
    changed[key] = value;
    write_text_file(folder / "config.json", changed.dump());
    return message_of<UserError>([&] { read_hugging_face(folder.path()); });
  };
  EXPECT_NE(complaint("model_type", 5).find("model_type = 5: a text belongs there"),
            std::string::npos);
  EXPECT_NE(complaint("hidden_act", nlohmann::json::array({1})).find("hidden_act"),
            std::string::npos);
  for (const auto* key : {"num_hidden_layers", "hidden_size", "num_attention_heads", "vocab_size",
                          "max_position_embeddings", "intermediate_size"}) {
    for (const nlohmann::json& value :
         {nlohmann::json(-1), nlohmann::json(0), nlohmann::json(1.5), nlohmann::json("7"),
          nlohmann::json(99'999'999'999), nlohmann::json(1e300)})
      EXPECT_NE(complaint(key, value).find(std::string(key) + " = "), std::string::npos) << value;
  }
  EXPECT_NE(complaint("hidden_dropout_prob", 2).find("a share"), std::string::npos);
  EXPECT_NE(complaint("num_attention_heads", 3).find("do not divide"), std::string::npos);
}

}  // namespace
}  // namespace pretext
