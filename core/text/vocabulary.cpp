#include "core/text/vocabulary.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view kContinuation = "##";

/// The special pieces look like "[MASK]"; their capitals say nothing about the text.
bool has_capital(const std::string& piece) {
  if (piece.starts_with("[") && piece.ends_with("]")) return false;
  return std::ranges::any_of(piece, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Vocabulary from_lines(const fs::path& file) {
  std::vector<std::string> pieces;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    pieces.push_back(std::move(line));
  }
  const bool is_cased = std::ranges::any_of(pieces, has_capital);
  return {std::move(pieces), !is_cased};
}

Vocabulary from_json(const fs::path& file, const std::string& text) {
  const auto refuse = [&](const std::string& why) -> UserError {
    return UserError("The tokenizer " + file.string() + " " + why +
                     ": give BERT's vocab.txt or a tokenizer.json of type WordPiece.");
  };
  const auto document = json::parse(text, nullptr, false);
  if (document.is_discarded() || !document.is_object() || !document.contains("model")) {
    throw refuse("is no tokenizer.json");
  }
  try {
    const auto& model = document.at("model");
    const auto type = model.value("type", std::string("unknown"));
    if (type != "WordPiece") throw refuse("is of type " + type);
    const auto& vocabulary = model.at("vocab");
    std::vector<std::string> pieces(vocabulary.size());
    for (const auto& [piece, id] : vocabulary.items()) {
      const auto place = id.get<std::size_t>();
      if (place >= pieces.size()) throw refuse("has ids with gaps");
      pieces[place] = piece;
    }
    const auto normalizer = document.value("normalizer", json());
    const bool is_uncased = normalizer.is_object() && normalizer.value("lowercase", false);
    return {std::move(pieces), is_uncased};
  } catch (const json::exception&) {
    throw refuse("is damaged");
  }
}

/// What Hugging Face's BertTokenizerFast saves.
ordered_json tokenizer_json(const Vocabulary& vocabulary) {
  ordered_json added = ordered_json::array();
  for (const auto id : {vocabulary.pad(), vocabulary.unknown(), vocabulary.classify(),
                        vocabulary.separate(), vocabulary.mask()}) {
    added.push_back({{"id", id},
                     {"content", vocabulary.piece(id)},
                     {"single_word", false},
                     {"lstrip", false},
                     {"rstrip", false},
                     {"normalized", false},
                     {"special", true}});
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
  ordered_json pieces = ordered_json::object();
  for (std::int32_t id = 0; id < vocabulary.size(); ++id) pieces[vocabulary.piece(id)] = id;
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
            {"vocab", pieces}}}};
}

}  // namespace

Vocabulary::Vocabulary(std::vector<std::string> pieces, bool is_uncased)
    : pieces_(std::move(pieces)), is_uncased_(is_uncased) {
  for (std::size_t id = 0; id < pieces_.size(); ++id) {
    std::string_view text = pieces_[id];
    const bool goes_on = text.starts_with(kContinuation) && text.size() > kContinuation.size();
    if (goes_on) text.remove_prefix(kContinuation.size());
    longest_piece_ = std::max(longest_piece_, text.size());
    auto& index = goes_on ? continuations_ : starts_;
    if (!index.emplace(text, static_cast<std::int32_t>(id)).second) {
      throw UserError("The vocabulary has the piece \"" + pieces_[id] +
                      "\" twice: each line is a piece of its own.");
    }
  }
  pad_ = require("[PAD]");
  unknown_ = require("[UNK]");
  classify_ = require("[CLS]");
  separate_ = require("[SEP]");
  mask_ = require("[MASK]");
}

Vocabulary Vocabulary::from_file(const fs::path& file) {
  const auto text = read_text_file(file);
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool is_json =
      first != std::string::npos && text[first] == '{' && file.extension() == ".json";
  return is_json ? from_json(file, text) : from_lines(file);
}

std::int32_t Vocabulary::find(const Index& index, std::string_view text) {
  const auto found = index.find(text);
  return found == index.end() ? kNone : found->second;
}

std::int32_t Vocabulary::require(const std::string& piece) const {
  const auto id = find_start(piece);
  if (id != kNone) return id;
  throw UserError("The vocabulary has no " + piece +
                  ": give one of BERT's, with [PAD], [UNK], [CLS], [SEP] and [MASK].");
}

bool Vocabulary::is_continuation(std::int32_t id) const {
  const auto& text = piece(id);
  return text.size() > kContinuation.size() && text.starts_with(kContinuation);
}

bool Vocabulary::is_special(std::int32_t id) const {
  return id == pad_ || id == unknown_ || id == classify_ || id == separate_ || id == mask_;
}

std::string Vocabulary::digest() const {
  std::string all = is_uncased_ ? "uncased\n" : "cased\n";
  for (const auto& piece : pieces_) all += piece + "\n";
  return content_digest(std::as_bytes(std::span(all)));
}

void Vocabulary::write(const fs::path& folder) const {
  std::string lines;
  for (const auto& piece : pieces_) lines += piece + "\n";
  write_text_file(folder / "vocab.txt", lines);
  write_text_file(folder / "tokenizer.json", tokenizer_json(*this).dump(2) + "\n");
}

}  // namespace pretext
