#pragma once

#include "core/corpus/image_source.h"
#include "core/corpus/unfinished_corpus.h"
#include "core/store/corpus_store.h"

#include <stop_token>

namespace pretext {

/// Reads a source whole into the workspace: decodes on all cores, packs, splits by content, counts
/// exact duplicates, records what was skipped and why.
///
/// An update takes over pictures of the version before whose files have not changed, without
/// reading them again. A stop, a failure or a kill leaves no corpus behind. Throws UserError when
/// the name is taken (without `update`), nothing could be read, or the disk is full; and when it
/// was stopped.
CorpusRecord ingest_images(Database& database, const std::vector<const ImageSource*>& sources,
                           const IngestOptions& options, const IngestObserver& observe = {},
                           std::stop_token stop = {});

}  // namespace pretext
