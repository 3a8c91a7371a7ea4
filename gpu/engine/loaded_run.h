#pragma once

#include "core/corpus/corpus.h"
#include "core/store/run_store.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/objective.h"
#include "gpu/training/sample_reader.h"

#include <memory>
#include <optional>
#include <string>

namespace pretext {

/// A run's encoder and heads as its newest checkpoint has them, with a corpus to look at.
struct LoadedRun {
  RunRecord run;
  CheckpointRecord checkpoint;
  Corpus corpus;
  Experiment experiment;
  torch::Device device;
  std::shared_ptr<Encoder> encoder;
  std::shared_ptr<Objective> objective;
  std::unique_ptr<SampleReader> reader;  ///< Of `corpus`.
};

/// A corpus as a run's encoder sees it.
struct SeenCorpus {
  Corpus corpus;
  std::unique_ptr<SampleReader> reader;
};

/// The corpus that figures are reported on (`evaluation.test_corpus`), or `name` instead of that;
/// null where both are empty. Throws UserError when the run's encoder cannot see it.
std::unique_ptr<SeenCorpus> test_corpus(Database& database, const LoadedRun& loaded,
                                        const std::string& name = {});

/// `other`: a corpus to look at instead of the run's own. Throws UserError when the run has no
/// checkpoint, or its encoder cannot see that corpus.
std::unique_ptr<LoadedRun> load_run(Database& database, std::int64_t run, const std::string& device,
                                    std::optional<std::int64_t> other = {});

/// Puts the weights of another of the run's checkpoints in place of those it has.
void turn_to(Database& database, LoadedRun& loaded, const CheckpointRecord& checkpoint);

}  // namespace pretext
