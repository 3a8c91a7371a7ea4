#include "core/text/tokenizer_json.h"

#include "core/base/error.h"
#include "core/base/json_file.h"

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr char kAdvice[] =
    "give BERT's vocab.txt, or a tokenizer.json of type WordPiece or GPT-2's byte-level BPE";

UserError refusal(const fs::path& file, const std::string& why) {
  return UserError("The tokenizer " + file.string() + " " + why + ": " + kAdvice + ".");
}

/// Pieces by id: the model's, then those added to it.
std::vector<std::string> pieces_of(const fs::path& file, const json& document) {
  std::map<std::size_t, std::string> by_id;
  for (const auto& [piece, id] : document.at("model").at("vocab").items())
    by_id[id.get<std::size_t>()] = piece;
  for (const auto& added : document.value("added_tokens", json::array()))
    by_id.emplace(added.at("id").get<std::size_t>(), added.at("content").get<std::string>());
  if (!by_id.empty() && by_id.rbegin()->first + 1 != by_id.size())
    throw refusal(file, "has ids with gaps");
  std::vector<std::string> pieces;
  pieces.reserve(by_id.size());
  for (auto& [id, piece] : by_id) pieces.push_back(std::move(piece));
  return pieces;
}

/// Whether a setting is absent, null or what `usual` says.
bool is_usual(const json& settings, const char* key, const json& usual) {
  const auto value = settings.value(key, json());
  return value.is_null() || value == usual;
}

/// Throws UserError where the text is cut otherwise than by GPT-2.
void check_byte_level(const fs::path& file, const json& document) {
  const auto& model = document.at("model");
  const auto cutter = document.value("pre_tokenizer", json::object());
  const bool is_byte_level =
      cutter.is_object() && cutter.value("type", std::string()) == "ByteLevel" &&
      is_usual(cutter, "add_prefix_space", false) && is_usual(cutter, "use_regex", true);
  if (!is_byte_level || !document.value("normalizer", json()).is_null())
    throw refusal(file, "is a BPE that cuts text into words otherwise than GPT-2");
  const bool is_plain = is_usual(model, "continuing_subword_prefix", "") &&
                        is_usual(model, "end_of_word_suffix", "") &&
                        is_usual(model, "byte_fallback", false) &&
                        is_usual(model, "ignore_merges", false);
  if (!is_plain) throw refusal(file, "is a BPE with other rules than GPT-2's");
}

std::vector<BytePairs::Pair> merges_of(const fs::path& file, const json& model) {
  std::vector<BytePairs::Pair> merges;
  for (const auto& merge : model.at("merges")) {
    if (merge.is_array() && merge.size() == 2) {
      merges.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
      continue;
    }
    const auto both = merge.get<std::string>();
    const auto blank = both.find(' ');
    if (blank == std::string::npos) throw refusal(file, "has a merge of one piece");
    merges.emplace_back(both.substr(0, blank), both.substr(blank + 1));
  }
  return merges;
}

ordered_json added_token(const Vocabulary& vocabulary, std::int32_t id) {
  return {{"id", id},
          {"content", vocabulary.piece(id)},
          {"single_word", false},
          {"lstrip", false},
          {"rstrip", false},
          {"normalized", false},
          {"special", true}};
}

ordered_json ids_by_piece(const Vocabulary& vocabulary) {
  ordered_json pieces = ordered_json::object();
  for (std::int32_t id = 0; id < vocabulary.size(); ++id) pieces[vocabulary.piece(id)] = id;
  return pieces;
}

ordered_json byte_pairs_json(const Vocabulary& vocabulary) {
  ordered_json merges = ordered_json::array();
  for (const auto& [left, right] : vocabulary.byte_pairs()->merges())
    merges.push_back({left, right});
  const ordered_json byte_level = {{"type", "ByteLevel"},
                                   {"add_prefix_space", false},
                                   {"trim_offsets", false},
                                   {"use_regex", true}};
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", {added_token(vocabulary, vocabulary.separate())}},
          {"normalizer", nullptr},
          {"pre_tokenizer", byte_level},
          {"post_processor", byte_level},
          {"decoder", byte_level},
          {"model",
           {{"type", "BPE"},
            {"dropout", nullptr},
            {"unk_token", nullptr},
            {"continuing_subword_prefix", ""},
            {"end_of_word_suffix", ""},
            {"fuse_unk", false},
            {"byte_fallback", false},
            {"vocab", ids_by_piece(vocabulary)},
            {"merges", merges}}}};
}

ordered_json word_piece_json(const Vocabulary& vocabulary) {
  ordered_json added = ordered_json::array();
  for (const auto id : {vocabulary.pad(), vocabulary.unknown(), vocabulary.classify(),
                        vocabulary.separate(), vocabulary.mask()}) {
    added.push_back(added_token(vocabulary, id));
  }
  const auto special = [](const char* id, int type) {
    return ordered_json{{"SpecialToken", {{"id", id}, {"type_id", type}}}};
  };
  const auto sequence = [](const char* id, int type) {
    return ordered_json{{"Sequence", {{"id", id}, {"type_id", type}}}};
  };
  const auto described = [&](std::int32_t id) {
    const auto& piece = vocabulary.piece(id);
    return ordered_json{{"id", piece}, {"ids", {id}}, {"tokens", {piece}}};
  };
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", added},
          {"normalizer",
           {{"type", "BertNormalizer"},
            {"clean_text", true},
            {"handle_chinese_chars", true},
            {"strip_accents", nullptr},
            {"lowercase", vocabulary.is_uncased()}}},
          {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
          {"post_processor",
           {{"type", "TemplateProcessing"},
            {"single", {special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0)}},
            {"pair",
             {special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0), sequence("B", 1),
              special("[SEP]", 1)}},
            {"special_tokens",
             {{"[CLS]", described(vocabulary.classify())},
              {"[SEP]", described(vocabulary.separate())}}}}},
          {"decoder", {{"type", "WordPiece"}, {"prefix", "##"}, {"cleanup", true}}},
          {"model",
           {{"type", "WordPiece"},
            {"unk_token", "[UNK]"},
            {"continuing_subword_prefix", "##"},
            {"max_input_chars_per_word", 100},
            {"vocab", ids_by_piece(vocabulary)}}}};
}

}  // namespace

Vocabulary read_tokenizer_json(const fs::path& file, const std::string& text) {
  const auto document = parse_json(text, "The tokenizer " + file.string(), kAdvice);
  if (!document.is_object() || !document.contains("model"))
    throw refusal(file, "is no tokenizer.json");
  try {
    const auto& model = document.at("model");
    const auto type = model.value("type", std::string("unknown"));
    auto pieces = [&] { return pieces_of(file, document); };
    if (type == "BPE") {
      check_byte_level(file, document);
      return {pieces(), merges_of(file, model)};
    }
    if (type != "WordPiece") throw refusal(file, "is of type " + type);
    const auto normalizer = document.value("normalizer", json());
    const bool is_uncased = normalizer.is_object() && normalizer.value("lowercase", false);
    return {pieces(), is_uncased};
  } catch (const json::exception&) {
    throw refusal(file, "is damaged");
  }
}

std::string tokenizer_json(const Vocabulary& vocabulary) {
  const auto document =
      vocabulary.byte_pairs() ? byte_pairs_json(vocabulary) : word_piece_json(vocabulary);
  return document.dump(2) + "\n";
}

}  // namespace pretext
