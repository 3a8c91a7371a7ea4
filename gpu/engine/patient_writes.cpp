#include "gpu/engine/patient_writes.h"

#include "core/log/log.h"
#include "core/store/run_store.h"

#include <chrono>
#include <thread>
#include <utility>

namespace pretext {

PatientWrites::PatientWrites(Database& database, EngineQueue& queue, const JobRecord& job,
                             std::function<bool()> should_end)
    : database_(database),
      queue_(queue),
      job_(job),
      should_end_(std::move(should_end)),
      workspace_(database.workspace()),
      spare_(database.workspace(), queue.engine().device, queue.engine().lane) {}

void PatientWrites::wait() {
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  workspace_.check();
  if (should_end_()) {
    throw WaitEnded{{"stopped",
                     "The engine was asked to end (signal) while it waited for the disk; resume "
                     "continues."}};
  }
  const auto word = queue_.control_word(job_.id);
  if (word == "pause") throw WaitEnded{{"paused", ""}};
  if (word == "stop") throw WaitEnded{{"stopped", "Stopped by the user."}};
}

void PatientWrites::say_waits(const std::exception& error) {
  const std::string text = is_disk_full(error)
                               ? "Waits: the disk is full. It goes on by itself once there is room."
                               : std::string("Waits: ") + error.what();
  log_error(text);
  if (is_disk_full(error)) spare_.give_back();  // Room enough to say it.
  set_reason(text);
}

void PatientWrites::say_goes_on() {
  log_info("goes on: what was waited for has passed");
  spare_.take();
  set_reason("");
}

void PatientWrites::set_reason(const std::string& text) {
  try {
    RunStore(database_).set_reason(job_.run_id.value(), text);
  } catch (const std::exception& error) {  // The log has it.
    if (!may_pass(error)) throw;
  }
}

}  // namespace pretext
