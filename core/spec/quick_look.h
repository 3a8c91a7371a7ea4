#pragma once

#include "core/spec/experiment.h"

namespace pretext {

/// The same experiment with a small network that starts at random, at most five epochs and 5,000
/// samples: minutes of work on a CPU, to see whether all of it works before hours go into it. Its
/// accuracies say little about the other's.
Experiment quick_look(const Experiment& experiment);

}  // namespace pretext
