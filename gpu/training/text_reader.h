#pragma once

#include "gpu/training/sample_reader.h"

#include <memory>

namespace pretext {

/// Throws UserError when `seen` was cut with another vocabulary than `own`.
std::unique_ptr<SampleReader> make_text_reader(const Experiment& resolved, const Corpus& own,
                                               const Corpus& seen);

}  // namespace pretext
