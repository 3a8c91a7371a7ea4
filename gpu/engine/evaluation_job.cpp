#include "gpu/engine/evaluation_job.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/objective/objective_registry.h"
#include "core/store/projection_store.h"
#include "core/store/run_store.h"
#include "core/store/whole_checkpoint.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/tensor_values.h"
#include "gpu/evaluation/classifier.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/pca.h"
#include "gpu/evaluation/protocol.h"
#include "gpu/projection/neighbours.h"
#include "gpu/training/resolve.h"
#include "gpu/training/sample_reader.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

constexpr const char* kEncoderChanged =
    "The evaluation changed the encoder that it was judging, so its figures were discarded. This "
    "is a bug in Pretext: please report it with the engine's log.";

/// A supervised run's accuracy, on itself and on the run that it started from.
void report_classifier(Database& database, std::int64_t run, const std::string& device) {
  const auto loaded = load_run(database, run, device);
  const auto test = test_corpus(database, *loaded);
  const Evaluation evaluation(loaded->experiment, *loaded->reader,
                              test ? test->reader.get() : nullptr);
  const bool pretrained = loaded->experiment.text("objective.start") == "pretrained";
  ResultStore results(database);
  const auto add = [&](EvaluationRecord record) {
    record.doubts = count_doubts(database, loaded->run.corpus_id, record.corpus_id, record.split);
    record.checkpoint_id = loaded->checkpoint.id;
    record.step = loaded->checkpoint.step;
    patiently([&] { results.add_evaluation(run, record); });
    if (!loaded->run.parent_run) return;
    record.checkpoint_id = loaded->run.parent_checkpoint;
    record.child_run = run;
    patiently([&] { results.add_evaluation(*loaded->run.parent_run, record); });
  };
  auto record = evaluation.classifier(*loaded->encoder, *loaded->objective, loaded->device);
  record.baseline = pretrained ? "trained" : "untrained";
  const auto kind = record.kind;
  add(std::move(record));
  if (!pretrained) return;
  auto raw = evaluation.raw_classifier(loaded->device);
  raw.kind = kind;
  raw.baseline = "raw";
  add(std::move(raw));
}

}  // namespace

std::vector<std::int64_t> embedded_positions(const Corpus& corpus, const std::string& split,
                                             std::int64_t most) {
  if (split == "all") return numbers_up_to(corpus.size());
  if (!split.empty()) return corpus.split(split);
  for (const auto* part : {"test", "validation"}) {
    if (!corpus.split(part).empty()) return corpus.fixed_part(part, most);
  }
  return corpus.fixed_part("train", most);
}

void evaluate_checkpoint(Database& database, std::int64_t run, const EvaluationRequest& request,
                         const std::function<void(double)>& report, const std::string& device) {
  const auto loaded = load_run(database, run, device, request.corpus);
  const auto test = test_corpus(database, *loaded, request.test_corpus);
  const Evaluation evaluation(loaded->experiment, *loaded->reader,
                              test ? test->reader.get() : nullptr);
  KnnOptions knn{loaded->experiment.integer("evaluation.knn_k"),
                 loaded->experiment.real("evaluation.knn_temperature")};
  if (request.k > 0) knn.k = request.k;
  if (request.temperature > 0) knn.temperature = request.temperature;
  const auto untrained =
      make_initial_encoder(loaded->experiment, CorpusStore(database).get(loaded->run.corpus_id));
  untrained->to(loaded->device);
  const auto before = weights_digest(*loaded->encoder);

  const std::vector<std::pair<std::string, Encoder*>> encoders = {
      {"trained", loaded->encoder.get()}, {"untrained", untrained.get()}, {"raw", nullptr}};
  ResultStore store(database);
  double progress = 0.0;
  std::optional<Doubts> doubts;  // All have the same.
  for (const auto& [baseline, encoder] : encoders) {
    const auto parts = evaluation.features(encoder, loaded->device);
    if (weights_digest(*loaded->encoder) != before) throw UserError(kEncoderChanged);
    for (const auto& kind : request.kinds) {
      auto record = kind == "knn" ? evaluation.knn(parts, knn) : evaluation.linear(parts);
      record.baseline = baseline;
      record.step = loaded->checkpoint.step;
      record.checkpoint_id = loaded->checkpoint.id;
      if (!doubts)
        doubts = count_doubts(database, loaded->corpus.record().id, record.corpus_id, record.split);
      record.doubts = *doubts;
      patiently([&] { store.add_evaluation(run, record); });
      progress += 1.0 / static_cast<double>(encoders.size() * request.kinds.size());
      report(std::min(progress, 1.0));
    }
  }
}

