#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace pretext {

/// What `pretext evaluate` may ask for.
struct EvaluationRequest {
  std::vector<std::string> kinds = {"knn", "linear"};
  std::int64_t k = 0;        ///< 0: the run's own.
  double temperature = 0.0;  ///< 0: the run's own.
};

/// Evaluates a run's newest checkpoint, the untrained encoder and raw pixels under one protocol,
/// stores embeddings of the reported split and their PCA. Throws UserError when there are no labels
/// or no checkpoint.
void evaluate_checkpoint(Database& database, std::int64_t run, const EvaluationRequest& request,
                         const std::function<void(double)>& report);

/// What a finished run leaves, unasked: kNN and linear when there are labels, embeddings and PCA.
void evaluate_run(Database& database, std::int64_t run, const std::function<void(double)>& report);

/// Embeddings of the reported split (at most 60,000) and their first two principal components.
void embed_run(Database& database, std::int64_t run);

}  // namespace pretext
