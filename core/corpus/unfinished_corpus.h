#pragma once

#include "core/store/corpus_store.h"
#include "core/store/workspace_files.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// What an ingest is called and where it comes from.
struct IngestOptions {
  std::string name;
  std::string source;  ///< For reference, in the store.
  /// Take it in as a new version of a corpus that is there.
  bool update = false;
  double validation_share = 0.1;  ///< By content hash, where the source has no validation part.
};

/// What happened so far; called from the ingesting thread.
struct IngestProgress {
  std::int64_t num_done = 0;  ///< Images, or bytes of text.
  std::int64_t num_total = 0;
  std::int64_t num_skipped = 0;
  double seconds_left = 0.0;
};
using IngestObserver = std::function<void(const IngestProgress&)>;

/// A corpus while it is being ingested: a folder, and at the end samples, under a number that no
/// row of `corpora` has yet, so that no list and no query meets them. All of it goes away unless
/// the corpus is committed: by a stop, a failure or, when the workspace is next opened, after a
/// kill.
class UnfinishedCorpus {
 public:
  /// `kind`: "images", "text" or "series". Throws UserError when the workspace is read-only, the
  /// name is a no name (`require_corpus_name`) or taken (without `update`), or unknown or of
  /// another kind (with it).
  UnfinishedCorpus(Database& database, const IngestOptions& options, std::string kind);
  UnfinishedCorpus(const UnfinishedCorpus&) = delete;
  UnfinishedCorpus& operator=(const UnfinishedCorpus&) = delete;

  std::filesystem::path folder() const;

  /// Flushes the folder to the disk, then records the samples in slices, so that nobody waits for
  /// the database longer than for one of them, and at last the corpus. Fills the record's name,
  /// kind, source, version, id and path. Throws UserError.
  void commit(CorpusRecord& corpus, const SampleRows& samples,
              const std::vector<SkippedFile>& skipped);

 private:
  void check_name(CorpusStore& store) const;

  Database& database_;
  IngestOptions options_;
  std::string kind_;
  std::int64_t id_ = 0;
  std::optional<UnfinishedFolder> unfinished_;
};

/// Whether a sample belongs to the validation part, by its content.
bool is_validation(std::uint64_t key, double share);

}  // namespace pretext
