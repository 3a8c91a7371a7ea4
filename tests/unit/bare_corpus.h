#pragma once

#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"
#include "core/store/database.h"
#include "core/store/job_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pretext {

/// A corpus that has rows and no files: enough where only the database is asked.
struct BareCorpus {
  std::vector<std::string> classes;
  std::vector<SampleRecord> samples;
  std::int64_t num_samples = 0;  ///< Said of it where no samples are listed.
};

/// Inserts one named "c"; returns its id.
inline std::int64_t insert_bare_corpus(Database& database, const BareCorpus& bare = {}) {
  CorpusRecord corpus;
  corpus.name = "c";
  corpus.mean = corpus.deviation = {0.5};
  corpus.classes = bare.classes;
  corpus.num_samples =
      bare.samples.empty() ? bare.num_samples : static_cast<std::int64_t>(bare.samples.size());
  WriteTransaction transaction(database);
  const auto id = CorpusStore(database).insert(corpus, sample_rows(bare.samples), {});
  transaction.commit();
  return id;
}

/// Queues a run on it; returns the run's id.
inline std::int64_t submit_bare_run(Database& database, std::int64_t corpus_id) {
  Experiment experiment;
  experiment.set("corpus", std::string("c"));
  experiment.set("training.batch_size", std::int64_t{2});
  return JobStore(database).submit_run(experiment, corpus_id);
}

}  // namespace pretext
