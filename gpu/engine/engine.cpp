#include "gpu/engine/engine.h"

#include "core/base/error.h"
#include "core/base/json_file.h"
#include "core/log/log.h"
#include "core/store/dead_engines.h"
#include "core/store/engine_lock.h"
#include "core/store/run_store.h"
#include "gpu/engine/complaint.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/hardness_job.h"
#include "gpu/engine/heartbeat.h"
#include "gpu/engine/label_job.h"
#include "gpu/engine/language_job.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/projection_job.h"
#include "gpu/engine/sample_job.h"
#include "gpu/engine/training_job.h"
#include "gpu/engine/trial_job.h"
#include "gpu/engine/workspace_watch.h"
#include "gpu/training/device.h"

#include <ATen/Version.h>
#include <torch/version.h>

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace pretext {
namespace {

std::string name_of(const JobRecord& job) {
  return "job " + std::to_string(job.id) + " (" + job.kind +
         (job.run_id ? ", run " + std::to_string(*job.run_id) : "") + ")";
}

/// Thrown out of work that somebody has asked to stop.
struct WorkStopped : std::exception {};

/// Tells the store how far a job is, a few times a second, and hears there when it is to stop.
class ProgressReport {
 public:
  ProgressReport(EngineQueue& queue, std::int64_t job) : queue_(queue), job_(job) {}

  void operator()(double progress) {
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + 250ms;
    if (queue_.control_word(job_) == "stop" || num_stop_signals() > 0) throw WorkStopped();
    try {
      queue_.report(job_, progress);
    } catch (const std::exception& error) {  // The next one tells it.
      if (!may_pass(error)) throw;
    }
  }

 private:
  EngineQueue& queue_;
  std::int64_t job_;
  std::chrono::steady_clock::time_point next_;
};

std::int64_t run_of(const JobRecord& job) {
  if (job.run_id) return *job.run_id;
  throw UserError("The job \"" + job.kind + "\" has no run: submit it again.");
}

/// A piece of interactive work, as its kind takes it apart.
struct Work {
  Database& database;
  const JobRecord& job;
  nlohmann::json parameters;
  std::string device;
  std::function<void(double)> report;

  std::int64_t run() const { return run_of(job); }
  std::optional<std::int64_t> corpus() const {
    if (!parameters.contains("corpus")) return std::nullopt;
    return setting("corpus", std::int64_t{0});
  }
  /// Both throw UserError where it has another type, the first where it is missing, too.
  template <typename Value>
  Value setting(const char* name) const {
    return read(name, [&] { return parameters.at(name).get<Value>(); });
  }
  template <typename Value>
  Value setting(const char* name, const Value& otherwise) const {
    return read(name, [&] { return parameters.value(name, otherwise); });
  }

 private:
  template <typename Read>
  static auto read(const char* name, const Read& read) {
    try {
      return read();
    } catch (const nlohmann::json::exception&) {
      throw UserError(std::string("The job's setting \"") + name +
                      "\" is invalid: submit it again.");
    }
  }
};

std::string evaluate(const Work& work) {
  EvaluationRequest request;
  request.corpus = work.corpus();
  request.test_corpus = work.setting<std::string>("test_corpus", "");
  request.kinds = work.setting("kinds", request.kinds);
  request.k = work.setting("k", request.k);
  request.temperature = work.setting("temperature", request.temperature);
  evaluate_checkpoint(work.database, work.run(), request, work.report, work.device);
  return "{}";
}

std::string embed(const Work& work) {
  embed_run(work.database, work.run(), {work.corpus(), work.setting<std::string>("split", "")},
            work.device);
  return "{}";
}

ProjectionOptions projection_options(const Work& work) {
  ProjectionOptions options;
  options.method = work.setting("method", options.method);
  options.neighbours = work.setting("neighbours", options.neighbours);
  options.min_dist = work.setting("min_dist", options.min_dist);
  options.perplexity = work.setting("perplexity", options.perplexity);
  options.seed = work.setting("seed", options.seed);
  return options;
}

std::string project(const Work& work) {
  return project_run(work.database, work.run(), projection_options(work), work.report, work.device,
                     work.setting<std::string>("split", ""));
}

std::string film(const Work& work) {
  return film_run(work.database, work.run(), work.job.id, projection_options(work), work.report,
                  work.device);
}

std::string samples(const Work& work) {
  return read_samples(work.database, work.run(), work.report, work.device);
}

std::string learn_labels(const Work& work) {
  return probe_labels(work.database, work.run(), work.setting<std::int64_t>("labelling"),
                      work.report, work.device);
}

std::string predict(const Work& work) {
  return predict_corpus(work.database, work.run(), work.corpus().value(), work.device);
}

std::string fill(const Work& work) {
  return fill_blanks(work.database, work.run(), work.setting<std::string>("text"), work.device);
}

std::string sample(const Work& work) {
  SampleRequest request;
  request.text = work.setting("text", request.text);
  request.length = work.setting("length", request.length);
  request.temperature = work.setting("temperature", request.temperature);
  request.top_k = work.setting("top_k", request.top_k);
  request.seed = work.setting("seed", request.seed);
  return continue_text(work.database, work.run(), request, work.device);
}

std::string hardness(const Work& work) {
  HardnessRequest request;
  request.corpus = work.corpus();
  request.recipe = work.setting("recipe", request.recipe);
  request.positions = work.setting<std::vector<std::int64_t>>("positions");
  request.seed = work.setting("seed", request.seed);
  request.epoch = work.setting("epoch", request.epoch);
  return view_hardness_of(work.database, work.run(), request, work.device);
}

std::string trial(const Work& work) {
  const auto text = work.setting<std::string>("experiment");
  return try_training(work.database, Experiment::from_json(text), work.corpus().value(),
                      work.report, work.device);
}

void work_on(Database& database, EngineQueue& queue, const JobRecord& job) {
  if (job.kind == "train") {
    run_of(job);  // Throws where there is none.
    const auto outcome = patiently(
        [&] { return run_training(database, queue, job, [] { return num_stop_signals() > 0; }); });
    patiently([&] { queue.end(job, outcome.status, outcome.reason); });
    return;
  }
  static const std::map<std::string, std::string (*)(const Work&)> kinds = {
      {"evaluate", evaluate},  {"embed", embed},       {"project", project}, {"film", film},
      {"probe", learn_labels}, {"predict", predict},   {"samples", samples}, {"fill", fill},
      {"sample", sample},      {"hardness", hardness}, {"trial", trial}};
  const auto kind = kinds.find(job.kind);
  if (kind == kinds.end())
    throw UserError("This engine does not know the work \"" + job.kind + "\": update Pretext.");
  const Work work{database, job,
                  parse_json(job.parameters, "The settings of this job", "submit it again"),
                  queue.engine().device, ProgressReport(queue, job.id)};
  const auto result = kind->second(work);
  patiently([&] { queue.end(job, "finished", "", result); });
}

/// Whether somebody waits for what it gives, and hears why it failed.
bool is_answered(const std::string& kind) {
  return kind == "fill" || kind == "sample" || kind == "hardness" || kind == "predict" ||
         kind == "trial";
}

/// `why_not`: why this device cannot be used, or nothing; what asks for it fails with that reason.
void work_off(Database& database, EngineQueue& queue, const std::string& why_not) {
  const WorkspaceWatch watch(database.workspace());
  while (num_stop_signals() == 0) {
    watch.check();
    const auto job = patiently([&] { return queue.claim(); });
    if (!job) {
      if (patiently([&] { return queue.retire(); })) return;
      continue;
    }
    try {
      log_info(name_of(*job) + " begins");
      if (!why_not.empty()) throw UserError(why_not);
      work_on(database, queue, *job);
      log_info(name_of(*job) + " has ended");
    } catch (const WorkStopped&) {
      log_info(name_of(*job) + " was stopped");
      const auto* reason = num_stop_signals() > 0 ? "The engine was told to end." : "";
      patiently([&] { queue.end(*job, "stopped", reason); });
    } catch (const WorkspaceGone&) {
      throw;  // Whoever opens it where it is now finds a dead engine's work, and queues it again.
    } catch (const std::exception& error) {
      const auto reason = sentence_of(error);
      log_error(name_of(*job) + " failed: " + error.what());
      watch.check();
      patiently([&] { queue.end(*job, "failed", reason); });
      if (job->run_id && !is_answered(job->kind))
        patiently([&] { RunStore(database).add_message(job->run_id, "error", reason); });
    }
  }
  patiently([&] { queue.leave(); });
}

}  // namespace

void run_engine(const EngineOptions& options) {
  EngineId engine{options.device, options.lane, false};
  std::string why_not;
  try {
    engine.device = choose_device(options.device).str();
    engine.takes_auto = options.device == "auto" || choose_device("auto").str() == engine.device;
  } catch (const UserError& error) {
    why_not = error.what();
  }
  watch_stop_signals();
  auto database = patiently([&] { return Database(options.workspace, Purpose::kWork); });
  const EngineLock lock(options.workspace, engine.device, engine.lane);
  patiently([&] { return reconcile_dead_engines(database, &engine); });
  EngineQueue queue(database, engine);
  patiently([&] { queue.announce(); });
  EngineStart::is_over();
  log_info("engine on " + engine.device + ", lane " + engine.lane);
  const Heartbeat heartbeat(options.workspace, engine);
  work_off(database, queue, why_not);
  if (!why_not.empty()) throw UserError(why_not);
}

std::string libraries_in_words() {
  return std::string("LibTorch ") + TORCH_VERSION + ", " + at::get_cpu_capability() + ", " +
         (choose_device("auto").is_cuda() ? "GPU usable" : "CPU only");
}

}  // namespace pretext
