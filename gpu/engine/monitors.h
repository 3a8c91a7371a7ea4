#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/evaluation/protocol.h"
#include "gpu/training/trainer.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// What is read of a model between steps of its training, on fixed parts of the validation split:
/// how well it does its task there, how its representation spreads, and its accuracy.
class Monitors {
 public:
  /// All must outlive it. `reader`: how training sees the corpus.
  Monitors(const Experiment& resolved, const Corpus& corpus, const SampleReader& reader);

  /// "val/…": of language models loss and perplexity, of two views the monitors of their
  /// representation.
  std::map<std::string, double> read(Trainer& trainer) const;
  /// "eval/…", where there are labels: of a classifier its own, else that of nearest neighbours,
  /// each so many epochs as asked for. `epoch`: that has just ended, from 1.
  std::map<std::string, double> accuracy(Trainer& trainer, std::int64_t epoch) const;
  /// Epochs from one accuracy to the next; 0: none is read.
  std::int64_t epochs_an_accuracy() const;

 private:
  std::map<std::string, double> representation(Trainer& trainer) const;

  const Experiment& experiment_;
  const Corpus& corpus_;
  const SampleReader& reader_;
  std::vector<std::int64_t> probe_;  // Whose views are looked at.
  bool is_supervised_;
  std::optional<Evaluation> evaluation_;
};

}  // namespace pretext
