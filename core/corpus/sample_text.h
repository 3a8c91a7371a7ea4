#pragma once

#include "core/corpus/text_source.h"

#include <cstdint>
#include <memory>
#include <string>

namespace pretext {

/// What is written of the sample text.
struct SampleTextOptions {
  std::int64_t num_documents = 5000;
  std::int64_t num_labelled = 0;  ///< The first ones; the others have no label.
  std::uint64_t seed = 1;
  std::string split;  ///< Of all documents; empty: to be decided.
};

/// The sample corpus of `pretext demo --text`: letters on eight subjects, written by a small
/// grammar.
///
/// Each document has 6 to 9 sentences on one subject, in words that most subjects share; only some
/// sentences name one of the subject's own 24 words, drawn at random. A few labelled documents
/// therefore show few of those words, while the many without labels show which words go together.
/// The class is the subject. Documents depend on (seed, number) alone.
std::unique_ptr<TextSource> write_sample_text(const SampleTextOptions& options);

}  // namespace pretext
