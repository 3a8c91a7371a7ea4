#pragma once

#include "core/corpus/image_source.h"
#include "core/store/corpus_store.h"

#include <functional>
#include <stop_token>

namespace pretext {

struct IngestOptions {
  std::string name;
  std::string source;  ///< For reference, in the store.
  /// Take it in as a new version of a corpus that is there; files that have not changed since are
  /// taken over from it without reading them again.
  bool update = false;
  double validation_share = 0.1;  ///< By content hash, where the source has no validation part.
};

/// What happened so far; called from the ingesting thread.
struct IngestProgress {
  std::int64_t num_done = 0;
  std::int64_t num_total = 0;
  std::int64_t num_skipped = 0;
  double seconds_left = 0.0;
};
using IngestObserver = std::function<void(const IngestProgress&)>;

/// Reads a source whole into the workspace: decodes on all cores, packs, splits by content, counts
/// exact duplicates, records what was skipped and why, all in one transaction at the end.
///
/// A stop, a failure or a kill leaves no corpus behind. Throws UserError when the name is taken
/// (without `update`), nothing could be read, or the disk is full; and when it was stopped.
CorpusRecord ingest_images(Database& database, const std::vector<const ImageSource*>& sources,
                           const IngestOptions& options, const IngestObserver& observe = {},
                           std::stop_token stop = {});

/// Removes all versions of a binned corpus for good, with their files. Throws UserError when it is
/// not in the bin, or runs stand on it.
void purge_corpus(Database& database, const std::string& name);

}  // namespace pretext
