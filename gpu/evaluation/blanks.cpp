#include "gpu/evaluation/blanks.h"

#include "gpu/training/text_input.h"

#include <torch/torch.h>

#include <optional>

namespace pretext {
namespace {

constexpr std::size_t kShortest = 8;  // Pieces of a sentence.
constexpr std::size_t kLongest = 40;

/// [CLS] … [SEP], every [MASK] to be predicted.
Batch ready(const Vocabulary& vocabulary, const std::vector<std::int32_t>& ids) {
  ReadySequence sequence;
  sequence.pieces.ids = ids;
  sequence.pieces.segments.resize(ids.size(), 0);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] == vocabulary.mask())
      sequence.masked.push_back({static_cast<std::int32_t>(i), ids[i]});
  }
  return {.tokens = lay_out_rows({{std::move(sequence)}}, static_cast<std::int64_t>(ids.size()),
                                 vocabulary.pad())};
}

std::optional<Blank> blank_in(const Vocabulary& vocabulary,
                              const std::vector<std::int32_t>& pieces) {
  if (pieces.size() < kShortest || pieces.size() > kLongest) return std::nullopt;
  std::size_t chosen = pieces.size();
  std::size_t longest = 3;  // Letters; shorter words tell little.
  for (std::size_t i = pieces.size() / 2; i + 1 < pieces.size(); ++i) {
    const bool is_whole_word = !vocabulary.is_special(pieces[i]) &&
                               !vocabulary.is_continuation(pieces[i]) &&
                               !vocabulary.is_continuation(pieces[i + 1]);
    if (!is_whole_word || vocabulary.piece(pieces[i]).size() <= longest) continue;
    longest = vocabulary.piece(pieces[i]).size();
    chosen = i;
  }
  if (chosen == pieces.size()) return std::nullopt;
  Blank blank{{vocabulary.classify()}, pieces[chosen]};
  blank.ids.insert(blank.ids.end(), pieces.begin(), pieces.end());
  blank.ids.push_back(vocabulary.separate());
  blank.ids[chosen + 1] = vocabulary.mask();
  return blank;
}

}  // namespace

std::vector<std::vector<Candidate>> fill(Encoder& encoder, LanguageObjective& objective,
                                         const Vocabulary& vocabulary,
                                         const std::vector<std::int32_t>& ids,
                                         std::int64_t num_candidates, const torch::Device& device) {
  const torch::NoGradGuard no_grad;
  const bool was_training = encoder.is_training();
  encoder.eval();
  objective.eval();
  const auto scores = objective.scores(encoder, ready(vocabulary, ids).to(device))
                          .narrow(1, 0, vocabulary.size())
                          .to(torch::kCPU, torch::kFloat32);
  encoder.train(was_training);
  objective.train(was_training);
  const auto [probabilities, best] = scores.softmax(1).topk(num_candidates, 1);
  std::vector<std::vector<Candidate>> blanks;
  for (std::int64_t blank = 0; blank < best.size(0); ++blank) {
    auto& candidates = blanks.emplace_back();
    for (std::int64_t i = 0; i < num_candidates; ++i) {
      candidates.push_back(
          {best[blank][i].item<std::int32_t>(), probabilities[blank][i].item<double>()});
    }
  }
  return blanks;
}

std::vector<Blank> validation_blanks(const Corpus& corpus, std::size_t count,
                                     std::int64_t positions) {
  const auto& text = corpus.text();
  std::vector<Blank> blanks;
  for (const auto document : corpus.split("validation")) {
    if (blanks.size() == count) break;
    const auto [first, last] = text.sentences_of(document);
    for (auto sentence = first; sentence < last; ++sentence) {
      const auto blank = blank_in(text.vocabulary(), text.pieces(sentence));
      if (!blank || std::ssize(blank->ids) > positions) continue;
      blanks.push_back(*blank);
      break;
    }
  }
  return blanks;
}

}  // namespace pretext
