#pragma once

#include "core/corpus/ingest.h"

namespace pretext {

/// The sample corpus, drawn and ingested the first time it is asked for.
CorpusRecord sampleCorpus(Database& database, const IngestObserver& observe,
                          const std::stop_token& stop = {});

/// The sample text, written and ingested the first time it is asked for: few labels, many letters.
CorpusRecord sampleText(Database& database, const IngestObserver& observe,
                        const std::stop_token& stop = {});

}  // namespace pretext
