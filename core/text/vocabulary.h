#pragma once

#include "core/text/byte_pairs.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pretext {

/// Lets a map from std::string be asked with a std::string_view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

/// The pieces of a tokenizer, WordPiece or byte-level BPE, and how a text is normalised before it
/// is cut into them.
///
/// Devlin et al., "BERT", NAACL 2019; Radford et al., "GPT-2", 2019. The file forms are
/// google-research/bert's `vocab.txt` and Hugging Face's `tokenizer.json`. Immutable; safe to read
/// from many threads.
class Vocabulary {
 public:
  static constexpr std::int32_t kNone = -1;

  /// `pieces` by id; a piece that goes on within a word begins with "##". `is_uncased`: text is
  /// lowered and loses its accents. Throws UserError when [UNK], [CLS], [SEP], [MASK] or [PAD] is
  /// missing, or a piece stands twice.
  Vocabulary(std::vector<std::string> pieces, bool is_uncased);

  /// Of byte-level BPE, as GPT-2's: "<|endoftext|>" ends a text and pads; there is no [CLS], no
  /// [MASK], and nothing is unknown. Throws UserError when a piece is missing.
  Vocabulary(std::vector<std::string> pieces, std::vector<BytePairs::Pair> merges);

  /// Reads `vocab.txt` (uncased unless a piece has a capital letter) or `tokenizer.json`. Throws
  /// UserError for a file that is neither, or a tokenizer of another type, named.
  static Vocabulary from_file(const std::filesystem::path& file);

  std::int64_t size() const { return static_cast<std::int64_t>(pieces_.size()); }
  const std::string& piece(std::int32_t id) const { return pieces_[static_cast<std::size_t>(id)]; }
  const std::vector<std::string>& pieces() const { return pieces_; }
  bool is_uncased() const { return is_uncased_; }

  /// The id of a piece that begins a word, or `kNone`.
  std::int32_t find_start(std::string_view text) const { return find(starts_, text); }
  /// The id of a piece that goes on within a word, given without its "##", or `kNone`.
  std::int32_t find_continuation(std::string_view text) const { return find(continuations_, text); }
  bool is_continuation(std::int32_t id) const;
  /// Bytes of the longest piece, without "##".
  std::size_t longest_piece() const { return longest_piece_; }

  /// Of byte-level BPE; else null.
  const BytePairs* byte_pairs() const { return byte_pairs_.get(); }

  // `kNone` where there is none.
  std::int32_t pad() const { return pad_; }
  std::int32_t unknown() const { return unknown_; }
  std::int32_t classify() const { return classify_; }  ///< [CLS]
  std::int32_t separate() const { return separate_; }  ///< [SEP] or <|endoftext|>
  std::int32_t mask() const { return mask_; }
  /// One of the five above.
  bool is_special(std::int32_t id) const;

  /// Of pieces and normalisation, 32 hexadecimal digits: what a corpus was cut with.
  std::string digest() const;

  /// Writes `tokenizer.json`, and of WordPiece `vocab.txt`, which Hugging Face loads. Throws
  /// UserError.
  void write(const std::filesystem::path& folder) const;

 private:
  using Index = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>;

  static std::int32_t find(const Index& index, std::string_view text);
  std::int32_t require(const std::string& piece) const;

  std::vector<std::string> pieces_;
  bool is_uncased_;
  std::shared_ptr<const BytePairs> byte_pairs_;
  Index starts_;
  Index continuations_;
  std::size_t longest_piece_ = 0;
  std::int32_t pad_, unknown_, classify_, separate_, mask_;
};

}  // namespace pretext
