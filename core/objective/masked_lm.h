#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// Masked language modelling: hidden pieces are told from what stands around them.
///
/// Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", NAACL 2019; without
/// pairs as Liu et al., "RoBERTa", 2019.
ObjectiveKind mlm_kind();

/// BERT's own: masked language modelling and next sentence prediction, the losses summed.
ObjectiveKind bert_kind();

/// ALBERT's: masked language modelling and sentence order prediction.
///
/// Lan et al., "ALBERT: A Lite BERT", ICLR 2020.
ObjectiveKind sop_kind();

}  // namespace pretext
