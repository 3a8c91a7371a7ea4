#include "core/corpus/batch_plan.h"

#include "core/base/error.h"
#include "core/base/philox.h"

#include <algorithm>
#include <string>

namespace pretext {

BatchPlan::BatchPlan(std::vector<std::int64_t> samples, std::int64_t batch_size, std::uint64_t seed)
    : samples_(std::move(samples)), batch_size_(batch_size), seed_(seed) {
  const auto count = static_cast<std::int64_t>(samples_.size());
  if (batch_size_ > count) {
    throw UserError("training.batch_size is " + std::to_string(batch_size_) +
                    " but the training split has " + std::to_string(count) +
                    " samples: choose a smaller batch or a larger corpus.");
  }
}

std::int64_t BatchPlan::steps_per_epoch() const {
  return static_cast<std::int64_t>(samples_.size()) / batch_size_;
}

void BatchPlan::order_epoch(std::int64_t epoch) {
  std::vector<std::pair<std::uint64_t, std::int64_t>> keyed;
  keyed.reserve(samples_.size());
  for (const auto position : samples_) {
    const auto words = random_words({.seed = seed_,
                                     .sample = static_cast<std::uint64_t>(position),
                                     .epoch = static_cast<std::uint32_t>(epoch),
                                     .purpose = RandomPurpose::kEpochOrder});
    keyed.emplace_back(static_cast<std::uint64_t>(words.word[0]) << 32 | words.word[1], position);
  }
  std::ranges::sort(keyed);
  order_.clear();
  for (const auto& [key, position] : keyed) order_.push_back(position);
  ordered_epoch_ = epoch;
}

std::vector<std::int64_t> BatchPlan::batch(std::int64_t step) {
  const auto epoch = epoch_of(step);
  if (epoch != ordered_epoch_) order_epoch(epoch);
  const auto begin = order_.begin() + (step % steps_per_epoch()) * batch_size_;
  return {begin, begin + batch_size_};
}

}  // namespace pretext
