#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pretext {

/// What a run's encoder makes of single samples; vectors have an entry a position.
struct SampleReadings {
  std::int64_t checkpoint_id = 0;
  std::int64_t step = 0;
  std::vector<std::int64_t> positions;  ///< Of the samples in the corpus, ascending.
  std::vector<std::int32_t> clusters;   ///< Of the features, numbered from the largest.
  /// Share of the nearest neighbours with the sample's class, in [0, 1]; in a corpus without
  /// classes, in its cluster. NaN for a sample without a class.
  std::vector<float> agreement;
  /// The objective's, in nats; NaN for none. Empty where it has none of a single sample.
  std::vector<float> loss;
};

/// The newest of these of each run.
class SampleReadingStore {
 public:
  explicit SampleReadingStore(Database& database) : database_(database) {}

  /// Replaces what the run had.
  void set(std::int64_t run, const SampleReadings& readings);
  /// None also where they are damaged.
  std::optional<SampleReadings> find(std::int64_t run);
  /// Their checkpoint alone; none when there are none.
  std::optional<std::int64_t> checkpoint(std::int64_t run);

 private:
  Database& database_;
};

}  // namespace pretext
