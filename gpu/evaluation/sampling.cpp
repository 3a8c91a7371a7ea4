#include "gpu/evaluation/sampling.h"

#include "core/base/philox.h"
#include "gpu/training/text_input.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

/// The last piece predicts what comes.
Batch ready(const std::vector<std::int32_t>& ids) {
  const auto length = static_cast<std::int64_t>(ids.size());
  ReadySequence sequence;
  sequence.pieces.ids = ids;
  sequence.pieces.segments.resize(ids.size(), 0);
  Batch batch{.tokens = lay_out_rows({{std::move(sequence)}}, length, 0)};
  batch.tokens.predicted = torch::full({1}, length - 1, torch::kInt64);
  return batch;
}

/// Scores (V) without the pieces that no text has.
torch::Tensor allowed(torch::Tensor scores, const Vocabulary& vocabulary) {
  scores = scores.narrow(0, 0, vocabulary.size()).clone();
  for (const auto id :
       {vocabulary.pad(), vocabulary.unknown(), vocabulary.classify(), vocabulary.mask()}) {
    if (id != Vocabulary::kNone && id != vocabulary.separate())
      scores[id] = -std::numeric_limits<float>::infinity();
  }
  return scores;
}

std::int32_t choose(const torch::Tensor& scores, const SamplingOptions& options,
                    std::uint64_t place) {
  if (options.temperature <= 0) return scores.argmax().item<std::int32_t>();
  const auto k = options.top_k > 0 ? std::min(options.top_k, scores.size(0)) : scores.size(0);
  const auto [best, ids] = scores.topk(k);
  const auto shares = (best / options.temperature).softmax(0).cumsum(0);
  const auto word =
      random_words({.seed = options.seed, .sample = place, .purpose = RandomPurpose::kEvaluation})
          .word[0];
  const auto index = (shares <= uniform(word)).sum().item<std::int64_t>();
  return ids[std::min(index, k - 1)].item<std::int32_t>();
}

}  // namespace

std::vector<std::int32_t> sample_pieces(Encoder& encoder, LanguageObjective& objective,
                                        const Vocabulary& vocabulary,
                                        const std::vector<std::int32_t>& start,
                                        const SamplingOptions& options,
                                        const torch::Device& device) {
  const torch::NoGradGuard no_grad;
  const bool was_training = encoder.is_training();
  encoder.eval();
  objective.eval();
  auto ids = start;
  const auto seen = static_cast<std::ptrdiff_t>(options.positions);
  for (std::int64_t place = 0; place < options.length; ++place) {
    const auto skipped = std::max<std::ptrdiff_t>(0, std::ssize(ids) - seen);
    const auto batch = ready({ids.begin() + skipped, ids.end()}).to(device);
    const auto scores = objective.scores(encoder, batch)[0].to(torch::kCPU, torch::kFloat32);
    const auto next =
        choose(allowed(scores, vocabulary), options, static_cast<std::uint64_t>(place));
    if (next == vocabulary.separate()) break;
    ids.push_back(next);
  }
  encoder.train(was_training);
  objective.train(was_training);
  return {ids.begin() + std::ssize(start), ids.end()};
}

}  // namespace pretext
