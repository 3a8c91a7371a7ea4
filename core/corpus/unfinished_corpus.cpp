#include "core/corpus/unfinished_corpus.h"

#include "core/base/error.h"
#include "core/base/new_file.h"
#include "core/base/philox.h"
#include "core/store/labelling_store.h"

namespace pretext {

namespace fs = std::filesystem;

UnfinishedCorpus::UnfinishedCorpus(Database& database, const IngestOptions& options,
                                   std::string kind)
    : database_(database), options_(options), kind_(std::move(kind)) {
  if (database.is_read_only())
    throw UserError("The workspace is read-only: choose another with --workspace.");
  CorpusStore store(database);
  check_name(store);
  WriteTransaction transaction(database);
  id_ = store.reserve_id();
  unfinished_.emplace(database.workspace(), corpus_path(id_));
  transaction.commit();
}

fs::path UnfinishedCorpus::folder() const {
  return database_.workspace() / corpus_path(id_);
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
  constexpr int kTenMinutes = 600'000;  // ms; what was read took longer still.
  const PatienceOf patience(database_, kTenMinutes);
  CorpusStore store(database_);
  corpus.id = id_;
  corpus.name = options_.name;
  corpus.kind = kind_;
  corpus.source = options_.source;
  corpus.path = corpus_path(id_);
  corpus.num_samples = samples.count;
  corpus.bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder()))
    corpus.bytes += static_cast<std::int64_t>(entry.file_size());
  flush_tree_to_disk(folder());
  flush_to_disk(folder().parent_path());
  flush_to_disk(database_.workspace());
  store.insert_ahead(id_, samples, skipped);
  WriteTransaction transaction(database_);
  check_name(store);
  corpus.version = store.newest_version(corpus.name) + 1;
  const auto before = store.find(corpus.name);
  store.insert(corpus);
  if (before) LabellingStore(database_).take_over(before->id, corpus.id);
  try {
    transaction.commit();
  } catch (const std::exception&) {  // What could not be flushed may stand nevertheless.
    unfinished_->leave();
    throw;
  }
  unfinished_->keep();
}

bool is_validation(std::uint64_t key, double share) {
  const auto words =
      random_words({.seed = 0, .sample = key, .purpose = RandomPurpose::kSubset, .operation = 1});
  return uniform(words.word[0]) < static_cast<float>(share);
}

}  // namespace pretext
