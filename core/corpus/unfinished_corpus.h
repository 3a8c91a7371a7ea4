#pragma once

#include "core/store/corpus_store.h"

#include <filesystem>
#include <functional>
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

/// A corpus while it is being ingested: a folder that goes away unless the corpus is committed, by
/// a stop, a failure or, at the next ingest, after a kill.
class UnfinishedCorpus {
 public:
  /// `kind`: "images", "text" or "series". Throws UserError when the workspace is read-only, the
  /// name is a no name (`require_corpus_name`) or taken (without `update`), or unknown or of
  /// another kind (with it).
  UnfinishedCorpus(Database& database, const IngestOptions& options, std::string kind);
  ~UnfinishedCorpus();
  UnfinishedCorpus(const UnfinishedCorpus&) = delete;
  UnfinishedCorpus& operator=(const UnfinishedCorpus&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  /// Records the corpus with its samples, and moves the folder to its place, in one transaction.
  /// Fills the record's name, kind, source, version, id and path.
  void commit(CorpusRecord& corpus, const SampleRows& samples,
              const std::vector<SkippedFile>& skipped);

 private:
  void check_name(CorpusStore& store) const;

  Database& database_;
  IngestOptions options_;
  std::string kind_;
  std::filesystem::path folder_;
};

/// Whether a sample belongs to the validation part, by its content.
bool is_validation(std::uint64_t key, double share);

}  // namespace pretext
