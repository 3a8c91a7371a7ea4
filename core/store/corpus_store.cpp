#include "core/store/corpus_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/natural_order.h"
#include "core/store/json_column.h"
#include "core/store/ownerless_rows.h"
#include "core/store/sample_inserter.h"
#include "core/store/workspace_files.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>
#include <unordered_map>

namespace pretext {
namespace {

using nlohmann::json;

constexpr const char* kColumns =
    "id, name, version, kind, path, source, num_samples, num_duplicates, channels, min_width, "
    "max_width, min_height, max_height, mean, deviation, value_low, value_high, fingerprint, "
    "classes, bytes, created_ms, details, labels_version";

CorpusRecord read(SQLite::Statement& row) {
  CorpusRecord corpus;
  corpus.id = row.getColumn(0).getInt64();
  corpus.name = row.getColumn(1).getString();
  corpus.version = row.getColumn(2).getInt64();
  corpus.kind = row.getColumn(3).getString();
  corpus.path = corpus_path(corpus.id);
  corpus.source = row.getColumn(5).getString();
  corpus.num_samples = row.getColumn(6).getInt64();
  corpus.num_duplicates = row.getColumn(7).getInt64();
  corpus.channels = row.getColumn(8).getInt();
  corpus.min_width = row.getColumn(9).getInt();
  corpus.max_width = row.getColumn(10).getInt();
  corpus.min_height = row.getColumn(11).getInt();
  corpus.max_height = row.getColumn(12).getInt();
  corpus.mean = json_column<std::vector<double>>(row.getColumn(13).getString());
  corpus.deviation = json_column<std::vector<double>>(row.getColumn(14).getString());
  corpus.value_low = row.getColumn(15).getDouble();
  corpus.value_high = row.getColumn(16).getDouble();
  corpus.fingerprint = row.getColumn(17).getString();
  corpus.classes = json_column<std::vector<std::string>>(row.getColumn(18).getString());
  corpus.bytes = row.getColumn(19).getInt64();
  corpus.created_ms = row.getColumn(20).getInt64();
  corpus.details = row.getColumn(21).getString();
  corpus.labels_version = row.getColumn(22).getInt64();
  return corpus;
}

void bind(SQLite::Statement& statement, const CorpusRecord& corpus) {
  statement.bind(1, corpus.name);
  statement.bind(2, corpus.version);
  statement.bind(3, corpus.kind);
  statement.bind(4, corpus.path);
  statement.bind(5, corpus.source);
  statement.bind(6, corpus.num_samples);
  statement.bind(7, corpus.num_duplicates);
  statement.bind(8, corpus.channels);
  statement.bind(9, corpus.min_width);
  statement.bind(10, corpus.max_width);
  statement.bind(11, corpus.min_height);
  statement.bind(12, corpus.max_height);
  statement.bind(13, json(corpus.mean).dump());
  statement.bind(14, json(corpus.deviation).dump());
  statement.bind(15, corpus.value_low);
  statement.bind(16, corpus.value_high);
  statement.bind(17, corpus.fingerprint);
  statement.bind(18, json(corpus.classes).dump());
  statement.bind(19, corpus.bytes);
  statement.bind(20, now_ms());
  statement.bind(21, corpus.details);
  statement.bind(22, corpus.id);
}

/// Those in the bin. Throws UserError where there are none, or runs stand on one.
std::vector<std::int64_t> versions_to_purge(Database& database, const std::string& name) {
  auto query = database.prepare(
      "SELECT id, (SELECT count(*) FROM runs r WHERE r.corpus_id = c.id) FROM corpora c "
      "WHERE name = ? AND deleted_ms IS NOT NULL");
  query.bind(1, name);
  std::vector<std::int64_t> ids;
  while (query.executeStep()) {
    if (const auto num_runs = query.getColumn(1).getInt64(); num_runs > 0) {
      throw UserError(std::to_string(num_runs) + " runs stand on corpus \"" + name +
                      "\": purge them first.");
    }
    ids.push_back(query.getColumn(0).getInt64());
  }
  if (ids.empty())
    throw UserError("There is no corpus \"" + name + "\" in the bin: delete it first.");
  return ids;
}

/// A corpus with all that stands on it; the connection does not check owners meanwhile.
void remove_but_for_samples(Database& database, std::int64_t id) {
  constexpr const char* kActs =
      "(SELECT a.id FROM label_acts a JOIN labellings l ON l.id = a.labelling_id "
      "WHERE l.corpus_id = ?)";
  constexpr const char* kLabellings = "(SELECT id FROM labellings WHERE corpus_id = ?)";
  for (const auto& statement :
       {std::string("DELETE FROM evaluations WHERE corpus_id = ?"),
        std::string("DELETE FROM embeddings WHERE corpus_id = ?"),
        std::string("DELETE FROM label_act_samples WHERE act_id IN ") + kActs,
        std::string("DELETE FROM label_acts WHERE labelling_id IN ") + kLabellings,
        std::string("DELETE FROM label_probes WHERE labelling_id IN ") + kLabellings,
        std::string("DELETE FROM labellings WHERE corpus_id = ?"),
        std::string("DELETE FROM corpora WHERE id = ?")}) {
    auto remove = database.prepare(statement);
    remove.bind(1, id);
    remove.exec();
  }
}

}  // namespace

SampleRows sample_rows(const std::vector<SampleRecord>& samples) {
  return {static_cast<std::int64_t>(samples.size()), [&samples](std::int64_t position) {
            return samples[static_cast<std::size_t>(position)];
          }};
}

std::int64_t CorpusRecord::natural_size() const {
  constexpr int kLargest = 224;
  return std::min(kLargest, std::min(max_width, max_height));
}

void require_corpus_name(const std::string& name) {
  const auto refuse = [&](const std::string& why) {
    throw UserError("A corpus cannot be called \"" + name + "\": " + why);
  };
  if (name.empty()) refuse("give it a name.");
  if (std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }))
    refuse("commands take a number for a run, so add a letter.");
  const bool is_plain = std::ranges::none_of(
      name, [](char c) { return c == '/' || static_cast<unsigned char>(c) < ' '; });
  if (!is_plain || name.starts_with('-')) refuse("leave out \"/\", line ends and a leading \"-\".");
}

