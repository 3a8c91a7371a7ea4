#include "core/store/ownerless_rows.h"

#include "core/base/clock.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace pretext {
namespace {

constexpr std::int64_t kRowsAtOnce = 20'000;  // A few hundredths of a second.

std::vector<std::string> deletions(Owner owner) {
  if (owner == Owner::kRun) {
    return {
        "DELETE FROM metrics WHERE run_id = ?1 AND (key_id, step, attempt) IN (SELECT key_id, "
        "step, attempt FROM metrics WHERE run_id = ?1 LIMIT ?2)"};
  }
  return {
      "DELETE FROM samples WHERE corpus_id = ?1 AND position IN (SELECT position FROM samples "
      "WHERE corpus_id = ?1 LIMIT ?2)",
      "DELETE FROM skipped WHERE rowid IN (SELECT rowid FROM skipped WHERE corpus_id = ?1 LIMIT "
      "?2)"};
}

/// Deletes some of them. Returns whether there may be more.
bool delete_some(Database& database, Owner owner, std::int64_t id) {
  WriteTransaction transaction(database, false);
  if (has_row(database, owner, id)) return false;  // An ingest has ended well meanwhile.
  int num_deleted = 0;
  for (const auto& sql : deletions(owner)) {
    auto remove = database.prepare(sql);
    remove.bind(1, id);
    remove.bind(2, kRowsAtOnce);
    num_deleted += remove.exec();
  }
  transaction.commit();
  return num_deleted > 0;
}

}  // namespace

bool delete_ownerless_rows(Database& database, Owner owner, std::int64_t id, double seconds) {
  const Stopwatch watch;
  while (delete_some(database, owner, id)) {
    if (watch.seconds() > seconds) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // In which others get their turn.
  }
  return true;
}

std::set<std::int64_t> corpora_without_row(Database& database) {
  std::set<std::int64_t> found;
  for (const auto* table : {"samples", "skipped"}) {
    auto next = database.prepare(std::string("SELECT min(corpus_id) FROM ") + table +
                                 " WHERE corpus_id > ?");
    std::int64_t id = std::numeric_limits<std::int64_t>::min();
    while (true) {
      next.bind(1, id);
      next.executeStep();
      const auto corpus = optional_integer(next, 0);
      next.reset();
      if (!corpus) break;
      id = *corpus;
      if (!has_row(database, Owner::kCorpus, id)) found.insert(id);
    }
  }
  return found;
}

bool has_row(Database& database, Owner owner, std::int64_t id) {
  auto query = database.prepare(owner == Owner::kCorpus ? "SELECT 1 FROM corpora WHERE id = ?"
                                                        : "SELECT 1 FROM runs WHERE id = ?");
  query.bind(1, id);
  return query.executeStep();
}

}  // namespace pretext
