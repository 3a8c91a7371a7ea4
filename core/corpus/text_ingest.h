#pragma once

#include "core/corpus/packed_text.h"
#include "core/corpus/text_details.h"
#include "core/corpus/text_source.h"
#include "core/corpus/unfinished_corpus.h"
#include "core/text/cleaning.h"

#include <filesystem>
#include <optional>
#include <stop_token>

namespace pretext {

/// How documents are taken in.
struct TextIngestOptions {
  CleaningOptions cleaning;
  /// A document that is equal to an earlier one is left out: repeated lines stall BERT. A test part
  /// is left whole.
  bool drops_duplicates = true;
  /// A line that stands more often in documents of several lines goes from them: headers, footers.
  /// 0: all stay. The source is read twice for it.
  std::int64_t most_line_uses = 0;
  std::int64_t shortest = 1;              ///< Characters; a shorter document is left out.
  std::int64_t longest = 0;               ///< Characters; a longer document is left out. 0: any.
  std::filesystem::path vocabulary_file;  ///< `vocab.txt` or `tokenizer.json`; empty: learn one.
  std::int64_t vocabulary_size = 8192;    ///< Of one that is learned from the training part.
  bool is_uncased = true;                 ///< The same.
};

/// Disk that a source of `num_bytes` needs at most: compressed text, pieces and their places.
std::int64_t packed_text_bytes(std::int64_t num_bytes);

/// Reads a text source whole into the workspace: cleans on all cores, packs, splits by content,
/// learns a vocabulary or reads one, cuts into pieces, records it all in one transaction at the
/// end.
///
/// Memory is bounded by the number of documents (some 40 bytes each), not by their length. A stop,
/// a failure or a kill leaves no corpus behind. Throws UserError when the name is taken, no
/// document could be read, or the disk is full; and when it was stopped.
CorpusRecord ingest_text(Database& database, TextSource& source, TextSource* test,
                         const IngestOptions& options, const TextIngestOptions& text,
                         const IngestObserver& observe = {}, std::stop_token stop = {});

/// Cuts the newest version of a text corpus again, as a new version; the source files are not
/// needed. Throws UserError.
CorpusRecord retokenize(Database& database, const std::string& name, const TextIngestOptions& text,
                        const IngestObserver& observe = {}, std::stop_token stop = {});

}  // namespace pretext
