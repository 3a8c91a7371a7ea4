#include "gpu/engine/engine.h"

#include "core/base/error.h"
#include "core/log/log.h"
#include "core/store/engine_lock.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/heartbeat.h"
#include "gpu/engine/training_job.h"
#include "gpu/training/device.h"

#include <c10/util/Exception.h>

#include <new>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

/// What went wrong, in one sentence, without LibTorch's stack.
std::string sentence_of(const std::exception& error) {
  const std::string text = error.what();
  const bool is_out_of_memory = dynamic_cast<const std::bad_alloc*>(&error) ||
                                dynamic_cast<const c10::OutOfMemoryError*>(&error) ||
                                text.find("DefaultCPUAllocator") != std::string::npos;
  if (is_out_of_memory) {
    return "Out of memory: halve training.batch_size, or set training.accumulation = 2.";
  }
  if (const auto* torch_error = dynamic_cast<const c10::Error*>(&error)) {
    return torch_error->what_without_backtrace();
  }
  return text;
}

std::string name_of(const JobRecord& job) {
  return "job " + std::to_string(job.id) + " (" + job.kind +
         (job.run_id ? ", run " + std::to_string(*job.run_id) : "") + ")";
}

void work_on(Database& database, const JobRecord& job) {
  JobStore jobs(database);
  const auto report = [&](double progress) { jobs.report(job.id, progress); };
  if (job.kind == "train") {
    const auto outcome = run_training(database, job, [] { return num_stop_signals() > 0; });
    jobs.end(job, outcome.status, outcome.reason);
    return;
  }
  const auto parameters = nlohmann::json::parse(job.parameters);
  std::optional<std::int64_t> corpus;
  if (parameters.contains("corpus")) corpus = parameters["corpus"].get<std::int64_t>();
  std::string result = "{}";
  if (job.kind == "evaluate") {
    EvaluationRequest request;
    request.corpus = corpus;
    request.kinds = parameters.value("kinds", request.kinds);
    request.k = parameters.value("k", request.k);
    request.temperature = parameters.value("temperature", request.temperature);
    evaluate_checkpoint(database, *job.run_id, request, report);
  } else if (job.kind == "embed") {
    embed_run(database, *job.run_id, {corpus, parameters.value("split", "")});
  } else if (job.kind == "project") {
    project_run(database, *job.run_id);
  } else if (job.kind == "predict") {
    result = predict_corpus(database, *job.run_id, corpus.value());
  } else {
    throw UserError("This engine does not know the work \"" + job.kind + "\": update Pretext.");
  }
  jobs.end(job, "finished", "", result);
}

void work_off(Database& database, const std::string& device, const std::string& lane) {
  JobStore jobs(database);
  while (num_stop_signals() == 0) {
    const auto job = jobs.claim(device, lane);
    if (!job) {
      if (jobs.retire_engine(device, lane)) return;
      continue;
    }
    try {
      log_info(name_of(*job) + " begins");
      work_on(database, *job);
      log_info(name_of(*job) + " has ended");
    } catch (const std::exception& error) {
      const auto reason = sentence_of(error);
      log_error(name_of(*job) + " failed: " + error.what());
      jobs.end(*job, "failed", reason);
      if (job->run_id) RunStore(database).add_message(job->run_id, "error", reason);
    }
  }
  // Asked to end: what is queued stays queued for the next engine.
  WriteTransaction transaction(database);
  auto remove = database.prepare("DELETE FROM engines WHERE device = ? AND lane = ?");
  remove.bind(1, device);
  remove.bind(2, lane);
  remove.exec();
  transaction.commit();
}

}  // namespace

void run_engine(const EngineOptions& options) {
  const auto device = choose_device(options.device).str();
  Database database(options.workspace);
  JobStore jobs(database);
  jobs.reconcile();  // Before the lock is taken: a dead predecessor's lock is free.
  const EngineLock lock(options.workspace, device, options.lane);
  watch_stop_signals();
  jobs.announce_engine(device, options.lane);
  log_info("engine on " + device + ", lane " + options.lane);
  const Heartbeat heartbeat(options.workspace, device, options.lane);
  work_off(database, device, options.lane);
}

}  // namespace pretext
