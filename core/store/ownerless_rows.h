#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <limits>
#include <set>

namespace pretext {

/// Whose rows go, when it has no row itself any more: a corpus's samples and skipped files, a run's
/// readings. There may be millions of them, so that they are deleted in short transactions.
enum class Owner { kCorpus, kRun };

constexpr double kUntilGone = std::numeric_limits<double>::infinity();  ///< s

/// Deletes such rows for about that long, and none where the owner has a row. Returns whether all
/// are gone.
bool delete_ownerless_rows(Database& database, Owner owner, std::int64_t id, double seconds);

/// Numbers of corpora that have samples or skipped files and no row.
std::set<std::int64_t> corpora_without_row(Database& database);

/// Whether a corpus, or run, has a row.
bool has_row(Database& database, Owner owner, std::int64_t id);

}  // namespace pretext
