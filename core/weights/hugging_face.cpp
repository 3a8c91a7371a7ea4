#include "core/weights/hugging_face.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/corpus/text_ingest.h"

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr char kEncoder[] = "encoder.";  // Of a checkpoint's names.
constexpr char kHeads[] = "objective.";

[[noreturn]] void refuse(const fs::path& folder, const std::string& why) {
  throw UserError("The model in " + folder.string() + " " + why);
}

TextEncoderShape read_config(const fs::path& folder) {
  const auto config = json::parse(read_text_file(folder / "config.json"), nullptr, false);
  if (config.is_discarded() || !config.is_object())
    refuse(folder, "has a damaged config.json: fetch it again.");
  const auto type = config.value("model_type", std::string("unknown"));
  if (type != "bert") refuse(folder, "is of type " + type + ": give one of type bert.");
  const auto activation = config.value("hidden_act", std::string("gelu"));
  if (activation != "gelu")
    refuse(folder, "uses the activation " + activation + ": give a BERT with gelu.");
  try {
    TextEncoderShape shape;
    shape.layers = config.at("num_hidden_layers").get<std::int64_t>();
    shape.width = config.at("hidden_size").get<std::int64_t>();
    shape.heads = config.at("num_attention_heads").get<std::int64_t>();
    shape.inner = config.at("intermediate_size").get<std::int64_t>();
    shape.vocabulary = config.at("vocab_size").get<std::int64_t>();
    shape.positions = config.at("max_position_embeddings").get<std::int64_t>();
    shape.dropout = config.value("hidden_dropout_prob", 0.1);
    if (shape.inner != 4 * shape.width)
      refuse(folder, "has an inner layer that is not four times as wide: give another.");
    return shape;
  } catch (const json::exception&) {
    refuse(folder, "has a config.json without a BERT's sizes: fetch it again.");
  }
}

/// Our name for one of Hugging Face's; empty where we have no such.
std::string own_name(std::string name) {
  const auto replace_end = [&](const std::string& from, const std::string& to) {
    if (name.ends_with(from)) name.replace(name.size() - from.size(), from.size(), to);
  };
  replace_end("LayerNorm.gamma", "LayerNorm.weight");
  replace_end("LayerNorm.beta", "LayerNorm.bias");
  if (name.starts_with("bert.")) name.erase(0, 5);
  const bool is_tied = name.starts_with("cls.predictions.decoder.");
  if (is_tied || name.ends_with("position_ids")) return {};
  if (name.starts_with("cls.")) return kHeads + name.substr(4);
  const bool is_encoder = name.starts_with("embeddings.") || name.starts_with("encoder.") ||
                          name.starts_with("pooler.");
  return is_encoder ? name : std::string();
}

WeightTensor zeros(std::vector<std::int64_t> shape) {
  std::size_t count = 1;
  for (const auto side : shape) count *= static_cast<std::size_t>(side);
  return {"F32", std::move(shape), std::vector<std::byte>(count * sizeof(float))};
}

ordered_json config_of(const TextEncoderShape& shape, std::int32_t padding) {
  return {{"architectures", {"BertForPreTraining"}},
          {"model_type", "bert"},
          {"vocab_size", shape.vocabulary},
          {"hidden_size", shape.width},
          {"num_hidden_layers", shape.layers},
          {"num_attention_heads", shape.heads},
          {"intermediate_size", shape.inner},
          {"max_position_embeddings", shape.positions},
          {"type_vocab_size", 2},
          {"hidden_act", "gelu"},
          {"hidden_dropout_prob", shape.dropout},
          {"attention_probs_dropout_prob", shape.dropout},
          {"layer_norm_eps", 1e-12},
          {"initializer_range", 0.02},
          {"pad_token_id", padding},
          {"tie_word_embeddings", true}};
}

/// A checkpoint's encoder and heads, with other prefixes.
WeightMap renamed(const WeightMap& checkpoint, const std::string& encoder,
                  const std::string& heads) {
  WeightMap weights;
  for (const auto& [name, tensor] : checkpoint) {
    if (name.starts_with(kEncoder))
      weights[encoder + name.substr(std::size(kEncoder) - 1)] = tensor;
    if (name.starts_with(kHeads)) weights[heads + name.substr(std::size(kHeads) - 1)] = tensor;
  }
  return weights;
}

