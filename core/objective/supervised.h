#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// Fine-tuning: a softmax layer on a pretrained encoder, all weights trained on the labels.
ObjectiveKind finetune_kind();

/// A linear probe that is kept: the same layer on a frozen encoder in evaluation mode.
ObjectiveKind probe_kind();

/// The same on text: of a sequence's pieces the pooled state of [CLS], or the mean of all.
ObjectiveKind finetune_text_kind();
ObjectiveKind probe_text_kind();

/// How a child run learns from labels.
struct SupervisedOptions {
  bool head_only = false;             ///< `probe` instead of `finetune`.
  bool from_untrained = false;        ///< The baseline: the same protocol from initial weights.
  std::int64_t labels_per_class = 0;  ///< 0 takes all.
  std::int64_t epochs = 0;            ///< 0: 20 (text: 5), or 100 (text: 20) with few labels.
  std::string corpus;       ///< Learn from the labels of this one; empty: the parent's corpus.
  std::string test_corpus;  ///< `evaluation.test_corpus`.
};

/// The specification of a child run of `parent` (resolved): its encoder, corpus and seed. On images
/// Adam, and of the views crop and flip alone; on text AdamW with a rate that falls with the width
/// (as BERT's, 3e-5 at 768), each document from its start. Callers may change it further.
Experiment supervised_experiment(const Experiment& parent, const SupervisedOptions& options);

}  // namespace pretext
