#pragma once

#include <cstdint>
#include <span>
#include <utility>

namespace pretext {

/// Documents of sentences of pieces. Safe to read from many threads.
class PieceTable {
 public:
  virtual ~PieceTable() = default;
  /// Sentences [first, last) of a document, numbered over all documents.
  virtual std::pair<std::int64_t, std::int64_t> sentences_of(std::int64_t document) const = 0;
  virtual std::int64_t num_pieces_of(std::int64_t sentence) const = 0;
  /// Writes the ids of a sentence's pieces to `ids`, which has room for them.
  virtual void copy_pieces(std::int64_t sentence, std::span<std::int32_t> ids) const = 0;
};

}  // namespace pretext