void write_folder(const fs::path& folder, const WeightMap& weights, const ordered_json& config,
                  const Vocabulary& vocabulary, std::int64_t longest) {
  fs::create_directories(folder);
  write_safetensors(folder / "model.safetensors", weights);
  write_text_file(folder / "config.json", config.dump(2) + "\n");
  const ordered_json tokenizer = {{"tokenizer_class", "BertTokenizerFast"},
                                  {"do_lower_case", vocabulary.is_uncased()},
                                  {"model_max_length", longest},
                                  {"pad_token", "[PAD]"},
                                  {"unk_token", "[UNK]"},
                                  {"cls_token", "[CLS]"},
                                  {"sep_token", "[SEP]"},
                                  {"mask_token", "[MASK]"}};
  write_text_file(folder / "tokenizer_config.json", tokenizer.dump(2) + "\n");
  vocabulary.write(folder);
}

fs::path imported_folder(const fs::path& workspace, const std::string& name) {
  return workspace / "weights" / name;
}

}  // namespace

HuggingFaceModel read_hugging_face(const fs::path& folder) {
  HuggingFaceModel model;
  model.shape = read_config(folder);
  const auto file = folder / "model.safetensors";
  if (!fs::exists(file) && fs::exists(folder / "pytorch_model.bin")) {
    refuse(folder,
           "is a pickle, which may run code when it is loaded: convert it with Python's\n"
           "  from transformers import AutoModel\n"
           "  AutoModel.from_pretrained(\"" +
               folder.string() + "\").save_pretrained(\"converted\")");
  }
  for (auto& [name, tensor] : read_safetensors(file)) {
    const auto own = own_name(name);
    if (!own.empty()) model.weights[own] = std::move(tensor);
  }
  const auto words = model.weights.find("embeddings.word_embeddings.weight");
  if (words == model.weights.end() ||
      words->second.shape != std::vector{model.shape.vocabulary, model.shape.width})
    refuse(folder, "has no word embeddings of the size that config.json tells: fetch it again.");
  model.has_heads = model.weights.contains("objective.predictions.bias");
  return model;
}

bool write_hugging_face(const fs::path& folder, const WeightMap& checkpoint,
                        const TextEncoderShape& shape, const Vocabulary& vocabulary) {
  auto weights = renamed(checkpoint, "bert.", "cls.");
  const bool lacks_pairs = !weights.contains("cls.seq_relationship.weight");
  if (lacks_pairs) {
    weights["cls.seq_relationship.weight"] = zeros({2, shape.width});
    weights["cls.seq_relationship.bias"] = zeros({2});
  }
  write_folder(folder, weights, config_of(shape, vocabulary.pad()), vocabulary, shape.positions);
  return lacks_pairs;
}

void write_hugging_face_classifier(const fs::path& folder, const WeightMap& checkpoint,
                                   const TextEncoderShape& shape, const Vocabulary& vocabulary,
                                   const std::vector<std::string>& classes) {
  auto config = config_of(shape, vocabulary.pad());
  config["architectures"] = {"BertForSequenceClassification"};
  config["problem_type"] = "single_label_classification";
  for (std::size_t i = 0; i < classes.size(); ++i) {
    config["id2label"][std::to_string(i)] = classes[i];
    config["label2id"][classes[i]] = i;
  }
  write_folder(folder, renamed(checkpoint, "bert.", ""), config, vocabulary, shape.positions);
}

void write_hugging_face_modern(const fs::path& folder, const WeightMap& checkpoint,
                               const TextEncoderShape& shape, const Vocabulary& vocabulary) {
  auto weights = renamed(checkpoint, "model.", "");
  const auto rename = [&](const std::string& from, const std::string& to) {
    auto node = weights.extract(from);
    node.key() = to;
    weights.insert(std::move(node));
  };
  rename("predictions.transform.dense.weight", "head.dense.weight");
  rename("predictions.transform.LayerNorm.weight", "head.norm.weight");
  rename("predictions.bias", "decoder.bias");
  std::erase_if(weights, [](const auto& item) {
    return item.first.starts_with("seq_relationship.") || item.first.starts_with("model.pooler.");
  });
  const ordered_json rope = {{"rope_type", "default"}, {"rope_theta", 10000.0}};
  const ordered_json config = {
      {"architectures", {"ModernBertForMaskedLM"}},
      {"model_type", "modernbert"},
      {"vocab_size", shape.vocabulary},
      {"hidden_size", shape.width},
      {"intermediate_size", shape.inner},
      {"num_hidden_layers", shape.layers},
      {"num_attention_heads", shape.heads},
      {"max_position_embeddings", shape.positions},
      {"hidden_activation", "gelu"},
      {"classifier_activation", "gelu"},
      {"norm_eps", 1e-5},
      {"norm_bias", false},
      {"attention_bias", false},
      {"mlp_bias", false},
      {"classifier_bias", false},
      {"decoder_bias", true},
      {"global_attn_every_n_layers", 1},
      {"global_rope_theta", 10000.0},
      {"layer_types",
       std::vector<std::string>(static_cast<std::size_t>(shape.layers), "full_attention")},
      {"rope_parameters", {{"full_attention", rope}, {"sliding_attention", rope}}},
      {"embedding_dropout", shape.dropout},
      {"attention_dropout", shape.dropout},
      {"mlp_dropout", shape.dropout},
      {"pad_token_id", vocabulary.pad()},
      {"bos_token_id", vocabulary.classify()},
      {"cls_token_id", vocabulary.classify()},
      {"eos_token_id", vocabulary.separate()},
      {"sep_token_id", vocabulary.separate()},
      {"tie_word_embeddings", true}};
  write_folder(folder, weights, config, vocabulary, shape.positions);
}

