#pragma once

#include <torch/types.h>

namespace pretext {

/// Dropout (Srivastava et al., JMLR 2014): in training each element is 0 with probability
/// `probability` in [0, 1), and what is left is scaled so that the mean stays; else `x` itself.
///
/// What falls follows from one draw of LibTorch's current generator. On the CPU all threads draw,
/// by the element's own number, so that their number decides nothing; LibTorch's own dropout draws
/// on one thread, which cost a fifth of a step of BERT. There `probability` is rounded to 1/65536.
/// Other devices and dtypes than float32 take LibTorch's.
torch::Tensor apply_dropout(const torch::Tensor& x, double probability, bool is_training);

}  // namespace pretext
