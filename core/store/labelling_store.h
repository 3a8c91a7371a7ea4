#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// A row of `labellings`: labels that people give to a corpus's samples by hand.
struct LabellingRecord {
  std::int64_t id = 0;
  std::int64_t corpus_id = 0;
  std::string name;
  std::int64_t created_ms = 0;
};

/// One act of labelling: some samples, one class.
struct LabelAct {
  std::int64_t id = 0;
  std::string label;  ///< Class; empty: their labels were taken away.
  std::int64_t num_samples = 0;
  std::string author;
  std::int64_t created_ms = 0;
  bool is_undone = false;
};

/// What a probe that was trained on a labelling says of the samples that a run embedded.
struct LabelProbe {
  std::int64_t step = 0;  ///< Of the run's checkpoint.
  std::int64_t num_labels = 0;
  std::int64_t last_act = 0;         ///< The newest of the acts that it learned from.
  std::vector<std::string> classes;  ///< By number.
  std::optional<double> accuracy;    ///< Cross-validated; none of too few labels.
  std::string protocol;              ///< In words.
  std::vector<std::int64_t> positions;
  std::vector<std::int32_t> predicted;  ///< Number of the class.
  std::vector<float> certainty;         ///< Probability of that class.
  std::int64_t id = 0;
};

/// Labellings with their history: nothing is overwritten, and each act can be undone and redone.
class LabellingStore {
 public:
  explicit LabellingStore(Database& database) : database_(database) {}

  /// Of one corpus, by name.
  std::vector<LabellingRecord> list(std::int64_t corpus);
  /// Throws UserError, naming those there are, when there is none of that name.
  LabellingRecord require(std::int64_t corpus, const std::string& name);
  /// Throws UserError when there is none.
  LabellingRecord get(std::int64_t id);
  /// That of the name, made if need be. Throws UserError for an empty name.
  LabellingRecord find_or_create(std::int64_t corpus, const std::string& name);

  /// Gives samples a class, or takes their labels away (empty). What was undone before can no
  /// longer be redone. Throws UserError for no samples.
  void give(std::int64_t labelling, const std::vector<std::int64_t>& positions,
            const std::string& label);
  /// Takes the newest act back, or does again what was last taken back; none: there was nothing.
  std::optional<LabelAct> undo(std::int64_t labelling);
  std::optional<LabelAct> redo(std::int64_t labelling);
  /// Takes the labellings of a corpus over to its next version inside the caller's transaction,
  /// with their history: of each sample those of the same name, and where several share it,
  /// content.
  void take_over(std::int64_t from_corpus, std::int64_t to_corpus);

  /// What each would do.
  std::optional<LabelAct> next_undo(std::int64_t labelling);
  std::optional<LabelAct> next_redo(std::int64_t labelling);

  /// The class of each labelled sample, by its position.
  std::map<std::int64_t, std::string> labels(std::int64_t labelling);
  /// All acts, oldest first.
  std::vector<LabelAct> history(std::int64_t labelling);
  /// The newest act that holds; 0 for none.
  std::int64_t last_act(std::int64_t labelling);

  void add_probe(std::int64_t labelling, std::int64_t run, const LabelProbe& probe);
  std::optional<LabelProbe> newest_probe(std::int64_t labelling, std::int64_t run);
  /// Its number alone.
  std::optional<std::int64_t> newest_probe_id(std::int64_t labelling, std::int64_t run);

 private:
  /// Marks an act as undone, or as holding again. Inside the caller's transaction.
  void set_undone(const LabelAct& act, bool undone);
  void take_over_acts(std::int64_t from_labelling, std::int64_t to_labelling,
                      const std::map<std::int64_t, std::int64_t>& new_positions);

  Database& database_;
};

}  // namespace pretext
