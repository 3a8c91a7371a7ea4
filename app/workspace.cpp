#include "app/workspace.h"

#include "core/store/job_store.h"
#include "core/store/workspace_files.h"

#include <QTimer>

namespace pretext {
namespace {

constexpr int kPollMs = 400;
constexpr int kPollsBetweenLooks = 5;  // So that a dead engine shows within 2 s.
constexpr int kBriefly = 50;           // ms; the window must not stand still.

}  // namespace

Workspace::Workspace(const std::filesystem::path& folder, QObject* parent)
    : QObject(parent), database_(folder), timer_(new QTimer(this)) {
  {
    const PatienceOf patience(database_, kBriefly);
    sweep_unfinished(database_);
  }
  lookAfterQueue();
  version_ = database_.data_version();
  connect(timer_, &QTimer::timeout, this, [this] { poll(); });
  timer_->start(kPollMs);
}

std::shared_ptr<const Corpus> Workspace::corpus(std::int64_t id) {
  if (const auto open = corpora_.find(id); open != corpora_.end()) return open->second;
  const auto corpus = std::make_shared<const Corpus>(database_, CorpusStore(database_).get(id));
  return corpora_.emplace(id, corpus).first->second;
}

std::int64_t Workspace::submit(const std::string& kind, std::int64_t run,
                               const std::string& parameters) {
  JobStore jobs(database_);
  const auto job = jobs.submit(kind, run, parameters);
  jobs.ensure_engines();
  announceChange();
  return job;
}

void Workspace::forgetRelabelled() {
  CorpusStore store(database_);
  std::erase_if(corpora_, [&](const auto& entry) {
    return store.labels_version(entry.first) != entry.second->record().labels_version;
  });
}

void Workspace::announceChange() {
  forgetRelabelled();
  Q_EMIT changed();
}

int Workspace::lookAfterQueue() {
  try {
    const PatienceOf patience(database_, kBriefly);
    return JobStore(database_).look_after_queue();
  } catch (const std::exception& error) {  // Busy, or the disk is full: the next look tries again.
    Q_EMIT failed(QString::fromUtf8(error.what()));
    return 0;
  }
}

void Workspace::poll() {
  try {
    const int numOrphans = ++polls_ % kPollsBetweenLooks == 0 ? lookAfterQueue() : 0;
    const auto version = database_.data_version();
    if (version == version_ && numOrphans == 0) return;
    version_ = version;
    forgetRelabelled();
  } catch (const std::exception& error) {  // Busy, or the disk is full: the next poll tries again.
    Q_EMIT failed(QString::fromUtf8(error.what()));
    return;
  }
  Q_EMIT changed();
}

}  // namespace pretext
