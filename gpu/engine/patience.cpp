#include "gpu/engine/patience.h"

#include "core/store/database.h"

#include <sqlite3.h>

namespace pretext {

bool may_pass(const std::exception& error) {
  if (is_disk_full(error) || dynamic_cast<const DatabaseBusy*>(&error)) return true;
  const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&error);
  return sqlite &&
         (sqlite->getErrorCode() == SQLITE_BUSY || sqlite->getErrorCode() == SQLITE_LOCKED);
}

}  // namespace pretext
