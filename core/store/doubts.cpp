#include "core/store/doubts.h"

#include "core/store/corpus_store.h"

#include <set>

namespace pretext {
namespace {

/// The name of a class; empty where there is none of that number.
std::string class_name(const CorpusRecord& corpus, std::int64_t label) {
  const bool is_known = label >= 0 && label < std::ssize(corpus.classes);
  return is_known ? corpus.classes[static_cast<std::size_t>(label)] : "";
}

/// The names of the classes that the training part has samples of.
std::set<std::string> classes_in_training(Database& database, const CorpusRecord& corpus) {
  auto query = database.prepare(
      "SELECT DISTINCT label FROM samples WHERE corpus_id = ? AND split = 'train' AND label IS NOT "
      "NULL");
  query.bind(1, corpus.id);
  std::set<std::string> names;
  while (query.executeStep()) names.insert(class_name(corpus, query.getColumn(0).getInt64()));
  return names;
}

std::int64_t count_copies(Database& database, std::int64_t learned, std::int64_t judged,
                          const std::string& split) {
  auto query = database.prepare(
      "SELECT count(*) FROM samples WHERE corpus_id = ? AND split = ? AND label IS NOT NULL AND "
      "key IN (SELECT key FROM samples WHERE corpus_id = ? AND split = 'train')");
  query.bind(1, judged);
  query.bind(2, split);
  query.bind(3, learned);
  query.executeStep();
  return query.getColumn(0).getInt64();
}

}  // namespace

Doubts count_doubts(Database& database, std::int64_t learned, std::int64_t judged,
                    const std::string& split) {
  CorpusStore corpora(database);
  const auto known = classes_in_training(database, corpora.get(learned));
  const auto corpus = corpora.get(judged);
  auto query = database.prepare(
      "SELECT label, count(*) FROM samples WHERE corpus_id = ? AND split = ? AND label IS NOT NULL "
      "GROUP BY label");
  query.bind(1, judged);
  query.bind(2, split);
  Doubts doubts{.num_copies = count_copies(database, learned, judged, split)};
  while (query.executeStep()) {
    if (!known.contains(class_name(corpus, query.getColumn(0).getInt64())))
      doubts.num_unseen += query.getColumn(1).getInt64();
  }
  return doubts;
}

}  // namespace pretext
