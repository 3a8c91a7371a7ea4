#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// `objective.unigram_nats`, which `language_marks` shows.
Field unigram_field();

/// Settings that every objective which predicts pieces has.
std::vector<Field> language_fields();

/// What knows nothing, and what knows only how frequent each piece is, as lines for the losses
/// "train/<loss>" and "val/<loss>".
std::vector<Mark> language_marks(const Experiment& experiment, const std::string& loss);

}  // namespace pretext
