#pragma once

#include "core/spec/experiment.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pretext {

/// What varies over the runs of a sweep.
struct SweepOptions {
  /// Each "key=value", or "key=value,value,…" for one that takes each of these in turn; commas
  /// within brackets or quotes separate nothing. With `num_random` also "key=low..high", drawn
  /// uniformly, or "key=low..high:log", drawn uniformly from the logarithms.
  std::vector<std::string> settings;
  std::int64_t num_random = 0;  ///< Combinations drawn at random; 0: every one.
  std::int64_t num_seeds = 1;   ///< Of each combination, counted on from the specification's seed.
};

/// The runs of a sweep.
struct SweepPlan {
  std::string name;  ///< That the specification gives all of them.
  std::vector<std::string>
      varied;  ///< Keys with more than one value, in the order they were given.
  std::vector<Experiment> experiments;  ///< Each named for what it has.
};

/// Every run that `options` ask for, those of one combination beside each other. Draws are decided
/// by the specification's seed (Bergstra and Bengio, "Random search for hyper-parameter
/// optimization", JMLR 2012).
///
/// Throws UserError for a setting that does not fit, for values that stand there twice, when
/// nothing varies, and for more than `kMostRuns` runs.
SweepPlan plan_sweep(const Experiment& base, const SweepOptions& options);

inline constexpr std::int64_t kMostRuns = 1000;

}  // namespace pretext
