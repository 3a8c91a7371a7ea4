#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"

#include <QString>

#include <cstdint>

namespace pretext {

/// Which rows of training are wanted: the first of a step.
struct TextRowsRequest {
  std::uint32_t epoch = 0;
  std::int64_t step = 0;
  std::int64_t count = 0;
};

/// Rows of text as an experiment's training sees them, as HTML: pieces on the ground of what was
/// done to them, pairs with their label; of an objective of views, each sample's two. `corpus`: of
/// text. Throws UserError where the experiment cannot cut it into rows.
QString textRows(const Corpus& corpus, const Experiment& experiment,
                 const TextRowsRequest& request);

}  // namespace pretext
