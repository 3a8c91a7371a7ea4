#include "core/corpus/duplicates.h"

#include <algorithm>
#include <map>
#include <utility>

namespace pretext {

std::vector<std::vector<std::int64_t>> duplicate_groups(Database& database, std::int64_t corpus) {
  auto query = database.prepare(
      "SELECT key, position FROM samples WHERE corpus_id = ?1 AND key IN (SELECT key FROM samples "
      "WHERE corpus_id = ?1 AND duplicate_rank > 0) ORDER BY position");
  query.bind(1, corpus);
  std::map<std::int64_t, std::vector<std::int64_t>> by_key;
  while (query.executeStep())
    by_key[query.getColumn(0).getInt64()].push_back(query.getColumn(1).getInt64());
  std::vector<std::vector<std::int64_t>> groups;
  groups.reserve(by_key.size());
  for (auto& [key, positions] : by_key) groups.push_back(std::move(positions));
  std::ranges::sort(groups);
  return groups;
}

}  // namespace pretext
