#include "core/corpus/unfinished_corpus.h"

#include "core/base/error.h"
#include "core/base/philox.h"
#include "core/store/labelling_store.h"

#include <cerrno>
#include <cstdlib>
#include <signal.h>
#include <string_view>
#include <unistd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinishedPrefix = ".unfinished-";

bool is_alive(pid_t pid) {
  return ::kill(pid, 0) == 0 || errno == EPERM;  // EPERM: somebody else's.
}

/// What a killed ingest left behind.
void remove_leftovers(const fs::path& corpora) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(corpora, error)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(kUnfinishedPrefix)) continue;
    const auto pid =
        static_cast<pid_t>(std::strtol(name.c_str() + kUnfinishedPrefix.size(), nullptr, 10));
    if (pid == ::getpid() || is_alive(pid)) continue;
    fs::remove_all(entry.path(), error);
  }
}

}  // namespace

UnfinishedCorpus::UnfinishedCorpus(Database& database, const IngestOptions& options,
                                   std::string kind)
    : database_(database), options_(options), kind_(std::move(kind)) {
  if (database.is_read_only())
    throw UserError("The workspace is read-only: choose another with --workspace.");
  CorpusStore store(database);
  check_name(store);
  const auto corpora = database.workspace() / "corpora";
  folder_ = corpora / (std::string(kUnfinishedPrefix) + std::to_string(::getpid()));
  fs::create_directories(corpora);
  remove_leftovers(corpora);
  fs::create_directories(folder_);
}

UnfinishedCorpus::~UnfinishedCorpus() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void UnfinishedCorpus::check_name(CorpusStore& store) const {
  if (options_.name.empty()) throw UserError("The corpus needs a name: add --name NAME.");
  const auto earlier = store.find(options_.name);
  if (!earlier) require_corpus_name(options_.name);
  if (earlier && !options_.update) {
    throw UserError("There is a corpus \"" + options_.name +
                    "\" already: choose another --name, or add --update for a new version.");
  }
  if (!options_.update) return;
  if (!earlier)
    throw UserError("There is no corpus \"" + options_.name + "\" to update: leave out --update.");
  if (earlier->kind != kind_) {
    throw UserError("The corpus \"" + options_.name + "\" is of " + earlier->kind +
                    ", and this is " + kind_ + ": choose another --name, without --update.");
  }
}

void UnfinishedCorpus::commit(CorpusRecord& corpus, const SampleRows& samples,
                              const std::vector<SkippedFile>& skipped) {
  CorpusStore store(database_);
  corpus.name = options_.name;
  corpus.kind = kind_;
  corpus.source = options_.source;
  corpus.num_samples = samples.count;
  corpus.bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder_))
    corpus.bytes += static_cast<std::int64_t>(entry.file_size());
  WriteTransaction transaction(database_);
  check_name(store);
  corpus.version = store.newest_version(corpus.name) + 1;
  const auto before = store.find(corpus.name);
  corpus.id = store.insert(corpus, samples, skipped);
  if (before) LabellingStore(database_).take_over(before->id, corpus.id);
  corpus.path = "corpora/" + std::to_string(corpus.id);
  store.set_path(corpus.id, corpus.path);
  fs::remove_all(database_.workspace() / corpus.path);
  fs::rename(folder_, database_.workspace() / corpus.path);
  transaction.commit();
}

bool is_validation(std::uint64_t key, double share) {
  const auto words =
      random_words({.seed = 0, .sample = key, .purpose = RandomPurpose::kSubset, .operation = 1});
  return uniform(words.word[0]) < static_cast<float>(share);
}

}  // namespace pretext
