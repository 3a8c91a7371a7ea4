#pragma once

namespace pretext {

/// What an objective on text asks of the pieces that it reads.
enum class TextTask {
  kNone,          ///< Nothing: it learns from images, or from labels of texts read as they are.
  kMaskedPieces,  ///< Hidden pieces are told from both sides.
  kNextPiece,     ///< Each piece is told from those before it.
  kContrast,      ///< Two views of a text have to find each other.
  kDenoising,     ///< A text is reconstructed from the vector of its damaged copy.
};

/// What the second segment of a sequence is.
enum class PairKind {
  kNone,           ///< There is none: runs of pieces, wherever sentences end.
  kNextSentence,   ///< What follows, or half the time a piece of another document (BERT's NSP).
  kSentenceOrder,  ///< What follows, half the time in the wrong order (ALBERT's SOP).
};

}  // namespace pretext
