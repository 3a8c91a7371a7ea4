#include "core/store/bin.h"

#include "core/store/ownerless_rows.h"
#include "core/store/run_store.h"
#include "core/store/workspace_files.h"

namespace pretext {

std::vector<BinnedItem> binned_items(Database& database) {
  auto query = database.prepare(
      "SELECT r.id, r.name, r.deleted_ms, (SELECT total(bytes) FROM checkpoints c "
      "WHERE c.run_id = r.id AND c.pruned_ms IS NULL) FROM runs r WHERE r.deleted_ms IS NOT NULL "
      "UNION ALL SELECT 0, name, max(deleted_ms), total(bytes) FROM corpora "
      "WHERE deleted_ms IS NOT NULL GROUP BY name ORDER BY 3 DESC, 1 DESC");
  std::vector<BinnedItem> items;
  while (query.executeStep()) {
    items.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                     query.getColumn(2).getInt64(),
                     static_cast<std::int64_t>(query.getColumn(3).getDouble())});
  }
  return items;
}

void purge_run(Database& database, std::int64_t run) {
  DepartingFolder folder(database.workspace(), run_path(run));
  RunStore(database).purge(run);
  delete_ownerless_rows(database, Owner::kRun, run, kUntilGone);
  folder.remove();
}

}  // namespace pretext
