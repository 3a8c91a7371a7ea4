#pragma once

#include "core/store/database.h"
#include "core/store/doubts.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// A row of `evaluations`.
struct EvaluationRecord {
  std::int64_t step = 0;
  std::string kind;      ///< "knn", "linear", "finetune", "probe"
  std::string baseline;  ///< "trained", "untrained", "raw"
  std::string split;     ///< "validation" or "test"
  std::string protocol;  ///< In words.
  double accuracy = 0.0;
  std::vector<std::vector<std::int64_t>> confusion;  ///< [true class][predicted class]
  std::int64_t corpus_id = 0;                        ///< On whose samples.
  std::optional<std::int64_t> checkpoint_id;
  std::optional<std::int64_t> child_run;  ///< The fine-tuning run that gave it.
  Doubts doubts;

  bool operator==(const EvaluationRecord&) const = default;

  /// How many samples were judged; 0 where there is no confusion matrix.
  std::int64_t num_samples() const;
  /// What always naming the most frequent class would get; 0 without samples.
  double majority_share() const;
};

/// "81.2 % ± 2.4": half the width of its 95 % interval, in percentage points, where the number of
/// samples is known.
std::string accuracy_text(const EvaluationRecord& evaluation);

/// Mean over the classes of their F1, 2·hits / (true + predicted); a class that neither occurs nor
/// is predicted is left out. `confusion`: [true class][predicted class].
double macro_f1(const std::vector<std::vector<std::int64_t>>& confusion);

/// Features of samples of one corpus, from one checkpoint.
struct Embeddings {
  std::int64_t checkpoint_id = 0;
  std::int64_t dimensions = 0;
  std::vector<std::int64_t> positions;
  std::vector<float> rows;  ///< `dimensions` values a position.
};

/// What a language model answers at a checkpoint.
struct Thoughts {
  std::int64_t step = 0;
  std::string answers;  ///< JSON, as in `thoughts`.
};

/// What evaluations and embeddings of runs gave; their projections are in `ProjectionStore`.
class ResultStore {
 public:
  explicit ResultStore(Database& database) : database_(database) {}

  void add_evaluation(std::int64_t run, const EvaluationRecord& evaluation);
  /// In the order in which they were made.
  std::vector<EvaluationRecord> evaluations(std::int64_t run);
  /// A number that grows with each of them, to see cheaply whether there are new ones; 0: none.
  std::int64_t newest_evaluation(std::int64_t run);
  /// The newest of each kind and baseline. The first key is the kind, with " on CORPUS" where that
  /// is not the run's own, the second the baseline.
  std::map<std::string, std::map<std::string, EvaluationRecord>> newest_evaluations(
      std::int64_t run);

  /// The newest accuracy of each kind as above that is the run's: of what was trained, its children
  /// that learned from it among that; of a run that itself learned from untrained weights, its own.
  /// Never that of a child's untrained baseline.
  std::map<std::string, EvaluationRecord> own_evaluations(std::int64_t run);

  /// The same of one kind ("linear", "knn", …) for every run that has it, by run.
  std::map<std::int64_t, double> accuracies_of_all(const std::string& kind);

  /// Replaces what the run had of that corpus. Stored as float16, in chunks of 4,096 rows.
  void set_embeddings(std::int64_t run, std::int64_t corpus, const Embeddings& embeddings);
  /// Empty (0 dimensions) when there are none.
  Embeddings embeddings(std::int64_t run, std::int64_t corpus);
  /// Their checkpoint alone; none when there are none.
  std::optional<std::int64_t> embedded_checkpoint(std::int64_t run, std::int64_t corpus);

  /// Replaces what the run had of that step.
  void set_thoughts(std::int64_t run, const Thoughts& thoughts);
  std::optional<Thoughts> newest_thoughts(std::int64_t run);
  /// Forgets those past a step that the run resumes from.
  void take_thoughts_back_after(std::int64_t run, std::int64_t step);

 private:
  Database& database_;
};

}  // namespace pretext
