#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// Fine-tuning: a softmax layer on a pretrained encoder, all weights trained on the labels.
ObjectiveKind finetune_kind();

/// A linear probe that is kept: the same layer on a frozen encoder in evaluation mode.
ObjectiveKind probe_kind();

/// How a child run learns from labels.
struct SupervisedOptions {
  bool head_only = false;             ///< `probe` instead of `finetune`.
  bool from_untrained = false;        ///< The baseline: the same protocol from initial weights.
  std::int64_t labels_per_class = 0;  ///< 0 takes all.
  std::int64_t epochs = 0;            ///< 0: 20, or 100 with few labels.
};

/// The specification of a child run of `parent` (resolved): its encoder, corpus and seed; Adam; the
/// whole recipe of the views but crop and flip left out. Callers may change it further.
Experiment supervised_experiment(const Experiment& parent, const SupervisedOptions& options);

}  // namespace pretext
