#pragma once

#include "core/objective/text_task.h"
#include "core/text/piece_table.h"
#include "core/text/vocabulary.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pretext {

/// How an epoch is cut into sequences and these are laid into rows.
struct SequenceOptions {
  std::int64_t length = 128;  ///< Pieces of a row, special ones among them.
  PairKind pairs = PairKind::kNextSentence;
  double short_probability = 0.1;  ///< Of a document whose sequences are shorter than a row.
  bool packs = true;               ///< Several sequences a row; else one, padded.
  bool is_causal = false;          ///< No [CLS]; [SEP] ends a sequence.
  std::uint64_t seed = 0;
};

/// A document to take sequences from.
struct PlanDocument {
  std::int64_t position = 0;  ///< In the piece table.
  std::uint64_t key = 0;      ///< For its draws.
};

/// Pieces [skip, skip + size) of the sentences [begin, end), one after the other.
struct TextSegment {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int32_t skip = 0;
  std::int32_t size = 0;

  bool operator==(const TextSegment&) const = default;
};

/// A training sequence, by reference: [CLS] first [SEP], with a pair also second [SEP].
struct TextSequence {
  static constexpr std::int32_t kNoLabel = -1;

  std::int64_t document = 0;  ///< Of the first segment, as in the corpus.
  std::int64_t partner = 0;   ///< Of the second.
  TextSegment first;
  TextSegment second;             ///< Empty without a pair.
  std::int32_t label = kNoLabel;  ///< 0: in the document's order; 1: random or swapped.
  std::uint64_t key = 0;          ///< For draws about its pieces.

  bool has_pair() const { return second.size > 0; }
  bool operator==(const TextSequence&) const = default;
};

/// Number of pieces with the special ones.
std::int64_t length_of(const TextSequence& sequence, bool is_causal);

/// All sequences of one epoch, in the order of training, laid into rows of `length` pieces.
///
/// Made from lengths alone: per document by draws keyed by (seed, epoch, document), as Devlin et
/// al.'s create_pretraining_data.py does, with the segments put back staying in their document;
/// then shuffled by keyed hash, then first-fit within windows of 1,024 sequences. Depends on
/// nothing else.
class SequencePlan {
 public:
  /// Throws UserError, saying what to choose instead, when the pairs cannot be had from these
  /// documents.
  SequencePlan(const PieceTable& table, std::span<const PlanDocument> documents,
               const SequenceOptions& options, std::uint32_t epoch);

  std::int64_t num_rows() const { return static_cast<std::int64_t>(row_ends_.size()); }
  std::span<const TextSequence> row(std::int64_t number) const;
  std::int64_t num_sequences() const { return static_cast<std::int64_t>(sequences_.size()); }
  /// Pieces of all sequences, special ones among them.
  std::int64_t num_pieces() const { return num_pieces_; }
  /// Share of the rows' pieces that are no padding.
  double efficiency() const;

 private:
  void pack(const SequenceOptions& options);

  std::vector<TextSequence> sequences_;  // Row by row.
  std::vector<std::size_t> row_ends_;
  std::int64_t length_;
  std::int64_t num_pieces_ = 0;
};

/// The ids of a sequence and, of each, which segment it belongs to (0 or 1).
struct SequencePieces {
  std::vector<std::int32_t> ids;
  std::vector<std::uint8_t> segments;
};

SequencePieces read_sequence(const PieceTable& table, const Vocabulary& vocabulary,
                             const TextSequence& sequence, bool is_causal);

}  // namespace pretext
