#pragma once

#include "core/corpus/column_file.h"
#include "core/corpus/packed_documents.h"
#include "core/text/piece_table.h"
#include "core/text/sentences.h"
#include "core/text/token.h"
#include "core/text/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace pretext {

/// Progress of a pass over the documents, 0 to 1.
using TextObserver = std::function<void(double)>;

/// How many pieces, sentences and [UNK] a cut gave.
struct CutCounts {
  std::int64_t num_pieces = 0;
  std::int64_t num_sentences = 0;
  std::int64_t num_unknown = 0;
  std::int64_t num_words = 0;  ///< Pieces that begin a word.
};

/// Splits the documents of `folder` into sentences and these into pieces, on all cores, and writes
/// the result beside them, with the vocabulary. Returns a digest of the pieces. Throws UserError
/// when it was stopped.
std::string cut_documents(const std::filesystem::path& folder, const Vocabulary& vocabulary,
                          LineMeaning lines, CutCounts& counts, const TextObserver& observe = {},
                          std::stop_token stop = {});

/// A corpus of text, cut into pieces. Safe to read from many threads.
class PackedText final : public PieceTable {
 public:
  /// Throws UserError when a file is missing, short or damaged.
  explicit PackedText(const std::filesystem::path& folder);

  const PackedDocuments& documents() const { return documents_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  std::int64_t num_sentences() const { return static_cast<std::int64_t>(sentences_.size()) - 1; }
  std::int64_t num_pieces() const {
    return static_cast<std::int64_t>(sentence(num_sentences()).piece_begin);
  }

  std::pair<std::int64_t, std::int64_t> sentences_of(std::int64_t document) const override {
    const auto firsts = first_sentences_.values<std::uint64_t>();
    return {static_cast<std::int64_t>(firsts[static_cast<std::size_t>(document)]),
            static_cast<std::int64_t>(firsts[static_cast<std::size_t>(document) + 1])};
  }
  std::int64_t num_pieces_of(std::int64_t number) const override {
    return static_cast<std::int64_t>(sentence(number + 1).piece_begin -
                                     sentence(number).piece_begin);
  }
  /// That of the corpus: of its documents, and of their pieces.
  std::string fingerprint() const;
  /// Reads all of it. Throws UserError when something is other than when it was packed.
  void check_contents() const;
  void copy_pieces(std::int64_t number, std::span<std::int32_t> ids) const override;
  std::vector<std::int32_t> pieces(std::int64_t number) const;
  /// The pieces of a sentence with the bytes of the document's text that each was made from.
  std::vector<Token> tokens(std::int64_t document, std::int64_t number) const;
  /// Where a sentence lies in its document's text.
  TextRange place(std::int64_t number) const {
    const auto& own = sentence(number);
    return {own.text_begin, std::size_t{own.text_begin} + own.text_size};
  }

 private:
  friend std::string cut_documents(const std::filesystem::path&, const Vocabulary&, LineMeaning,
                                   CutCounts&, const TextObserver&, std::stop_token);
  struct Sentence {
    std::uint64_t piece_begin;
    std::uint32_t text_begin;  // In its document.
    std::uint32_t text_size;
  };
  /// Of a piece, in its sentence's text; `kFar` where that does not fit.
  struct Place {
    std::uint16_t begin;
    std::uint16_t size;
  };
  static constexpr std::uint16_t kFar = 0xFFFF;

  const Sentence& sentence(std::int64_t number) const {
    return sentences_.values<Sentence>()[static_cast<std::size_t>(number)];
  }

  PackedDocuments documents_;
  Vocabulary vocabulary_;
  ColumnFile sentences_;
  ColumnFile first_sentences_;  // Of each document.
  bool is_narrow_;              // Pieces of 16 bits, not 32.
  ColumnFile pieces_;
  ColumnFile places_;
};

}  // namespace pretext
