#include "core/store/result_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/half.h"
#include "core/base/statistics.h"
#include "core/store/blob.h"
#include "core/store/json_column.h"
#include "core/store/stored_positions.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>
#include <utility>

namespace pretext {
namespace {

using nlohmann::json;

void bind_optional(SQLite::Statement& statement, int index, std::optional<std::int64_t> value) {
  if (value) statement.bind(index, *value);
}

bool is_square(const std::vector<std::vector<std::int64_t>>& matrix) {
  return std::ranges::all_of(matrix, [&](const auto& row) { return row.size() == matrix.size(); });
}

/// Samples of a corpus; 0 where there is none.
std::int64_t num_samples_of(Database& database, std::int64_t corpus) {
  auto query = database.prepare("SELECT num_samples FROM corpora WHERE id = ?");
  query.bind(1, corpus);
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

}  // namespace

std::int64_t EvaluationRecord::num_samples() const {
  std::int64_t count = 0;
  for (const auto& row : confusion) count = std::accumulate(row.begin(), row.end(), count);
  return count;
}

double EvaluationRecord::majority_share() const {
  std::int64_t most = 0;
  for (const auto& row : confusion)
    most = std::max(most, std::accumulate(row.begin(), row.end(), std::int64_t{0}));
  return most == 0 ? 0.0 : static_cast<double>(most) / static_cast<double>(num_samples());
}

std::string accuracy_text(const EvaluationRecord& evaluation) {
  const auto count = evaluation.num_samples();
  const auto text = percent(evaluation.accuracy);
  if (count == 0) return text;
  const auto hits = std::llround(evaluation.accuracy * static_cast<double>(count));
  const auto [low, high] = wilson_interval(hits, count);
  return text + " ± " + fixed(100.0 * (high - low) / 2.0, 1);
}

double macro_f1(const std::vector<std::vector<std::int64_t>>& confusion) {
  double sum = 0.0;
  std::int64_t num_classes = 0;
  for (std::size_t own = 0; own < confusion.size(); ++own) {
    std::int64_t occurs = 0;
    std::int64_t predicted = 0;
    for (std::size_t other = 0; other < confusion.size(); ++other) {
      occurs += confusion[own][other];
      predicted += confusion[other][own];
    }
    if (occurs + predicted == 0) continue;
    ++num_classes;
    sum += 2.0 * static_cast<double>(confusion[own][own]) / static_cast<double>(occurs + predicted);
  }
  return num_classes == 0 ? 0.0 : sum / static_cast<double>(num_classes);
}

void ResultStore::add_evaluation(std::int64_t run, const EvaluationRecord& evaluation) {
  WriteTransaction transaction(database_);
  auto statement = database_.prepare(
      "INSERT INTO evaluations (run_id, checkpoint_id, child_run, corpus_id, step, kind, baseline, "
      "split, protocol, accuracy, confusion, num_copies, num_unseen, created_ms) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  statement.bind(1, run);
  bind_optional(statement, 2, evaluation.checkpoint_id);
  bind_optional(statement, 3, evaluation.child_run);
  statement.bind(4, evaluation.corpus_id);
  statement.bind(5, evaluation.step);
  statement.bind(6, evaluation.kind);
  statement.bind(7, evaluation.baseline);
  statement.bind(8, evaluation.split);
  statement.bind(9, evaluation.protocol);
  statement.bind(10, evaluation.accuracy);
  statement.bind(11, json(evaluation.confusion).dump());
  statement.bind(12, evaluation.doubts.num_copies);
  statement.bind(13, evaluation.doubts.num_unseen);
  statement.bind(14, now_ms());
  statement.exec();
  transaction.commit();
}

std::vector<EvaluationRecord> ResultStore::evaluations(std::int64_t run) {
  auto query = database_.prepare(
      "SELECT step, kind, baseline, split, protocol, accuracy, confusion, corpus_id, "
      "checkpoint_id, child_run, num_copies, num_unseen FROM evaluations WHERE run_id = ? "
      "ORDER BY id");
  query.bind(1, run);
  std::vector<EvaluationRecord> evaluations;
  while (query.executeStep()) {
    EvaluationRecord evaluation;
    evaluation.step = query.getColumn(0).getInt64();
    evaluation.kind = query.getColumn(1).getString();
    evaluation.baseline = query.getColumn(2).getString();
    evaluation.split = query.getColumn(3).getString();
    evaluation.protocol = query.getColumn(4).getString();
    evaluation.accuracy = query.getColumn(5).getDouble();
    evaluation.confusion =
        json_column<std::vector<std::vector<std::int64_t>>>(query.getColumn(6).getString());
    if (!is_square(evaluation.confusion)) continue;
    evaluation.corpus_id = query.getColumn(7).getInt64();
    evaluation.checkpoint_id = optional_integer(query, 8);
    evaluation.child_run = optional_integer(query, 9);
    evaluation.doubts = {query.getColumn(10).getInt64(), query.getColumn(11).getInt64()};
    evaluations.push_back(std::move(evaluation));
  }
  return evaluations;
}

std::int64_t ResultStore::newest_evaluation(std::int64_t run) {
  auto query = database_.prepare("SELECT ifnull(max(id), 0) FROM evaluations WHERE run_id = ?");
  query.bind(1, run);
  query.executeStep();
  return query.getColumn(0).getInt64();
}

std::map<std::string, std::map<std::string, EvaluationRecord>> ResultStore::newest_evaluations(
    std::int64_t run) {
  auto query = database_.prepare(
      "SELECT c.id, c.name FROM runs r JOIN evaluations e ON e.run_id = r.id JOIN corpora c ON "
      "c.id = e.corpus_id WHERE r.id = ? AND c.id != r.corpus_id");
  query.bind(1, run);
  std::map<std::int64_t, std::string> others;
  while (query.executeStep())
    others[query.getColumn(0).getInt64()] = " on " + query.getColumn(1).getString();
  std::map<std::string, std::map<std::string, EvaluationRecord>> newest;
  for (auto& evaluation : evaluations(run)) {
    const auto other = others.find(evaluation.corpus_id);
    const auto title = evaluation.kind + (other == others.end() ? "" : other->second);
    newest[title][evaluation.baseline] = std::move(evaluation);
  }
  return newest;
}

std::map<std::string, EvaluationRecord> ResultStore::own_evaluations(std::int64_t run) {
  std::map<std::string, EvaluationRecord> own;
  for (auto& [kind, by_baseline] : newest_evaluations(run)) {
    const auto trained = by_baseline.find("trained");
    const auto untrained = by_baseline.find("untrained");
    if (trained != by_baseline.end()) {
      own[kind] = std::move(trained->second);
    } else if (untrained != by_baseline.end() && !untrained->second.child_run) {
      own[kind] = std::move(untrained->second);
    }
  }
  return own;
}

std::map<std::int64_t, double> ResultStore::accuracies_of_all(const std::string& kind) {
  auto query = database_.prepare(
      "SELECT e.run_id, e.accuracy FROM evaluations e JOIN runs r ON r.id = e.run_id "
      "WHERE e.kind = ? AND e.corpus_id = r.corpus_id AND r.deleted_ms IS NULL "
      "AND (e.baseline = 'trained' OR (e.baseline = 'untrained' AND e.child_run IS NULL)) "
      "ORDER BY e.baseline = 'trained', e.id");
  query.bind(1, kind);
  std::map<std::int64_t, double> accuracies;
  while (query.executeStep())
    accuracies[query.getColumn(0).getInt64()] = query.getColumn(1).getDouble();
  return accuracies;
}

void ResultStore::set_embeddings(std::int64_t run, std::int64_t corpus,
                                 const Embeddings& embeddings) {
  constexpr std::size_t kChunk = 4096;
  WriteTransaction transaction(database_);
  auto remove = database_.prepare("DELETE FROM embeddings WHERE run_id = ? AND corpus_id = ?");
  remove.bind(1, run);
  remove.bind(2, corpus);
  remove.exec();
  auto statement = database_.prepare("INSERT INTO embeddings VALUES (?,?,?,?,?,?, 'float16', ?,?)");
  const auto width = static_cast<std::size_t>(embeddings.dimensions);
  std::vector<std::uint16_t> halves;
  for (std::size_t begin = 0; begin < embeddings.positions.size(); begin += kChunk) {
    const auto count = std::min(kChunk, embeddings.positions.size() - begin);
    halves.resize(count * width);
    std::transform(embeddings.rows.data() + begin * width,
                   embeddings.rows.data() + (begin + count) * width, halves.begin(), to_half);
    statement.bind(1, run);
    statement.bind(2, embeddings.checkpoint_id);
    statement.bind(3, corpus);
    statement.bind(4, static_cast<std::int64_t>(begin / kChunk));
    statement.bind(5, static_cast<std::int64_t>(count));
    statement.bind(6, embeddings.dimensions);
    bind_blob(statement, 7, std::span(embeddings.positions).subspan(begin, count));
    bind_blob<std::uint16_t>(statement, 8, halves);
    statement.exec();
    statement.reset();
  }
  transaction.commit();
}

Embeddings ResultStore::embeddings(std::int64_t run, std::int64_t corpus) {
  auto query = database_.prepare(
      "SELECT checkpoint_id, dimensions, dtype, positions, data, num_rows FROM embeddings "
      "WHERE run_id = ?1 AND corpus_id = ?2 AND checkpoint_id = (SELECT max(checkpoint_id) FROM "
      "embeddings WHERE run_id = ?1 AND corpus_id = ?2) ORDER BY chunk");
  query.bind(1, run);
  query.bind(2, corpus);
  Embeddings result;
  const auto refuse = [&] {
    throw UserError("The embeddings of run " + std::to_string(run) +
                    " are damaged in the workspace: embed it again.");
  };
  while (query.executeStep()) {
    const bool is_first = result.positions.empty();
    result.checkpoint_id = query.getColumn(0).getInt64();
    if (!is_first && result.dimensions != query.getColumn(1).getInt64()) refuse();
    result.dimensions = query.getColumn(1).getInt64();
    if (!std::cmp_equal(query.getColumn(5).getInt64() * std::int64_t{sizeof(std::int64_t)},
                        query.getColumn(3).getBytes()))
      refuse();
    const auto positions = read_blob<std::int64_t>(query, 3);
    result.positions.insert(result.positions.end(), positions.begin(), positions.end());
    if (query.getColumn(2).getString() == "float16") {
      for (const auto half : read_blob<std::uint16_t>(query, 4))
        result.rows.push_back(from_half(half));
    } else {
      const auto rows = read_blob<float>(query, 4);
      result.rows.insert(result.rows.end(), rows.begin(), rows.end());
    }
  }
  const auto count = result.positions.size();
  const bool is_whole = count == 0
                            ? result.rows.empty()
                            : (result.dimensions > 0 && result.rows.size() % count == 0 &&
                               std::cmp_equal(result.rows.size() / count, result.dimensions) &&
                               are_positions(result.positions, num_samples_of(database_, corpus)));
  if (!is_whole) refuse();
  return result;
}

std::optional<std::int64_t> ResultStore::embedded_checkpoint(std::int64_t run,
                                                             std::int64_t corpus) {
  auto query = database_.prepare(
      "SELECT max(checkpoint_id) FROM embeddings WHERE run_id = ? AND corpus_id = ?");
  query.bind(1, run);
  query.bind(2, corpus);
  query.executeStep();
  return optional_integer(query, 0);
}

void ResultStore::set_thoughts(std::int64_t run, const Thoughts& thoughts) {
  WriteTransaction transaction(database_);
  auto insert =
      database_.prepare("INSERT OR REPLACE INTO thoughts (run_id, step, answers) VALUES (?,?,?)");
  insert.bind(1, run);
  insert.bind(2, thoughts.step);
  insert.bind(3, thoughts.answers);
  insert.exec();
  transaction.commit();
}

std::optional<Thoughts> ResultStore::newest_thoughts(std::int64_t run) {
  auto query = database_.prepare(
      "SELECT step, answers FROM thoughts WHERE run_id = ? ORDER BY step DESC LIMIT 1");
  query.bind(1, run);
  if (!query.executeStep()) return std::nullopt;
  return Thoughts{query.getColumn(0).getInt64(), query.getColumn(1).getString()};
}

void ResultStore::take_thoughts_back_after(std::int64_t run, std::int64_t step) {
  WriteTransaction transaction(database_);
  auto remove = database_.prepare("DELETE FROM thoughts WHERE run_id = ? AND step > ?");
  remove.bind(1, run);
  remove.bind(2, step);
  remove.exec();
  transaction.commit();
}

}  // namespace pretext
