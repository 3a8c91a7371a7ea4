#pragma once

#include "core/spec/experiment.h"

#include <vector>

namespace pretext {

/// Settings of every objective that changes texts on their way in, as `TextViewMaker` reads them.
std::vector<Field> augmented_text_fields();

/// Whether an experiment has them.
bool augments_text(const Experiment& experiment);

}  // namespace pretext
