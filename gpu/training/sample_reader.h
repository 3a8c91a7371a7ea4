#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/training/batch.h"

#include <torch/types.h>

#include <memory>
#include <optional>
#include <vector>

namespace pretext {

/// How an encoder sees the samples of a corpus outside of training. The corpus must outlive it.
class SampleReader {
 public:
  explicit SampleReader(const Corpus& corpus) : corpus_(corpus) {}
  virtual ~SampleReader() = default;

  const Corpus& corpus() const { return corpus_; }
  /// As evaluation sees them, nothing random: the centred square, or the pieces as they stand. On
  /// the CPU, in the order of `positions`.
  virtual Batch plain(const std::vector<std::int64_t>& positions) const = 0;
  /// What a learner without an encoder sees, (N, D): pixels; or how often each piece of the
  /// vocabulary stands in a text, sparse (COO).
  virtual torch::Tensor raw(const std::vector<std::int64_t>& positions) const = 0;
  /// Two fixed views of each, for monitors; none where the objective makes no two views.
  virtual std::optional<Batch> two_views(const std::vector<std::int64_t>& positions) const = 0;
  /// What a language model is asked of each, from its start: the next piece, or 15 % of its pieces,
  /// always the same. Of images none. Sequences are in the order of `positions`.
  virtual std::optional<Batch> questions(const std::vector<std::int64_t>& /*positions*/) const {
    return std::nullopt;
  }

 private:
  const Corpus& corpus_;
};

/// `own`: what the run was trained on, which decides how samples of `seen` are brought into the
/// form that its encoder knows. Throws UserError when the encoder cannot see them.
std::unique_ptr<SampleReader> make_reader(const Experiment& resolved, const Corpus& own,
                                          const Corpus& seen);

}  // namespace pretext
