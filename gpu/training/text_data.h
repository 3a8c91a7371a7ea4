#pragma once

#include "gpu/training/training_data.h"

#include <memory>

namespace pretext {

/// Training on a corpus of text: an epoch's plan of rows, labelled documents, or views to contrast,
/// as the objective needs. Throws UserError when the corpus has too little for one step.
std::unique_ptr<TrainingData> make_text_data(const Experiment& resolved, const Corpus& corpus);

}  // namespace pretext
