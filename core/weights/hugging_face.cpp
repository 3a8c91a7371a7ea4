#include "core/weights/hugging_face.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json_file.h"
#include "core/corpus/text_ingest.h"
#include "core/weights/hugging_face_config.h"
#include "core/weights/imported.h"

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr char kEncoder[] = "encoder.";  // Of a checkpoint's names.
constexpr char kHeads[] = "objective.";
/// Rows of a checkpoint's embeddings without a piece: their number is often rounded up.
constexpr std::int64_t kMostUnusedPieces = 512;

[[noreturn]] void refuse(const fs::path& folder, const std::string& why) {
  throw UserError("The model in " + folder.string() + " " + why);
}

/// Our name for one of Hugging Face's GPT-2; empty where we have no such.
std::string own_gpt_name(std::string name) {
  if (name.starts_with("transformer.")) name.erase(0, 12);
  const bool is_mask = name.ends_with(".attn.bias") || name.ends_with(".attn.masked_bias");
  const bool is_encoder = name.starts_with("wte.") || name.starts_with("wpe.") ||
                          name.starts_with("h.") || name.starts_with("ln_f.");
  return is_encoder && !is_mask ? name : std::string();
}

/// Our name for one of Hugging Face's BERT; empty where we have no such.
std::string own_bert_name(std::string name) {
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

ordered_json gpt_config_of(const TextEncoderShape& shape, const Vocabulary& vocabulary) {
  return {{"architectures", {"GPT2LMHeadModel"}},
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
  ordered_json tokenizer = {{"model_max_length", longest}};
  if (vocabulary.byte_pairs()) {
    tokenizer["tokenizer_class"] = "GPT2TokenizerFast";
    for (const auto* key : {"bos_token", "eos_token", "unk_token", "pad_token"})
      tokenizer[key] = vocabulary.piece(vocabulary.separate());
  } else {
    tokenizer["tokenizer_class"] = "BertTokenizerFast";
    tokenizer["do_lower_case"] = vocabulary.is_uncased();
    tokenizer["pad_token"] = "[PAD]";
    tokenizer["unk_token"] = "[UNK]";
    tokenizer["cls_token"] = "[CLS]";
    tokenizer["sep_token"] = "[SEP]";
    tokenizer["mask_token"] = "[MASK]";
  }
  write_text_file(folder / "tokenizer_config.json", tokenizer.dump(2) + "\n");
  vocabulary.write(folder);
}

}  // namespace

HuggingFaceModel read_hugging_face(const fs::path& folder) {
  HuggingFaceModel model;
  model.shape = read_hugging_face_config(folder);
  const auto file = folder / "model.safetensors";
  if (!fs::exists(file) && fs::exists(folder / "pytorch_model.bin")) {
    refuse(folder,
           "is a pickle, which may run code when it is loaded: convert it with Python's\n"
           "  from transformers import AutoModel\n"
           "  AutoModel.from_pretrained(\"" +
               folder.string() + "\").save_pretrained(\"converted\")");
  }
  const bool is_gpt = model.shape.family == TextFamily::kGpt;
  for (auto& [name, tensor] : read_safetensors(file)) {
    const auto own = is_gpt ? own_gpt_name(name) : own_bert_name(name);
    if (!own.empty()) model.weights[own] = std::move(tensor);
  }
  const auto words =
      model.weights.find(is_gpt ? "wte.weight" : "embeddings.word_embeddings.weight");
  if (words == model.weights.end() ||
      words->second.shape != std::vector{model.shape.vocabulary, model.shape.width})
    refuse(folder, "has no word embeddings of the size that config.json tells: fetch it again.");
  model.has_heads = is_gpt || model.weights.contains("objective.predictions.bias");
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

void write_hugging_face_encoder(const fs::path& folder, const WeightMap& checkpoint,
                                const TextEncoderShape& shape, const Vocabulary& vocabulary) {
  auto weights = renamed(checkpoint, "", kHeads);
  std::erase_if(weights, [](const auto& item) { return item.first.starts_with(kHeads); });
  auto config = config_of(shape, vocabulary.pad());
  config["architectures"] = {"BertModel"};
  write_folder(folder, weights, config, vocabulary, shape.positions);
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
  write_folder(folder, renamed(checkpoint, "transformer.", ""), gpt_config_of(shape, vocabulary),
               vocabulary, shape.positions);
  if (vocabulary.byte_pairs()) return;
  // Its tokenizer puts nothing around a text.
  const auto file = folder / "tokenizer.json";
  auto tokenizer = parse_ordered_json(read_text_file(file), file.string());
  tokenizer["post_processor"] = nullptr;
  write_text_file(file, tokenizer.dump(2) + "\n");
  auto settings =
      parse_ordered_json(read_text_file(folder / "tokenizer_config.json"), "tokenizer_config.json");
  settings["tokenizer_class"] = "PreTrainedTokenizerFast";
  settings["eos_token"] = "[SEP]";
  write_text_file(folder / "tokenizer_config.json", settings.dump(2) + "\n");
}

void keep_imported(const fs::path& workspace, const std::string& name,
                   const HuggingFaceModel& model, const Vocabulary& vocabulary) {
  const auto num_unused = model.shape.vocabulary - vocabulary.size();
  if (num_unused < 0 || num_unused > kMostUnusedPieces) {
    throw UserError("The model has " + std::to_string(model.shape.vocabulary) +
                    " pieces and its vocabulary " + std::to_string(vocabulary.size()) +
                    ": give the vocabulary that it was trained with.");
  }
  const bool is_gpt = model.shape.family == TextFamily::kGpt;
  if (!is_gpt && vocabulary.byte_pairs()) {
    throw UserError(
        "The model is a BERT and its tokenizer is of byte pairs, without [CLS] and [MASK]: give "
        "the "
        "vocabulary that it was trained with.");
  }
  const auto folder = imported_folder(workspace, name);
  fs::create_directories(folder);
  vocabulary.write(folder);
  const auto config =
      is_gpt ? gpt_config_of(model.shape, vocabulary) : config_of(model.shape, vocabulary.pad());
  write_text_file(folder / "config.json", config.dump(2) + "\n");
  write_safetensors(imported_file(workspace, name), model.weights);
}

void adopt_imported(Experiment& experiment, const fs::path& workspace, const CorpusRecord& corpus) {
  const auto name = experiment.text("encoder.weights");
  const auto folder = imported_folder(workspace, name);
  if (!fs::exists(folder / "config.json")) {
    throw UserError("There is no imported model of text \"" + name +
                    "\": bring one with \"pretext import FOLDER --name " + name + "\".");
  }
  const auto own = Vocabulary::from_file(folder / "tokenizer.json").digest();
  if (own != TextDetails::from_json(corpus.details).vocabulary) {
    throw UserError("The corpus \"" + corpus.name + "\" was cut with another vocabulary than \"" +
                    name + "\": cut it again with \"pretext retokenize " + corpus.name +
                    " --vocab " + (folder / "tokenizer.json").string() + "\".");
  }
  const auto shape = read_hugging_face_config(folder);
  const bool is_gpt = shape.family == TextFamily::kGpt;
  if (is_gpt != is_causal_encoder(experiment))
    experiment.set("encoder.kind", std::string(is_gpt ? "gpt-small" : "bert-base"));
  experiment.set("encoder.layers", shape.layers);
  experiment.set("encoder.width", shape.width);
  experiment.set("encoder.heads", shape.heads);
  experiment.set("encoder.positions", shape.positions);
  experiment.set("encoder.vocabulary", shape.vocabulary);
}

}  // namespace pretext
