#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <string>

namespace pretext {

/// What makes an accuracy untrue, in labelled samples of those that it judges.
struct Doubts {
  std::int64_t num_copies = 0;  ///< Exact copies of samples that were learned from.
  std::int64_t num_unseen = 0;  ///< Of classes that nothing was learned of.

  bool operator==(const Doubts&) const = default;
};

/// Those of the part `split` of `judged`, where labels of the training part of `learned` are
/// learned from. Both are ids of corpora; classes are compared by name.
Doubts count_doubts(Database& database, std::int64_t learned, std::int64_t judged,
                    const std::string& split);

}  // namespace pretext
