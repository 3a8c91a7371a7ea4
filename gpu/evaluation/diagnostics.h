#pragma once

#include <torch/types.h>

#include <map>
#include <string>

namespace pretext {

/// Label-free monitors of a representation, by metric key. NaN, all of them, of rows that are no
/// numbers: the run has diverged.
///
/// `first`, `second`: projections of two views of the same images, (N, D), N >= 2, not normalised.
/// - val/std_ratio: mean over dimensions of the deviation of unit rows, times sqrt(D); 0 is
///   collapsed, 1 isotropic (Chen and He, "Exploring Simple Siamese Representation Learning", CVPR
///   2021).
/// - val/rankme: exp of the entropy of the singular values' shares, + 1e-7; of the rows as they
///   are, neither centred nor made unit (Garrido et al., "RankMe", ICML 2023).
/// - val/alignment, val/uniformity (Wang and Isola, ICML 2020; alpha = 2, t = 2). Lower is better.
std::map<std::string, double> representation_monitors(const torch::Tensor& first,
                                                      const torch::Tensor& second);

}  // namespace pretext
