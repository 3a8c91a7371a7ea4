#include "app/label_export.h"

#include "app/csv_file.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/corpus.h"

namespace pretext {
namespace {

std::map<std::int64_t, std::string> givenLabels(Database& database,
                                                const LabellingRecord& labelling) {
  auto labels = LabellingStore(database).labels(labelling.id);
  if (labels.empty())
    throw UserError("The labelling \"" + labelling.name + "\" has no labels yet.");
  return labels;
}

}  // namespace

std::int64_t exportLabels(Database& database, const LabellingRecord& labelling,
                          const std::filesystem::path& file) {
  const auto labels = givenLabels(database, labelling);
  const Corpus corpus(database, CorpusStore(database).get(labelling.corpus_id));
  CsvFile csv(file, {"sample", "label", "position"});
  for (const auto& [position, label] : labels)
    csv.add({corpus.source(position), label, std::to_string(position)});
  csv.write();
  return std::ssize(labels);
}

std::int64_t exportPredictions(Database& database, const LabellingRecord& labelling,
                               std::int64_t run, const std::filesystem::path& file) {
  const auto probe = LabellingStore(database).newest_probe(labelling.id, run);
  if (!probe)
    throw UserError("No probe was trained on \"" + labelling.name + "\" and run " +
                    std::to_string(run) + " yet.");
  const Corpus corpus(database, CorpusStore(database).get(labelling.corpus_id));
  CsvFile csv(file, {"sample", "label", "probability", "position"});
  for (std::size_t i = 0; i < probe->positions.size(); ++i) {
    csv.add({corpus.source(probe->positions[i]),
             probe->classes[static_cast<std::size_t>(probe->predicted[i])],
             significant(static_cast<double>(probe->certainty[i])),
             std::to_string(probe->positions[i])});
  }
  csv.write();
  return std::ssize(probe->positions);
}

std::int64_t attachLabels(Database& database, const LabellingRecord& labelling) {
  return CorpusStore(database).set_labels(labelling.corpus_id, givenLabels(database, labelling));
}

}  // namespace pretext
