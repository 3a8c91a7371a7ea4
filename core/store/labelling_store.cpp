#include "core/store/labelling_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/machine.h"
#include "core/store/blob.h"
#include "core/store/json_column.h"
#include "core/store/stored_positions.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>
#include <utility>

namespace pretext {
namespace {

using nlohmann::json;

constexpr const char* kSelectLabelling =
    "SELECT id, corpus_id, name, created_ms FROM labellings WHERE ";
constexpr const char* kSelectAct =
    "SELECT id, ifnull(class, ''), (SELECT count(*) FROM label_act_samples s WHERE s.act_id = "
    "label_acts.id), author, created_ms, undone_ms IS NOT NULL FROM label_acts "
    "WHERE labelling_id = ?1 ";

LabellingRecord read_labelling(SQLite::Statement& row) {
  return {.id = row.getColumn(0).getInt64(),
          .corpus_id = row.getColumn(1).getInt64(),
          .name = row.getColumn(2).getString(),
          .created_ms = row.getColumn(3).getInt64()};
}

LabelAct read_act(SQLite::Statement& row) {
  return {.id = row.getColumn(0).getInt64(),
          .label = row.getColumn(1).getString(),
          .num_samples = row.getColumn(2).getInt64(),
          .author = row.getColumn(3).getString(),
          .created_ms = row.getColumn(4).getInt64(),
          .is_undone = row.getColumn(5).getInt() != 0};
}

std::optional<LabelAct> one_act(Database& database, std::int64_t labelling,
                                const std::string& which) {
  auto query = database.prepare(kSelectAct + which);
  query.bind(1, labelling);
  if (!query.executeStep()) return std::nullopt;
  return read_act(query);
}

/// A sample of a corpus as it is found again in the next version.
struct NamedSample {
  std::int64_t position;
  std::int64_t key;
};

/// By whether they are of the test part and their names: the two parts may have equal ones.
using SamplesByName = std::multimap<std::pair<bool, std::string>, NamedSample>;

SamplesByName samples_by_name(Database& database, std::int64_t corpus) {
  auto query = database.prepare(
      "SELECT source, position, key, split = 'test' FROM samples WHERE corpus_id = ?");
  query.bind(1, corpus);
  SamplesByName samples;
  while (query.executeStep()) {
    samples.emplace(std::pair(query.getColumn(3).getInt() != 0, query.getColumn(0).getString()),
                    NamedSample{query.getColumn(1).getInt64(), query.getColumn(2).getInt64()});
  }
  return samples;
}

/// Where each sample of a corpus is in its next version, those that it still has: of equal content
/// and name, else of equal content where a file was renamed, else of equal name where it changed.
std::map<std::int64_t, std::int64_t> positions_in_next_version(Database& database,
                                                               std::int64_t from, std::int64_t to) {
  const auto before = samples_by_name(database, from);
  const auto next = samples_by_name(database, to);
  std::multimap<std::pair<bool, std::int64_t>, std::int64_t> by_content;
  for (const auto& [name, sample] : next)
    by_content.emplace(std::pair(name.first, sample.key), sample.position);
  std::map<std::int64_t, std::int64_t> positions;
  std::set<std::int64_t> taken;
  const auto take = [&](const NamedSample& sample, std::int64_t position) {
    if (positions.contains(sample.position) || !taken.insert(position).second) return;
    positions[sample.position] = position;
  };
  for (const auto& [name, sample] : before) {
    const auto [begin, end] = next.equal_range(name);
    for (auto place = begin; place != end; ++place)
      if (place->second.key == sample.key) take(sample, place->second.position);
  }
  for (const auto& [name, sample] : before) {
    const auto [begin, end] = by_content.equal_range({name.first, sample.key});
    for (auto place = begin; place != end; ++place) take(sample, place->second);
  }
  for (const auto& [name, sample] : before) {
    const auto [begin, end] = next.equal_range(name);
    if (begin != end && std::next(begin) == end) take(sample, begin->second.position);
  }
  return positions;
}

}  // namespace

std::vector<LabellingRecord> LabellingStore::list(std::int64_t corpus) {
  auto query = database_.prepare(std::string(kSelectLabelling) +
                                 "corpus_id = ? ORDER BY name COLLATE NOCASE");
  query.bind(1, corpus);
  std::vector<LabellingRecord> labellings;
  while (query.executeStep()) labellings.push_back(read_labelling(query));
  return labellings;
}

LabellingRecord LabellingStore::require(std::int64_t corpus, const std::string& name) {
  const auto all = list(corpus);
  std::string names;
  for (const auto& labelling : all) {
    if (labelling.name == name) return labelling;
    names += (names.empty() ? "" : ", ") + labelling.name;
  }
  throw UserError("The corpus has no labelling \"" + name + "\"; it has " +
                  (names.empty() ? "none" : names) + ". Labels are given on the Embeddings page.");
}

LabellingRecord LabellingStore::get(std::int64_t id) {
  auto query = database_.prepare(std::string(kSelectLabelling) + "id = ?");
  query.bind(1, id);
  if (!query.executeStep()) throw UserError("There is no labelling " + std::to_string(id) + ".");
  return read_labelling(query);
}

LabellingRecord LabellingStore::find_or_create(std::int64_t corpus, const std::string& name) {
  const auto plain = trimmed(name);
  if (plain.empty()) throw UserError("A labelling needs a name.");
  WriteTransaction transaction(database_);
  auto insert = database_.prepare(
      "INSERT OR IGNORE INTO labellings (corpus_id, name, created_ms) VALUES (?,?,?)");
  insert.bind(1, corpus);
  insert.bind(2, plain);
  insert.bind(3, now_ms());
  insert.exec();
  transaction.commit();
  return require(corpus, plain);
}

void LabellingStore::give(std::int64_t labelling, const std::vector<std::int64_t>& positions,
                          const std::string& label) {
  if (positions.empty()) throw UserError("Choose the samples to label first.");
  const auto plain = trimmed(label);
  WriteTransaction transaction(database_);
  auto drop = database_.prepare(
      "UPDATE label_acts SET is_dropped = 1 WHERE labelling_id = ? AND undone_ms IS NOT NULL");
  drop.bind(1, labelling);
  drop.exec();
  auto act = database_.prepare(
      "INSERT INTO label_acts (labelling_id, class, author, created_ms) VALUES (?,?,?,?)");
  act.bind(1, labelling);
  if (!plain.empty()) act.bind(2, plain);
  act.bind(3, user_name());
  act.bind(4, now_ms());
  act.exec();
  const auto id = database_.connection().getLastInsertRowid();
  auto sample = database_.prepare("INSERT OR IGNORE INTO label_act_samples VALUES (?,?)");
  for (const auto position : positions) {
    sample.bind(1, id);
    sample.bind(2, position);
    sample.exec();
    sample.reset();
  }
  transaction.commit();
}

std::optional<LabelAct> LabellingStore::next_undo(std::int64_t labelling) {
  return one_act(database_, labelling, "AND undone_ms IS NULL ORDER BY id DESC LIMIT 1");
}

std::optional<LabelAct> LabellingStore::next_redo(std::int64_t labelling) {
  return one_act(database_, labelling,
                 "AND undone_ms IS NOT NULL AND is_dropped = 0 ORDER BY id LIMIT 1");
}

void LabellingStore::set_undone(const LabelAct& act, bool undone) {
  auto update = database_.prepare("UPDATE label_acts SET undone_ms = ? WHERE id = ?");
  if (undone) update.bind(1, now_ms());
  update.bind(2, act.id);
  update.exec();
}

std::optional<LabelAct> LabellingStore::undo(std::int64_t labelling) {
  WriteTransaction transaction(database_);
  const auto act = next_undo(labelling);
  if (act) set_undone(*act, true);
  transaction.commit();
  return act;
}

std::optional<LabelAct> LabellingStore::redo(std::int64_t labelling) {
  WriteTransaction transaction(database_);
  const auto act = next_redo(labelling);
  if (act) set_undone(*act, false);
  transaction.commit();
  return act;
}

void LabellingStore::take_over(std::int64_t from_corpus, std::int64_t to_corpus) {
  const auto labellings = list(from_corpus);
  if (labellings.empty()) return;
  const auto positions = positions_in_next_version(database_, from_corpus, to_corpus);
  auto insert =
      database_.prepare("INSERT INTO labellings (corpus_id, name, created_ms) VALUES (?,?,?)");
  for (const auto& labelling : labellings) {
    insert.bind(1, to_corpus);
    insert.bind(2, labelling.name);
    insert.bind(3, labelling.created_ms);
    insert.exec();
    insert.reset();
    take_over_acts(labelling.id, database_.connection().getLastInsertRowid(), positions);
  }
}

void LabellingStore::take_over_acts(std::int64_t from_labelling, std::int64_t to_labelling,
                                    const std::map<std::int64_t, std::int64_t>& new_positions) {
  auto acts = database_.prepare("SELECT id FROM label_acts WHERE labelling_id = ? ORDER BY id");
  acts.bind(1, from_labelling);
  auto copy = database_.prepare(
      "INSERT INTO label_acts (labelling_id, class, author, created_ms, undone_ms, is_dropped) "
      "SELECT ?1, class, author, created_ms, undone_ms, is_dropped FROM label_acts WHERE id = ?2");
  auto samples = database_.prepare("SELECT position FROM label_act_samples WHERE act_id = ?");
  auto insert = database_.prepare("INSERT INTO label_act_samples VALUES (?,?)");
  while (acts.executeStep()) {
    copy.bind(1, to_labelling);
    copy.bind(2, acts.getColumn(0).getInt64());
    copy.exec();
    copy.reset();
    const auto act = database_.connection().getLastInsertRowid();
    samples.bind(1, acts.getColumn(0).getInt64());
    while (samples.executeStep()) {
      const auto found = new_positions.find(samples.getColumn(0).getInt64());
      if (found == new_positions.end()) continue;
      insert.bind(1, act);
      insert.bind(2, found->second);
      insert.exec();
      insert.reset();
    }
    samples.reset();
  }
}

std::map<std::int64_t, std::string> LabellingStore::labels(std::int64_t labelling) {
  auto query = database_.prepare(
      "SELECT position, class FROM labelled WHERE labelling_id = ? AND class IS NOT NULL");
  query.bind(1, labelling);
  std::map<std::int64_t, std::string> labels;
  while (query.executeStep())
    labels[query.getColumn(0).getInt64()] = query.getColumn(1).getString();
  return labels;
}

std::vector<LabelAct> LabellingStore::history(std::int64_t labelling) {
  auto query = database_.prepare(std::string(kSelectAct) + "ORDER BY id");
  query.bind(1, labelling);
  std::vector<LabelAct> acts;
  while (query.executeStep()) acts.push_back(read_act(query));
  return acts;
}

std::int64_t LabellingStore::last_act(std::int64_t labelling) {
  const auto act = next_undo(labelling);
  return act ? act->id : 0;
}

void LabellingStore::add_probe(std::int64_t labelling, std::int64_t run, const LabelProbe& probe) {
  WriteTransaction transaction(database_);
  auto insert = database_.prepare(
      "INSERT INTO label_probes (labelling_id, run_id, step, num_labels, last_act, classes, "
      "accuracy, protocol, positions, predicted, certainty, created_ms) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  insert.bind(1, labelling);
  insert.bind(2, run);
  insert.bind(3, probe.step);
  insert.bind(4, probe.num_labels);
  insert.bind(5, probe.last_act);
  insert.bind(6, json(probe.classes).dump());
  if (probe.accuracy) insert.bind(7, *probe.accuracy);
  insert.bind(8, probe.protocol);
  bind_blob<std::int64_t>(insert, 9, probe.positions);
  bind_blob<std::int32_t>(insert, 10, probe.predicted);
  bind_blob<float>(insert, 11, probe.certainty);
  insert.bind(12, now_ms());
  insert.exec();
  transaction.commit();
}

std::optional<LabelProbe> LabellingStore::newest_probe(std::int64_t labelling, std::int64_t run) {
  auto query = database_.prepare(
      "SELECT step, num_labels, last_act, classes, accuracy, protocol, positions, predicted, "
      "certainty, id FROM label_probes WHERE run_id = ? AND labelling_id = ? "
      "ORDER BY id DESC LIMIT 1");
  query.bind(1, run);
  query.bind(2, labelling);
  if (!query.executeStep()) return std::nullopt;
  LabelProbe probe;
  probe.step = query.getColumn(0).getInt64();
  probe.num_labels = query.getColumn(1).getInt64();
  probe.last_act = query.getColumn(2).getInt64();
  probe.classes = json_column<std::vector<std::string>>(query.getColumn(3).getString());
  if (!query.getColumn(4).isNull()) probe.accuracy = query.getColumn(4).getDouble();
  probe.protocol = query.getColumn(5).getString();
  probe.positions = read_blob<std::int64_t>(query, 6);
  probe.predicted = read_blob<std::int32_t>(query, 7);
  probe.certainty = read_blob<float>(query, 8);
  probe.id = query.getColumn(9).getInt64();
  const auto count = probe.positions.size();
  const bool is_whole =
      probe.predicted.size() == count && probe.certainty.size() == count &&
      std::ranges::all_of(probe.predicted,
                          [&](std::int32_t number) {
                            return number >= 0 && std::cmp_less(number, probe.classes.size());
                          }) &&
      are_positions(probe.positions, num_samples_of_run(database_, run));
  return is_whole ? std::optional(std::move(probe)) : std::nullopt;
}

std::optional<std::int64_t> LabellingStore::newest_probe_id(std::int64_t labelling,
                                                            std::int64_t run) {
  auto query =
      database_.prepare("SELECT max(id) FROM label_probes WHERE run_id = ? AND labelling_id = ?");
  query.bind(1, run);
  query.bind(2, labelling);
  query.executeStep();
  return optional_integer(query, 0);
}

}  // namespace pretext
