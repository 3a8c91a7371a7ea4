#include "gpu/engine/engine.h"

#include "core/base/error.h"
#include "core/log/log.h"
#include "core/store/engine_lock.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "gpu/engine/complaint.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/hardness_job.h"
#include "gpu/engine/heartbeat.h"
#include "gpu/engine/language_job.h"
#include "gpu/engine/training_job.h"
#include "gpu/training/device.h"

#include <ATen/Version.h>
#include <torch/version.h>

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

std::string name_of(const JobRecord& job) {
  return "job " + std::to_string(job.id) + " (" + job.kind +
         (job.run_id ? ", run " + std::to_string(*job.run_id) : "") + ")";
}

void work_on(Database& database, EngineQueue& queue, const JobRecord& job) {
  const auto report = [&](double progress) { queue.report(job.id, progress); };
  const auto& device = queue.engine().device;
  if (job.kind == "train") {
    const auto outcome = run_training(database, queue, job, [] { return num_stop_signals() > 0; });
    queue.end(job, outcome.status, outcome.reason);
    return;
  }
  const auto parameters = nlohmann::json::parse(job.parameters);
  std::optional<std::int64_t> corpus;
  if (parameters.contains("corpus")) corpus = parameters["corpus"].get<std::int64_t>();
  std::string result = "{}";
  if (job.kind == "evaluate") {
    EvaluationRequest request;
    request.corpus = corpus;
    request.test_corpus = parameters.value("test_corpus", "");
    request.kinds = parameters.value("kinds", request.kinds);
    request.k = parameters.value("k", request.k);
    request.temperature = parameters.value("temperature", request.temperature);
    evaluate_checkpoint(database, *job.run_id, request, report, device);
  } else if (job.kind == "embed") {
    embed_run(database, *job.run_id, {corpus, parameters.value("split", "")}, device);
  } else if (job.kind == "project") {
    project_run(database, *job.run_id, device);
  } else if (job.kind == "predict") {
    result = predict_corpus(database, *job.run_id, corpus.value(), device);
  } else if (job.kind == "fill") {
    result = fill_blanks(database, *job.run_id, parameters.at("text").get<std::string>(), device);
  } else if (job.kind == "sample") {
    SampleRequest request;
    request.text = parameters.value("text", request.text);
    request.length = parameters.value("length", request.length);
    request.temperature = parameters.value("temperature", request.temperature);
    request.top_k = parameters.value("top_k", request.top_k);
    request.seed = parameters.value("seed", request.seed);
    result = continue_text(database, *job.run_id, request, device);
  } else if (job.kind == "hardness") {
    HardnessRequest request;
    request.corpus = corpus;
    request.recipe = parameters.value("recipe", request.recipe);
    request.positions = parameters.at("positions").get<std::vector<std::int64_t>>();
    request.seed = parameters.value("seed", request.seed);
    request.epoch = parameters.value("epoch", request.epoch);
    result = view_hardness_of(database, *job.run_id, request, device);
  } else {
    throw UserError("This engine does not know the work \"" + job.kind + "\": update Pretext.");
  }
  queue.end(job, "finished", "", result);
}

/// Whether somebody waits for what it gives, and hears why it failed.
bool is_answered(const std::string& kind) {
  return kind == "fill" || kind == "sample" || kind == "hardness" || kind == "predict";
}

/// `why_not`: why this device cannot be used, or nothing; what asks for it fails with that reason.
void work_off(Database& database, EngineQueue& queue, const std::string& why_not) {
  while (num_stop_signals() == 0) {
    const auto job = queue.claim();
    if (!job) {
      if (queue.retire()) return;
      continue;
    }
    try {
      log_info(name_of(*job) + " begins");
      if (!why_not.empty()) throw UserError(why_not);
      work_on(database, queue, *job);
      log_info(name_of(*job) + " has ended");
    } catch (const std::exception& error) {
      const auto reason = sentence_of(error);
      log_error(name_of(*job) + " failed: " + error.what());
      queue.end(*job, "failed", reason);
      if (job->run_id && !is_answered(job->kind))
        RunStore(database).add_message(job->run_id, "error", reason);
    }
  }
  queue.leave();
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
  Database database(options.workspace);
  JobStore(database).reconcile();  // Before the lock is taken: a dead predecessor's lock is free.
  const EngineLock lock(options.workspace, engine.device, engine.lane);
  watch_stop_signals();
  EngineQueue queue(database, engine);
  queue.announce();
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