void write_hugging_face_gpt(const fs::path& folder, const WeightMap& checkpoint,
                            const TextEncoderShape& shape, const Vocabulary& vocabulary) {
  const ordered_json config = {{"architectures", {"GPT2LMHeadModel"}},
                               {"model_type", "gpt2"},
                               {"vocab_size", shape.vocabulary},
                               {"n_positions", shape.positions},
                               {"n_embd", shape.width},
                               {"n_layer", shape.layers},
                               {"n_head", shape.heads},
                               {"activation_function", "gelu_new"},
                               {"resid_pdrop", shape.dropout},
                               {"embd_pdrop", shape.dropout},
                               {"attn_pdrop", shape.dropout},
                               {"layer_norm_epsilon", 1e-5},
                               {"bos_token_id", vocabulary.separate()},
                               {"eos_token_id", vocabulary.separate()},
                               {"pad_token_id", vocabulary.pad()},
                               {"tie_word_embeddings", true}};
  write_folder(folder, renamed(checkpoint, "transformer.", ""), config, vocabulary,
               shape.positions);
  // Its tokenizer puts nothing around a text.
  const auto file = folder / "tokenizer.json";
  auto tokenizer = ordered_json::parse(read_text_file(file));
  tokenizer["post_processor"] = nullptr;
  write_text_file(file, tokenizer.dump(2) + "\n");
  auto settings = ordered_json::parse(read_text_file(folder / "tokenizer_config.json"));
  settings["tokenizer_class"] = "PreTrainedTokenizerFast";
  settings["eos_token"] = "[SEP]";
  write_text_file(folder / "tokenizer_config.json", settings.dump(2) + "\n");
}

void keep_imported(const fs::path& workspace, const std::string& name,
                   const HuggingFaceModel& model, const Vocabulary& vocabulary) {
  if (model.shape.vocabulary < vocabulary.size()) {
    throw UserError("The model has " + std::to_string(model.shape.vocabulary) +
                    " pieces and its vocabulary " + std::to_string(vocabulary.size()) +
                    ": give the vocabulary that it was trained with.");
  }
  const auto folder = imported_folder(workspace, name);
  fs::create_directories(folder);
  vocabulary.write(folder);
  write_text_file(folder / "config.json", config_of(model.shape, vocabulary.pad()).dump(2) + "\n");
  write_safetensors(folder.string() + ".safetensors", model.weights);
}

void adopt_imported(Experiment& experiment, const fs::path& workspace, const CorpusRecord& corpus) {
  const auto name = experiment.text("encoder.weights");
  const auto folder = imported_folder(workspace, name);
  if (!fs::exists(folder / "config.json")) {
    throw UserError("There is no imported BERT \"" + name +
                    "\": bring one with \"pretext import FOLDER --name " + name + "\".");
  }
  const auto own = Vocabulary::from_file(folder / "tokenizer.json").digest();
  if (own != TextDetails::from_json(corpus.details).vocabulary) {
    throw UserError("The corpus \"" + corpus.name + "\" was cut with another vocabulary than \"" +
                    name + "\": cut it anew with \"pretext retokenize " + corpus.name +
                    " --vocab " + (folder / "tokenizer.json").string() + "\".");
  }
  const auto shape = read_config(folder);
  experiment.set("encoder.layers", shape.layers);
  experiment.set("encoder.width", shape.width);
  experiment.set("encoder.heads", shape.heads);
  experiment.set("encoder.positions", shape.positions);
  experiment.set("encoder.vocabulary", shape.vocabulary);
}

}  // namespace pretext
