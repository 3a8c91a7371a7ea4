#pragma once

#include "core/store/corpus_store.h"

namespace pretext {

/// While it lives, rows may be inserted whose owner has no row. Not inside a transaction.
class OwnersUnchecked {
 public:
  explicit OwnersUnchecked(Database& database);
  ~OwnersUnchecked();
  OwnersUnchecked(const OwnersUnchecked&) = delete;
  OwnersUnchecked& operator=(const OwnersUnchecked&) = delete;

 private:
  Database& database_;
};

/// Inserts samples and skipped files of one corpus, inside the caller's transaction.
class SampleInserter {
 public:
  SampleInserter(Database& database, std::int64_t corpus);

  void add(std::int64_t position, const SampleRecord& sample);
  void add(const SkippedFile& file);

 private:
  std::int64_t corpus_;
  SQLite::Statement sample_;
  SQLite::Statement skipped_;
};

}  // namespace pretext
