#include "gpu/engine/heartbeat.h"

#include "core/log/log.h"
#include "gpu/engine/workspace_watch.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <signal.h>
#include <unistd.h>

namespace pretext {
namespace {

std::atomic<int> stop_signals{0};

void on_signal(int) {
  if (stop_signals.fetch_add(1) >= 1) ::_exit(130);
}

}  // namespace

Heartbeat::Heartbeat(const std::filesystem::path& workspace, const EngineId& engine)
    : thread_([workspace, engine](const std::stop_token& stop) {
        std::optional<Database> database;
        bool failed_before = false;
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        const WorkspaceWatch watch(workspace);
        while (!stop.stop_requested()) {
          try {
            watch.check();  // Opening it would make a new one where it was.
            if (!database) database.emplace(workspace, Purpose::kWork);
            EngineQueue(*database, engine).beat();
            failed_before = false;
          } catch (const std::exception& error) {
            // A full disk or a busy database: the lock still shows that the engine lives.
            if (!failed_before) log_error(std::string("no heartbeat: ") + error.what());
            failed_before = true;
          }
          wake.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
        }
      }) {}

int num_stop_signals() {
  return stop_signals;
}

void watch_stop_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

}  // namespace pretext
