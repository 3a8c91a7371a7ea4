#include "app/label_export.h"

#include "app/csv_file.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/corpus.h"

namespace pretext {
namespace {

std::vector<std::pair<std::string, std::string>> namedLabels(Database& database,
                                                             const LabellingRecord& labelling) {
  const Corpus corpus(database, CorpusStore(database).get(labelling.corpus_id));
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& [position, label] : LabellingStore(database).labels(labelling.id))
    rows.emplace_back(corpus.source(position), label);
  if (rows.empty()) throw UserError("The labelling \"" + labelling.name + "\" has no labels yet.");
  return rows;
}

}  // namespace

std::int64_t exportLabels(Database& database, const LabellingRecord& labelling,
                          const std::filesystem::path& file) {
  const auto rows = namedLabels(database, labelling);
  CsvFile csv(file, {"sample", "label"});
  for (const auto& [sample, label] : rows) csv.add({sample, label});
  csv.write();
  return std::ssize(rows);
}

std::int64_t exportPredictions(Database& database, const LabellingRecord& labelling,
                               std::int64_t run, const std::filesystem::path& file) {
  const auto probe = LabellingStore(database).newest_probe(labelling.id, run);
  if (!probe)
    throw UserError("No probe was trained on \"" + labelling.name + "\" and run " +
                    std::to_string(run) + " yet.");
  const Corpus corpus(database, CorpusStore(database).get(labelling.corpus_id));
  CsvFile csv(file, {"sample", "label", "probability"});
  for (std::size_t i = 0; i < probe->positions.size(); ++i) {
    csv.add({corpus.source(probe->positions[i]),
             probe->classes[static_cast<std::size_t>(probe->predicted[i])],
             significant(static_cast<double>(probe->certainty[i]))});
  }
  csv.write();
  return std::ssize(probe->positions);
}

std::int64_t attachLabels(Database& database, const LabellingRecord& labelling) {
  return CorpusStore(database).set_labels(labelling.corpus_id, namedLabels(database, labelling));
}

}  // namespace pretext
