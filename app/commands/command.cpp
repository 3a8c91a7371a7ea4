#include "app/commands/command.h"

#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "core/store/workspace_files.h"
#include "core/text/printable.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <thread>
#include <unistd.h>

namespace pretext {
namespace {

using namespace std::chrono_literals;

std::atomic<bool> interrupted{false};

/// Notes Ctrl+C for as long as it lives.
class InterruptWatch {
 public:
  InterruptWatch() {
    interrupted = false;
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = true; };
    ::sigaction(SIGINT, &action, &old_);
  }
  ~InterruptWatch() { ::sigaction(SIGINT, &old_, nullptr); }

 private:
  struct sigaction old_ {};
};

std::size_t numColumns(const std::string& text) {  // Code points of UTF-8.
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool hasEnded(RunStatus status) {
  return status != RunStatus::kQueued && status != RunStatus::kRunning;
}

std::string format(const char* pattern, double value) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, pattern, value);
  return buffer;
}

std::string runNote(Database& database, const RunRecord& run) {
  if (run.status == RunStatus::kQueued) return "waiting for the engine";
  std::string note = "step " + std::to_string(run.step) + "/" + std::to_string(run.total_steps);
  const auto latest = MetricStore(database).latest(run.id);
  if (const auto loss = latest.find("train/loss"); loss != latest.end())
    note += format(", loss %.3f", loss->second.value);
  if (const auto knn = latest.find("eval/knn_accuracy"); knn != latest.end())
    note += ", kNN " + percent(knn->second.value);
  if (run.samples_per_second > 0 && run.step > 0) {
    note += format(", %.0f samples/s", run.samples_per_second);
    if (run.step >= run.total_steps) return note + ", evaluating";
    note += ", " + duration(run.seconds_left()) + " left";
  }
  return note;
}

/// To look, nothing need be written: another program may hold the database, the disk be full, the
/// engine missing.
void lookAfter(Database& database) {
  constexpr int kBriefly = 500;  // ms
  const PatienceOf patience(database, kBriefly);
  sweep_unfinished(database);
  try {
    JobStore(database).look_after_queue();
  } catch (const std::exception& error) {
    if (!is_disk_full(error) && !dynamic_cast<const UserError*>(&error)) throw;
  }
}

}  // namespace

Database openWorkspace(const CommandContext& context) {
  Database database(context.workspace);
  if (!database.is_read_only()) lookAfter(database);
  return database;
}

std::filesystem::path defaultWorkspace() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
    return std::filesystem::path(data) / "pretext";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".local/share/pretext";
}

nlohmann::json corpusParameter(Database& database, const std::string& name) {
  nlohmann::json parameters = nlohmann::json::object();
  if (!name.empty()) parameters["corpus"] = CorpusStore(database).require(name).id;
  return parameters;
}

void tell(const CommandContext& context, const std::string& sentence,
          const nlohmann::ordered_json& document) {
  if (context.json) return printJson(document);
  std::cout << sentence << '\n';
}

void printTable(std::vector<std::vector<std::string>> rows) {
  std::vector<std::size_t> widths;
  for (auto& row : rows) {
    for (auto& cell : row) cell = printable_line(cell);
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], numColumns(row[i]));
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      line += rows[r][i];
      if (i + 1 < rows[r].size()) line += std::string(widths[i] - numColumns(rows[r][i]) + 2, ' ');
    }
    std::cout << line << '\n';
    if (r > 0) continue;
    std::size_t total = 0;
    for (const auto width : widths) total += width + 2;
    std::cout << std::string(total - 2, '-') << '\n';
  }
}

ProgressBar::ProgressBar(std::string title) : title_(std::move(title)) {}

ProgressBar::~ProgressBar() {
  if (isShown_) std::fputc('\n', stderr);
}

void ProgressBar::show(double share, const std::string& note) {
  if (!::isatty(STDERR_FILENO)) return;
  constexpr int kWidth = 24;
  const int filled = static_cast<int>(share * kWidth);
  // Past std::cerr, which lets no control character through.
  const auto line = '\r' + printable_line(title_) + " [" +
                    std::string(static_cast<std::size_t>(filled), '=') +
                    std::string(static_cast<std::size_t>(kWidth - filled), ' ') + "] " +
                    printable_line(note) + "\033[K";
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  isShown_ = true;
}

bool followRun(Database& database, std::int64_t id) {
  const InterruptWatch watch;
  JobStore jobs(database);
  RunStore runs(database);
  ProgressBar bar("Run " + std::to_string(id));
  while (true) {
    const auto run = runs.require(id);
    const double share = run.total_steps > 0
                             ? static_cast<double>(run.step) / static_cast<double>(run.total_steps)
                             : 0.0;
    bar.show(share, runNote(database, run));
    if (run.status == RunStatus::kFailed || run.status == RunStatus::kInterrupted) {
      throw UserError("Run " + std::to_string(id) + " " + to_string(run.status) + ": " +
                      run.reason);
    }
    if (hasEnded(run.status)) return true;
    if (interrupted) return false;
    std::this_thread::sleep_for(250ms);
    jobs.look_after_queue();
  }
}

void followJob(Database& database, std::int64_t id, const std::string& title) {
  const InterruptWatch watch;
  JobStore jobs(database);
  ProgressBar bar(title);
  while (!interrupted) {
    const auto job = jobs.find(id);
    if (!job) throw UserError("The work was deleted.");
    bar.show(job->progress, job->status);
    if (job->status == "finished") return;
    if (job->status == "failed" || job->status == "interrupted") throw UserError(job->reason);
    if (job->status != "queued" && job->status != "running")
      throw UserError("The work was " + job->status + ", by the window or with its run.");
    std::this_thread::sleep_for(100ms);
    jobs.look_after_queue();
  }
  throw UserError("Let go of the work; it goes on.");
}

void printAccuracies(Database& database, std::int64_t id) {
  const auto newest = ResultStore(database).newest_evaluations(id);
  if (newest.empty()) return;
  const bool isText = find_objective(RunStore(database).objective_of(id)).corpus_kind == "text";
  std::vector<std::vector<std::string>> rows = {
      {"accuracy", "trained", "untrained", isText ? "TF-IDF" : "raw pixels", "majority", "on"}};
  for (const auto& of : newest) {
    const auto& byBaseline = of.second;
    const auto& first = byBaseline.begin()->second;
    const auto majority = percent(first.majority_share());
    const auto cell = [&](const char* baseline) {
      const auto found = byBaseline.find(baseline);
      return found == byBaseline.end() ? std::string("-") : accuracy_text(found->second);
    };
    rows.push_back(
        {of.first, cell("trained"), cell("untrained"), cell("raw"), majority, first.split});
  }
  printTable(rows);
  for (const auto& [kind, byBaseline] : newest) {
    const auto found = byBaseline.find("trained");
    if (found == byBaseline.end()) continue;
    std::cout << kind << ": " << found->second.protocol << ", on "
              << grouped(found->second.num_samples()) << " samples; macro-F1 "
              << percent(macro_f1(found->second.confusion)) << '\n';
  }
}

}  // namespace pretext