void embed_run(Database& database, std::int64_t run, const EmbeddingRequest& request,
               const std::string& device) {
  const auto loaded = load_run(database, run, device, request.corpus);
  Embeddings embeddings;
  embeddings.checkpoint_id = loaded->checkpoint.id;
  embeddings.positions = embedded_positions(loaded->corpus, request.split);
  if (embeddings.positions.empty()) {
    throw UserError("The corpus \"" + loaded->corpus.record().name + "\" has no samples in \"" +
                    request.split + "\": choose another split.");
  }
  const auto rows =
      extract_features(*loaded->encoder, loaded->device, *loaded->reader, embeddings.positions);
  embeddings.dimensions = rows.size(1);
  embeddings.rows = values_of<float>(rows);
  patiently(
      [&] { ResultStore(database).set_embeddings(run, loaded->corpus.record().id, embeddings); });
  if (loaded->corpus.record().id != loaded->run.corpus_id) return;
  const auto layout = pca_project(rows);
  const double kept = trustworthiness(torch::nn::functional::normalize(rows), layout);
  const Projection projection = {
      .method = "pca",
      .checkpoint_id = loaded->checkpoint.id,
      .step = loaded->checkpoint.step,
      .positions = embeddings.positions,
      .coordinates = values_of<float>(layout),
      .parameters = nlohmann::json{{"method", "pca"}, {"trustworthiness", kept}}.dump()};
  patiently([&] { ProjectionStore(database).add(run, projection); });
}

Embeddings newest_embeddings(Database& database, std::int64_t run, const std::string& device,
                             const std::string& split) {
  ResultStore results(database);
  RunStore runs(database);
  const auto corpus = runs.require(run).corpus_id;
  auto embeddings = results.embeddings(run, corpus);
  const auto are_wanted = [&] {
    const Corpus own(database, CorpusStore(database).get(corpus));
    return embeddings.positions == embedded_positions(own, split);
  };
  const bool is_newest = embeddings.dimensions > 0 &&
                         embeddings.checkpoint_id == require_whole_checkpoint(database, run).id;
  if (is_newest && (split.empty() || are_wanted())) return embeddings;
  embed_run(database, run, {.corpus = {}, .split = split}, device);
  return results.embeddings(run, corpus);
}

void evaluate_run(Database& database, std::int64_t run, const std::string& device,
                  const std::function<void(double)>& report) {
  const auto record = RunStore(database).require(run);
  const auto corpus = CorpusStore(database).get(record.corpus_id);
  if (find_objective(record.objective).is_supervised) {
    report_classifier(database, run, device);
  } else if (corpus.has_labels()) {
    EvaluationRequest request;
    if (!Experiment::from_json(record.resolved).flag("evaluation.linear_probe"))
      request.kinds = {"knn"};
    evaluate_checkpoint(database, run, request, report, device);
  }
  embed_run(database, run, {}, device);
}

std::string predict_corpus(Database& database, std::int64_t run, std::int64_t corpus,
                           const std::string& device) {
  const auto loaded = load_run(database, run, device, corpus);
  if (!find_objective(loaded->run.objective).is_supervised) {
    throw UserError("Run " + std::to_string(run) +
                    " has no softmax layer to predict with: fine-tune it first with \"pretext "
                    "evaluate " +
                    std::to_string(run) +
                    " --with finetune\", or keep a linear probe by --with probe.");
  }
  const auto [probabilities, classes] =
      class_probabilities(*loaded->encoder, *loaded->objective, loaded->device, *loaded->reader,
                          embedded_positions(loaded->corpus, "all"))
          .max(1);
  nlohmann::json predictions = nlohmann::json::array();
  for (std::int64_t i = 0; i < classes.size(0); ++i) {
    predictions.push_back({classes[i].item<std::int64_t>(), probabilities[i].item<float>()});
  }
  return nlohmann::json{{"predictions", predictions}}.dump();
}

}  // namespace pretext
