#pragma once

#include "core/store/database.h"
#include "core/store/run_store.h"

#include <string>
#include <vector>

namespace pretext {

/// Why a run's figures are not to be taken as they stand.
struct RunWarning {
  std::string text;                 ///< English, with "%1", "%2" where the values belong.
  std::vector<std::string> values;  ///< Numbers and names, the same in every language.

  std::string in_words() const;
  bool operator==(const RunWarning&) const = default;
};

/// What is suspicious of a run, the worst first, computed from its stored metrics and evaluations:
/// features that collapsed, a loss that is no number or no better than a guess, labels or
/// predictions of one class, kNN of more neighbours than there are samples, accuracies on copies of
/// what was learned from or on classes that were never seen. Of a run that goes on
/// what its readings say so far, once there are enough of them.
std::vector<RunWarning> run_warnings(Database& database, const RunRecord& run);

/// Those of its metrics, and those of its evaluations, which take longer to read of many classes.
std::vector<RunWarning> reading_warnings(Database& database, const RunRecord& run);
std::vector<RunWarning> evaluation_warnings(Database& database, const RunRecord& run);

/// Every text that `run_warnings` may use, for translators.
std::vector<std::string> run_warning_texts();

}  // namespace pretext
