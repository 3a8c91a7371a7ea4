#include "gpu/engine/trial_job.h"

#include "core/base/clock.h"
#include "core/corpus/corpus.h"
#include "core/store/trial.h"
#include "gpu/engine/device_monitor.h"
#include "gpu/engine/monitors.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/sample_reader.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

#include <algorithm>
#include <fstream>

namespace pretext {
namespace {

constexpr int kWarmUp = 2;
constexpr int kFewest = 3;
constexpr double kSeconds = 5.0;

/// A line of this process's /proc/self/status, bytes; 0 where it is not told.
std::int64_t status_bytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":"))
      return 1024 * std::strtoll(line.c_str() + name.size() + 1, nullptr, 10);
  }
  return 0;
}

/// How much memory training takes beside what the process had: on a GPU there, else here.
class MemoryMeter {
 public:
  explicit MemoryMeter(const torch::Device& device)
      : monitor_(device.is_cuda() ? device.index() : -1), before_(now()) {
    std::ofstream("/proc/self/clear_refs") << "5";  // The peak begins again.
  }
  std::int64_t bytes() const {
    const auto reading = monitor_.read();
    // Pages of the corpus's file are not training's.
    const auto peak = reading ? now() : status_bytes("VmHWM") - status_bytes("RssFile");
    return std::max<std::int64_t>(0, peak - before_);
  }

 private:
  std::int64_t now() const {
    if (const auto reading = monitor_.read())
      return static_cast<std::int64_t>(reading->memory_mb * 1e6);
    return status_bytes("RssAnon");
  }

  DeviceMonitor monitor_;
  std::int64_t before_;
};

/// Of each kind one reading is taken, and multiplied by how many a whole run takes.
double reading_seconds(const Experiment& experiment, const Corpus& corpus, Trainer& trainer) {
  const auto reader = make_reader(experiment, corpus, corpus);
  const Monitors monitors(experiment, corpus, *reader);
  const auto last = trainer.total_steps();
  const auto epochs = last / trainer.steps_per_epoch();
  const bool ends_within = last % trainer.steps_per_epoch() != 0;
  const auto num_readings = 1 + epochs + (ends_within ? 1 : 0);
  Stopwatch watch;
  monitors.read(trainer);
  const double readings = static_cast<double>(num_readings) * watch.seconds();
  const auto every = monitors.epochs_an_accuracy();
  if (every == 0 || epochs < every) return readings;
  watch.restart();
  monitors.accuracy(trainer, every);
  const std::int64_t num_accuracies = epochs / every;
  return readings + static_cast<double>(num_accuracies) * watch.seconds();
}

}  // namespace

std::string try_training(Database& database, const Experiment& asked, std::int64_t corpus,
                         const std::function<void(double)>& report, const std::string& device) {
  const Corpus opened(database, CorpusStore(database).get(corpus));
  auto experiment = asked;
  experiment.set("device", device);
  experiment = resolve(experiment, opened);
  const MemoryMeter memory(choose_device(device));
  Trainer trainer(experiment, opened);
  TrialResult result{.total_steps = trainer.total_steps(), .device = device};
  double began = 0.0;
  for (int step = 1;; ++step) {
    trainer.step();
    if (step <= kWarmUp) {
      began = steady_seconds();
    } else {
      result.num_steps = step - kWarmUp;
      result.seconds_per_step = (steady_seconds() - began) / static_cast<double>(result.num_steps);
    }
    const double counted = result.seconds_per_step * static_cast<double>(result.num_steps);
    if (result.num_steps >= kFewest && counted > kSeconds) break;
    if (trainer.is_done()) break;
    report(std::min(0.99, counted / kSeconds));
  }
  result.reading_seconds = reading_seconds(experiment, opened, trainer);
  result.memory_bytes = memory.bytes();
  return result.to_json();
}

}  // namespace pretext
