#include "core/store/sample_inserter.h"

namespace pretext {

OwnersUnchecked::OwnersUnchecked(Database& database) : database_(database) {
  database_.connection().exec("PRAGMA foreign_keys=OFF");
}

OwnersUnchecked::~OwnersUnchecked() {
  database_.connection().tryExec("PRAGMA foreign_keys=ON");
}

SampleInserter::SampleInserter(Database& database, std::int64_t corpus)
    : corpus_(corpus),
      sample_(database.prepare("INSERT INTO samples (corpus_id, position, key, duplicate_rank, "
                               "split, label, source, stamp) VALUES (?,?,?,?,?,?,?,?)")),
      skipped_(database.prepare("INSERT INTO skipped VALUES (?,?,?)")) {}

void SampleInserter::add(std::int64_t position, const SampleRecord& sample) {
  sample_.bind(1, corpus_);
  sample_.bind(2, position);
  sample_.bind(3, static_cast<std::int64_t>(sample.key));
  sample_.bind(4, sample.duplicate_rank);
  sample_.bind(5, sample.split);
  if (sample.label) {
    sample_.bind(6, *sample.label);
  } else {
    sample_.bind(6);
  }
  sample_.bind(7, sample.source);
  sample_.bind(8, static_cast<std::int64_t>(sample.stamp));
  sample_.exec();
  sample_.reset();
}

void SampleInserter::add(const SkippedFile& file) {
  skipped_.bind(1, corpus_);
  skipped_.bind(2, file.path);
  skipped_.bind(3, file.reason);
  skipped_.exec();
  skipped_.reset();
}

}  // namespace pretext