void require_labels(const CorpusRecord& corpus) {
  if (corpus.has_labels()) return;
  throw UserError("The corpus \"" + corpus.name + "\" has " +
                  (corpus.classes.empty() ? "no labels" : "one class") +
                  ", so accuracy means nothing: attach labels of at least two classes with "
                  "\"pretext label " +
                  corpus.name + " FILE.csv\".");
}

std::vector<CorpusRecord> CorpusStore::list() {
  auto query = database_.prepare(
      std::string("SELECT ") + kColumns +
      " FROM corpora c WHERE deleted_ms IS NULL AND version = (SELECT max(version) FROM corpora d "
      "WHERE d.name = c.name AND d.deleted_ms IS NULL) ORDER BY name");
  std::vector<CorpusRecord> corpora;
  while (query.executeStep()) corpora.push_back(read(query));
  return corpora;
}

std::optional<CorpusRecord> CorpusStore::find(const std::string& name) {
  auto query = database_.prepare(std::string("SELECT ") + kColumns +
                                 " FROM corpora WHERE name = ? AND deleted_ms IS NULL "
                                 "ORDER BY version DESC LIMIT 1");
  query.bind(1, name);
  if (!query.executeStep()) return std::nullopt;
  return read(query);
}

CorpusRecord CorpusStore::require(const std::string& name) {
  if (auto corpus = find(name)) return *corpus;
  std::string all;
  for (const auto& corpus : list()) all += (all.empty() ? "" : ", ") + corpus.name;
  if (name.empty() && !all.empty()) {
    throw UserError("No corpus is named: set corpus to one of " + all + ".");
  }
  throw UserError("There is no corpus \"" + name + "\": " +
                  (all.empty() ? "make one with \"pretext ingest images SRC --name NAME\"."
                               : "choose one of " + all + "."));
}

CorpusRecord CorpusStore::get(std::int64_t id) {
  auto query = database_.prepare(std::string("SELECT ") + kColumns + " FROM corpora WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep()) {
    throw UserError("Corpus number " + std::to_string(id) + " is gone: ingest it again.");
  }
  return read(query);
}

