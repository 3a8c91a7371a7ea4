#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"
#include "core/store/result_store.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// What `pretext evaluate` may ask for.
struct EvaluationRequest {
  std::vector<std::string> kinds = {"knn", "linear"};
  std::optional<std::int64_t> corpus;  ///< Another than the run's own.
  std::string test_corpus;             ///< Name; empty: `evaluation.test_corpus`.
  std::int64_t k = 0;                  ///< 0: the run's own.
  double temperature = 0.0;            ///< 0: the run's own.
};

/// What `pretext embed` may ask for.
struct EmbeddingRequest {
  std::optional<std::int64_t> corpus;  ///< Another than the run's own.
  std::string split;  ///< "all", or one part; empty: the evaluation split, at most 60,000.
};

/// Positions of the samples that are embedded: "all", those of one split, or, of an empty one, the
/// evaluation split, `most` of its samples, the same each time.
std::vector<std::int64_t> embedded_positions(const Corpus& corpus, const std::string& split,
                                             std::int64_t most = 60'000);

// `device`: where it is worked out; "auto" or as an engine has it.

/// Evaluates a run's newest checkpoint, the untrained encoder and what there is without one (raw
/// pixels, TF-IDF) under one protocol. Throws UserError when there are no labels or no checkpoint.
void evaluate_checkpoint(Database& database, std::int64_t run, const EvaluationRequest& request,
                         const std::function<void(double)>& report,
                         const std::string& device = "auto");

/// What a finished run leaves, unasked: kNN and linear when there are labels, embeddings and PCA.
/// Of a supervised run its own accuracy, also on its parent, beside that without an encoder. What
/// `report` throws leaves the rest off.
void evaluate_run(
    Database& database, std::int64_t run, const std::string& device,
    const std::function<void(double)>& report = [](double) {});

/// Stores features of the newest checkpoint; of the run's own corpus their principal
/// components as well.
void embed_run(Database& database, std::int64_t run, const EmbeddingRequest& request,
               const std::string& device = "auto");

/// Features of the run's newest checkpoint, of its own corpus, as stored; stored first where there
/// are none of it, or they are not of the samples that `split` names as an `EmbeddingRequest` does.
/// Of an empty one any will do.
Embeddings newest_embeddings(Database& database, std::int64_t run,
                             const std::string& device = "auto", const std::string& split = {});

/// What a fine-tuned run or kept probe says of each sample of a corpus, as JSON:
/// {"predictions": [[class index, probability], …]}. Throws UserError for a run without a softmax
/// layer.
std::string predict_corpus(Database& database, std::int64_t run, std::int64_t corpus,
                           const std::string& device = "auto");

}  // namespace pretext
