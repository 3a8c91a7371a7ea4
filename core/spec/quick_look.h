#pragma once

#include "core/spec/experiment.h"

namespace pretext {

/// The same experiment with a small network and few epochs: minutes of work on a CPU, to see
/// whether all of it works before hours go into it. Its accuracies say little about the other's.
Experiment quick_look(const Experiment& experiment);

}  // namespace pretext
