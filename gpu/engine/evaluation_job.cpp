#include "gpu/engine/evaluation_job.h"

#include "core/base/error.h"
#include "core/store/run_store.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/pca.h"
#include "gpu/evaluation/protocol.h"
#include "gpu/training/checkpoint.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

/// A run's encoder as its newest checkpoint has it, on its corpus.
struct Loaded {
  RunRecord run;
  CheckpointRecord checkpoint;
  Corpus corpus;
  Experiment experiment;
  torch::Device device;
  std::shared_ptr<Encoder> encoder;
};

Loaded load(Database& database, std::int64_t id) {
  RunStore runs(database);
  auto run = runs.require(id);
  const auto checkpoint = runs.newest_checkpoint(id);
  if (!checkpoint) {
    throw UserError("Run " + std::to_string(id) +
                    " has no checkpoint yet: let it train for an epoch.");
  }
  Corpus corpus(database, CorpusStore(database).get(run.corpus_id));
  auto experiment = Experiment::from_json(run.resolved);
  prepare_library(static_cast<int>(experiment.integer("training.threads")));
  const auto device = choose_device("auto");
  auto encoder = make_initial_encoder(experiment, corpus);
  load_module_state(*encoder, read_checkpoint(database.workspace(), *checkpoint), "encoder.");
  encoder->to(device);
  return {std::move(run), *checkpoint, std::move(corpus), std::move(experiment), device, encoder};
}

}  // namespace

void evaluate_checkpoint(Database& database, std::int64_t run, const EvaluationRequest& request,
                         const std::function<void(double)>& report) {
  auto loaded = load(database, run);
  const Evaluation evaluation(loaded.experiment, loaded.corpus);
  KnnOptions knn{loaded.experiment.integer("evaluation.knn_k"),
                 loaded.experiment.real("evaluation.knn_temperature")};
  if (request.k > 0) knn.k = request.k;
  if (request.temperature > 0) knn.temperature = request.temperature;
  const auto untrained = make_initial_encoder(loaded.experiment, loaded.corpus);
  untrained->to(loaded.device);
  const auto before = weights_digest(*loaded.encoder);

  const std::pair<std::string, Encoder*> encoders[] = {
      {"trained", loaded.encoder.get()}, {"untrained", untrained.get()}, {"raw", nullptr}};
  RunStore store(database);
  double progress = 0.0;
  for (const auto& [baseline, encoder] : encoders) {
    const auto parts = evaluation.features(encoder, loaded.device);
    for (const auto& kind : request.kinds) {
      auto record = kind == "knn" ? evaluation.knn(parts, knn) : evaluation.linear(parts);
      record.baseline = baseline;
      record.step = loaded.checkpoint.step;
      record.checkpoint_id = loaded.checkpoint.id;
      store.add_evaluation(run, record);
      progress += 1.0 / (3.0 * static_cast<double>(request.kinds.size()));
      report(std::min(progress, 1.0));
    }
  }
  if (weights_digest(*loaded.encoder) != before) {
    throw std::logic_error("an evaluation changed the encoder");
  }
}

void embed_run(Database& database, std::int64_t run) {
  constexpr std::size_t kMost = 60'000;
  auto loaded = load(database, run);
  const auto& test = loaded.corpus.split("test");
  auto positions = test.empty() ? loaded.corpus.split("validation") : test;
  if (positions.empty()) positions = loaded.corpus.split("train");
  if (positions.size() > kMost) positions.resize(kMost);
  const auto input = input_options(loaded.experiment, loaded.corpus, 1);
  const auto rows =
      extract_features(*loaded.encoder, loaded.device, loaded.corpus, input, positions,
                       static_cast<int>(loaded.experiment.integer("training.threads")))
          .contiguous();
  const auto to_vector = [](const torch::Tensor& tensor) {
    const auto plain = tensor.contiguous();
    return std::vector<float>(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
  };
  RunStore store(database);
  store.add_embeddings(run, loaded.checkpoint.id, positions, to_vector(rows), rows.size(1));
  store.add_projection(run, loaded.checkpoint.id,
                       {"pca", loaded.checkpoint.step, positions, to_vector(pca_project(rows))});
}

void evaluate_run(Database& database, std::int64_t run, const std::function<void(double)>& report) {
  const auto record = RunStore(database).require(run);
  const auto corpus = CorpusStore(database).get(record.corpus_id);
  if (corpus.classes.size() >= 2) {
    EvaluationRequest request;
    if (!Experiment::from_json(record.resolved).flag("evaluation.linear_probe"))
      request.kinds = {"knn"};
    evaluate_checkpoint(database, run, request, report);
  }
  embed_run(database, run);
}

}  // namespace pretext
