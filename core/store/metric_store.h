#pragma once

#include "core/store/database.h"
#include "core/store/metric_bucket.h"
#include "core/store/metric_sample.h"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace pretext {

/// The latest reading of a metric and its range over the run. NaN where there is none.
struct MetricSummary {
  std::int64_t step = 0;
  double value = 0.0;
  double min = 0.0;
  double max = 0.0;
};

/// Reads curves. What a later attempt took back is left out.
class MetricStore {
 public:
  explicit MetricStore(Database& database) : database_(database) {}

  /// Keys that a run has logged, in alphabetical order.
  std::vector<std::string> keys(std::int64_t run);
  /// Of any run, in alphabetical order.
  std::vector<std::string> all_keys();
  /// Readings after `after_step` up to `last_step`, ascending by step; a range of the primary key,
  /// never a scan.
  std::vector<MetricSample> curve(
      std::int64_t run, const std::string& key, std::int64_t after_step = -1,
      std::int64_t last_step = std::numeric_limits<std::int64_t>::max());
  /// A curve in few numbers, ascending; buckets without readings are left out.
  std::vector<MetricBucket> buckets(std::int64_t run, const std::string& key);
  std::map<std::string, MetricSummary> latest(std::int64_t run);
  /// The latest value of one key for every run that has it, by run.
  std::map<std::int64_t, double> latest_of_all(const std::string& key);

 private:
  Database& database_;
};

/// Gathers a run's readings, without touching the database, and writes them in one transaction.
class MetricWriter {
 public:
  MetricWriter(Database& database, std::int64_t run, std::int64_t attempt);

  void add(const std::string& key, std::int64_t step, double value);

  /// Writes inside the caller's transaction. What is pending stays so until `forget_written`, which
  /// is called once that transaction is committed: one that fails loses nothing.
  void write_pending();
  void forget_written();
  /// Both, with a transaction of its own.
  void flush();

  /// Makes the latest values those of steps up to `step`: an attempt begins there.
  void take_back_after(std::int64_t step);

 private:
  struct Pending {
    std::string key;
    MetricSample sample;
  };
  std::int64_t key_id(const std::string& key);
  /// Makes the buckets of a key from its readings, those of the steps given.
  void write_buckets(std::int64_t key, std::int64_t first_step, std::int64_t last_step);

  Database& database_;
  std::int64_t run_;
  std::int64_t attempt_;
  std::map<std::string, std::int64_t> key_ids_;
  std::vector<Pending> pending_;
  std::size_t num_written_ = 0;  // Of these, by a transaction that may yet fail.
};

}  // namespace pretext
