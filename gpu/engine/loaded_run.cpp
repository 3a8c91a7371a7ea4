#include "gpu/engine/loaded_run.h"

#include "core/store/whole_checkpoint.h"
#include "core/weights/averaged.h"
#include "gpu/training/checkpoint.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

namespace pretext {

std::unique_ptr<LoadedRun> load_run(Database& database, std::int64_t id,
                                    const std::string& device_name,
                                    std::optional<std::int64_t> other) {
  RunStore runs(database);
  auto run = runs.require(id);
  const auto checkpoint = require_whole_checkpoint(database, id);
  CorpusStore corpora(database);
  const auto own = corpora.get(run.corpus_id);
  auto experiment = Experiment::from_json(run.resolved);
  prepare_library(static_cast<int>(experiment.integer("training.threads")), Determinism::kSayOnly);
  const auto device = choose_device(device_name);
  auto encoder = make_initial_encoder(experiment, own);
  auto objective = make_objective(experiment, num_features(experiment, own));
  Corpus seen(database, other ? corpora.get(*other) : own);
  std::unique_ptr<LoadedRun> loaded(new LoadedRun{std::move(run), checkpoint, std::move(seen),
                                                  std::move(experiment), device, encoder, objective,
                                                  nullptr});
  turn_to(database, *loaded, checkpoint);
  encoder->to(device);
  objective->to(device);
  const bool is_other = other && *other != own.id;
  loaded->reader = is_other ? make_reader(loaded->experiment, Corpus(database, own), loaded->corpus)
                            : make_reader(loaded->experiment, loaded->corpus, loaded->corpus);
  return loaded;
}

void turn_to(Database& database, LoadedRun& loaded, const CheckpointRecord& checkpoint) {
  const auto state = averaged(read_checkpoint(database.workspace(), checkpoint));
  load_module_state(*loaded.encoder, state, "encoder.");
  load_module_state(*loaded.objective, state, "objective.");
  loaded.checkpoint = checkpoint;
}

std::unique_ptr<SeenCorpus> test_corpus(Database& database, const LoadedRun& loaded,
                                        const std::string& name) {
  const auto& chosen = name.empty() ? loaded.experiment.text("evaluation.test_corpus") : name;
  if (chosen.empty()) return nullptr;
  CorpusStore corpora(database);
  std::unique_ptr<SeenCorpus> seen(
      new SeenCorpus{Corpus(database, corpora.require(chosen)), nullptr});
  const Corpus own(database, corpora.get(loaded.run.corpus_id));
  seen->reader = make_reader(loaded.experiment, own, seen->corpus);
  return seen;
}

}  // namespace pretext
