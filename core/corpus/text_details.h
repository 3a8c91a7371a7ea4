#pragma once

#include "core/store/corpus_store.h"
#include "core/text/cleaning.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// What `CorpusRecord::details` says of a text corpus.
struct TextDetails {
  std::string vocabulary;  ///< `Vocabulary::digest`.
  std::int64_t vocabulary_size = 0;
  bool is_uncased = true;
  std::int64_t num_pieces = 0;
  std::int64_t num_words = 0;
  std::int64_t num_unknown = 0;
  std::int64_t num_sentences = 0;
  std::int64_t num_text_bytes = 0;
  std::string kind;       ///< Of the source, for people.
  std::string documents;  ///< Where they begin and end: `DocumentUnit`.
  std::string lines;      ///< What line ends mean: `LineMeaning`.
  CleaningCounts cleaning;
  std::vector<std::string> invalid_in;  ///< Sources of the first 100 documents with invalid bytes.
  std::int64_t num_boilerplate = 0;     ///< Lines left out.
  std::int64_t num_too_short = 0;
  std::int64_t num_too_long = 0;
  std::int64_t num_unlabelled = 0;  ///< Of a source with labels.
  bool has_pairs = false;           ///< A document is two texts, each a sentence.
  std::vector<std::string> notes;   ///< As `corpus_notes` tells them.

  std::string to_json() const;
  static TextDetails from_json(const std::string& text);
};

/// Of two corpora of text: throws UserError when `other` was cut with another vocabulary than
/// `own`, which lies in `folder`.
void require_same_vocabulary(const CorpusRecord& own, const std::filesystem::path& folder,
                             const CorpusRecord& other);

}  // namespace pretext