std::int64_t CorpusStore::labels_version(std::int64_t id) {
  auto query = database_.prepare("SELECT labels_version FROM corpora WHERE id = ?");
  query.bind(1, id);
  return query.executeStep() ? query.getColumn(0).getInt64() : -1;
}

std::int64_t CorpusStore::newest_version(const std::string& name) {
  auto query = database_.prepare("SELECT coalesce(max(version), 0) FROM corpora WHERE name = ?");
  query.bind(1, name);
  query.executeStep();
  return query.getColumn(0).getInt64();
}

std::vector<SampleRecord> CorpusStore::samples(std::int64_t corpus_id) {
  auto query = database_.prepare(
      "SELECT key, duplicate_rank, split, label, source, stamp FROM samples WHERE corpus_id = ? "
      "ORDER BY position");
  query.bind(1, corpus_id);
  std::vector<SampleRecord> samples;
  while (query.executeStep()) {
    SampleRecord sample;
    sample.key = static_cast<std::uint64_t>(query.getColumn(0).getInt64());
    sample.duplicate_rank = query.getColumn(1).getInt64();
    sample.split = query.getColumn(2).getString();
    if (!query.isColumnNull(3)) sample.label = query.getColumn(3).getInt64();
    sample.source = query.getColumn(4).getString();
    sample.stamp = static_cast<std::uint64_t>(query.getColumn(5).getInt64());
    samples.push_back(std::move(sample));
  }
  return samples;
}

std::vector<SkippedFile> CorpusStore::skipped(std::int64_t corpus_id) {
  auto query = database_.prepare("SELECT path, reason FROM skipped WHERE corpus_id = ?");
  query.bind(1, corpus_id);
  std::vector<SkippedFile> skipped;
  while (query.executeStep()) {
    skipped.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
  }
  std::ranges::stable_sort(skipped, natural_before, &SkippedFile::path);
  return skipped;
}

std::int64_t CorpusStore::reserve_id() {
  auto known = database_.prepare(
      "INSERT INTO sqlite_sequence (name, seq) SELECT 'corpora', ifnull((SELECT max(id) FROM "
      "corpora), 0) WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'corpora')");
  known.exec();
  auto next = database_.prepare(
      "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'corpora' RETURNING seq");
  next.executeStep();
  const auto id = next.getColumn(0).getInt64();
  next.executeStep();
  return id;
}

