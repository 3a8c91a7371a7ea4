#pragma once

#include <cstdint>
#include <vector>

namespace pretext {

/// Which samples each step sees: a keyed permutation an epoch, without replacement, the last
/// incomplete batch left out. Any (epoch, step) can be had directly.
class BatchPlan {
 public:
  /// `samples`: positions in the corpus. Throws UserError when `batch_size` is larger than that.
  BatchPlan(std::vector<std::int64_t> samples, std::int64_t batch_size, std::uint64_t seed);

  std::int64_t steps_per_epoch() const;
  std::int64_t epoch_of(std::int64_t step) const { return step / steps_per_epoch(); }
  /// Positions of step `step`, counted from 0 over all epochs. Not safe to call from two threads.
  std::vector<std::int64_t> batch(std::int64_t step);

 private:
  void order_epoch(std::int64_t epoch);

  std::vector<std::int64_t> samples_;
  std::int64_t batch_size_;
  std::uint64_t seed_;
  std::int64_t ordered_epoch_ = -1;
  std::vector<std::int64_t> order_;
};

}  // namespace pretext
