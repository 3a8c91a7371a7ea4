#pragma once

#include "core/store/corpus_store.h"

#include <string>
#include <vector>

namespace pretext {

/// What makes an accuracy untrue, a sentence each: samples of the test and validation parts that
/// training has, too, and classes of theirs that training lacks.
std::vector<std::string> part_notes(const SampleRows& samples,
                                    const std::vector<std::string>& classes);

/// Of a text whose documents are parted by blank lines: that one too many may have made a list of
/// documents a few long ones. Empty where it is not so.
std::string blank_line_note(std::int64_t num_documents, std::int64_t num_sentences);

/// `CorpusRecord::details` of a corpus of images.
std::string details_of_notes(const std::vector<std::string>& notes);

/// The notes in a record's details; none where they have none.
std::vector<std::string> corpus_notes(const CorpusRecord& corpus);

}  // namespace pretext