void CorpusStore::insert(const CorpusRecord& corpus) {
  auto statement = database_.prepare(
      "INSERT INTO corpora (name, version, kind, path, source, num_samples, num_duplicates, "
      "channels, min_width, max_width, min_height, max_height, mean, deviation, value_low, "
      "value_high, fingerprint, classes, bytes, created_ms, details, id) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  bind(statement, corpus);
  statement.exec();
}

std::int64_t CorpusStore::insert(CorpusRecord corpus, const SampleRows& samples,
                                 const std::vector<SkippedFile>& skipped) {
  corpus.id = reserve_id();
  corpus.path = corpus_path(corpus.id);
  insert(corpus);
  SampleInserter rows(database_, corpus.id);
  for (std::int64_t i = 0; i < samples.count; ++i) rows.add(i, samples.at(i));
  for (const auto& file : skipped) rows.add(file);
  return corpus.id;
}

void CorpusStore::insert_ahead(std::int64_t id, const SampleRows& samples,
                               const std::vector<SkippedFile>& skipped) {
  constexpr double kSeconds = 0.05;
  constexpr std::chrono::milliseconds kGap(5);  // In which others get their turn.
  const OwnersUnchecked no_row_yet(database_);
  const auto num_skipped = std::ssize(skipped);
  for (std::int64_t next = 0; next < samples.count + num_skipped;) {
    const Stopwatch watch;
    WriteTransaction transaction(database_, false);
    SampleInserter rows(database_, id);
    for (; next < samples.count + num_skipped && watch.seconds() < kSeconds; ++next) {
      if (next < samples.count)
        rows.add(next, samples.at(next));
      else
        rows.add(skipped[static_cast<std::size_t>(next - samples.count)]);
    }
    transaction.commit();
    std::this_thread::sleep_for(kGap);
  }
}

std::int64_t CorpusStore::set_labels(std::int64_t corpus_id,
                                     const std::map<std::int64_t, std::string>& rows) {
  WriteTransaction transaction(database_);
  auto classes = get(corpus_id).classes;
  std::map<std::string, std::int64_t> index;
  for (std::size_t i = 0; i < classes.size(); ++i) index[classes[i]] = static_cast<std::int64_t>(i);
  auto update =
      database_.prepare("UPDATE samples SET label = ? WHERE corpus_id = ? AND position = ?");
  std::int64_t num_set = 0;
  for (const auto& [position, name] : rows) {
    if (name.empty()) continue;
    ++num_set;
    const auto [number, is_new] = index.emplace(name, std::ssize(classes));
    if (is_new) classes.push_back(name);
    update.bind(1, number->second);
    update.bind(2, corpus_id);
    update.bind(3, position);
    update.exec();
    update.reset();
  }
  auto set_classes = database_.prepare(
      "UPDATE corpora SET classes = ?, labels_version = labels_version + 1 WHERE id = ?");
  set_classes.bind(1, json(classes).dump());
  set_classes.bind(2, corpus_id);
  set_classes.exec();
  transaction.commit();
  return num_set;
}

void CorpusStore::move_to_bin(const std::string& name) {
  WriteTransaction transaction(database_);
  require(name);
  auto busy = database_.prepare(
      "SELECT r.id FROM runs r JOIN corpora c ON c.id = r.corpus_id WHERE c.name = ? AND "
      "c.deleted_ms IS NULL AND r.deleted_ms IS NULL AND r.status IN ('queued', 'running') "
      "ORDER BY r.id LIMIT 1");
  busy.bind(1, name);
  if (busy.executeStep()) {
    const auto run = std::to_string(busy.getColumn(0).getInt64());
    throw UserError("Run " + run + " is queued or trains on \"" + name +
                    "\": stop it first, with \"pretext stop " + run + "\".");
  }
  auto update =
      database_.prepare("UPDATE corpora SET deleted_ms = ? WHERE name = ? AND deleted_ms IS NULL");
  update.bind(1, now_ms());
  update.bind(2, name);
  update.exec();
  transaction.commit();
}

void CorpusStore::restore(const std::string& name, const std::string& new_name) {
  const auto& as = new_name.empty() ? name : new_name;
  if (!new_name.empty()) require_corpus_name(new_name);
  WriteTransaction transaction(database_);
  auto binned =
      database_.prepare("SELECT 1 FROM corpora WHERE name = ? AND deleted_ms IS NOT NULL LIMIT 1");
  binned.bind(1, name);
  if (!binned.executeStep()) throw UserError("There is no corpus \"" + name + "\" in the bin.");
  if (find(as)) {
    throw UserError("There is a corpus \"" + as +
                    "\" already: give the one from the bin another "
                    "name, with \"pretext restore " +
                    name + " --as NAME\".");
  }
  // Their numbers follow those that the new name has, should it stand in the bin as well.
  auto update = database_.prepare(
      "UPDATE corpora SET deleted_ms = NULL, name = ?2, version = version + iif(?1 = ?2, 0, "
      "(SELECT coalesce(max(version), 0) FROM corpora WHERE name = ?2)) WHERE name = ?1 AND "
      "deleted_ms = (SELECT max(deleted_ms) FROM corpora WHERE name = ?1)");
  update.bind(1, name);
  update.bind(2, as);
  update.exec();
  transaction.commit();
}

void CorpusStore::purge(const std::string& name) {
  std::vector<std::unique_ptr<DepartingFolder>> folders;  // They go once their rows are gone.
  const OwnersUnchecked samples_stay(database_);          // Deleted in slices, below.
  WriteTransaction transaction(database_);
  const auto ids = versions_to_purge(database_, name);
  for (const auto id : ids) {
    folders.push_back(std::make_unique<DepartingFolder>(database_.workspace(), corpus_path(id)));
    remove_but_for_samples(database_, id);
  }
  transaction.commit();
  for (const auto id : ids) delete_ownerless_rows(database_, Owner::kCorpus, id, kUntilGone);
  for (auto& folder : folders) folder->remove();
}

}  // namespace pretext
