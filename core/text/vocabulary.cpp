#include "core/text/vocabulary.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/tokenizer_json.h"

#include <algorithm>
#include <sstream>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kContinuation = "##";
constexpr std::string_view kBlankBefore = "\u0120";  // Of a piece of byte pairs that begins a word.
constexpr char kEndOfText[] = "<|endoftext|>";

/// The special pieces look like "[MASK]"; their capitals say nothing about the text.
bool has_capital(const std::string& piece) {
  if (piece.starts_with('[') && piece.ends_with(']')) return false;
  return std::ranges::any_of(piece, [](char c) { return c >= 'A' && c <= 'Z'; });
}

constexpr std::uint64_t kLargestFile = std::uint64_t{256} << 20;  // Bytes.

Vocabulary from_lines(const std::string& text) {
  std::vector<std::string> pieces;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    pieces.push_back(std::move(line));
  }
  const bool is_cased = std::ranges::any_of(pieces, has_capital);
  return {std::move(pieces), !is_cased};
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

Vocabulary::Vocabulary(std::vector<std::string> pieces, std::vector<BytePairs::Pair> merges)
    : pieces_(std::move(pieces)), is_uncased_(false) {
  std::unordered_map<std::string, std::int32_t> ids;
  for (std::size_t id = 0; id < pieces_.size(); ++id) {
    ids.emplace(pieces_[id], static_cast<std::int32_t>(id));
    starts_.emplace(pieces_[id], static_cast<std::int32_t>(id));
    longest_piece_ = std::max(longest_piece_, pieces_[id].size());
  }
  byte_pairs_ = std::make_shared<BytePairs>(ids, std::move(merges));
  separate_ = find_start(kEndOfText);
  if (separate_ == kNone) {
    throw UserError(std::string("The tokenizer has no ") + kEndOfText +
                    ", which ends a text: give GPT-2's.");
  }
  pad_ = separate_;
  unknown_ = classify_ = mask_ = kNone;
}

Vocabulary Vocabulary::from_file(const fs::path& file) {
  const auto text = read_text_file(file, kLargestFile);
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool is_json =
      first != std::string::npos && text[first] == '{' && file.extension() == ".json";
  return is_json ? read_tokenizer_json(file, text) : from_lines(text);
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
  if (byte_pairs_) return !text.starts_with(kBlankBefore) && !is_special(id);
  return text.size() > kContinuation.size() && text.starts_with(kContinuation);
}

bool Vocabulary::is_special(std::int32_t id) const {
  return id == pad_ || id == unknown_ || id == classify_ || id == separate_ || id == mask_;
}

std::string Vocabulary::digest() const {
  std::string all = is_uncased_ ? "uncased\n" : "cased\n";
  for (const auto& piece : pieces_) all += piece + "\n";
  if (byte_pairs_) {
    for (const auto& [left, right] : byte_pairs_->merges())
      all.append(left).append(" ").append(right).append("\n");
  }
  return content_digest(std::as_bytes(std::span(all)));
}

void Vocabulary::write(const fs::path& folder) const {
  write_text_file(folder / "tokenizer.json", tokenizer_json(*this));
  if (byte_pairs_) return;
  std::string lines;
  for (const auto& piece : pieces_) lines += piece + "\n";
  write_text_file(folder / "vocab.txt", lines);
}

}  // namespace pretext
