#pragma once

#include "core/corpus/corpus.h"
#include "core/corpus/unfinished_corpus.h"

#include <cstdint>
#include <set>
#include <stop_token>
#include <string>

namespace pretext {

/// Makes a corpus of the images of another but `left_out`, positions in that one: the pictures are
/// copied as they are packed, without their source, and keep their labels and parts. Those left out
/// are listed among its skipped files.
///
/// A stop, a failure or a kill leaves nothing behind. Throws UserError when the name is taken, no
/// image would be left, or the disk is full; and when it was stopped.
CorpusRecord leave_out_images(Database& database, const Corpus& whole,
                              const std::set<std::int64_t>& left_out, const std::string& name,
                              const IngestObserver& observe = {}, const std::stop_token& stop = {});

}  // namespace pretext
