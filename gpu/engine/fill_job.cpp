#include "gpu/engine/fill_job.h"

#include "core/base/error.h"
#include "core/text/word_piece.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/objective/masked_lm.h"
#include "gpu/training/text_input.h"

#include <torch/torch.h>

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

constexpr std::int64_t kCandidates = 5;

/// [CLS] text [SEP], its [MASK]s to be predicted.
ReadySequence ready(const Vocabulary& vocabulary, const std::string& text) {
  std::vector<Token> tokens;
  WordPieceEncoder(vocabulary, true).encode(text, tokens);
  ReadySequence sequence;
  auto& ids = sequence.pieces.ids;
  ids.push_back(vocabulary.classify());
  for (const auto& token : tokens) {
    if (token.id == vocabulary.mask())
      sequence.masked.push_back({static_cast<std::int32_t>(ids.size()), token.id});
    ids.push_back(token.id);
  }
  ids.push_back(vocabulary.separate());
  sequence.pieces.segments.resize(ids.size(), 0);
  return sequence;
}

}  // namespace

std::string fill_blanks(Database& database, std::int64_t run, const std::string& text,
                        const std::string& device) {
  const auto loaded = load_run(database, run, device);
  auto* language = dynamic_cast<LanguageObjective*>(loaded->objective.get());
  if (!language) {
    throw UserError("Run " + std::to_string(run) + " is " + loaded->run.objective +
                    " and fills no blanks: choose a run of mlm, bert or sop.");
  }
  const auto& vocabulary = loaded->corpus.text().vocabulary();
  auto sequence = ready(vocabulary, text);
  if (sequence.masked.empty())
    throw UserError("There is no [MASK] in the text: put one where a piece is to be filled in.");
  const auto length = static_cast<std::int64_t>(sequence.pieces.ids.size());
  if (length > loaded->experiment.integer("encoder.positions")) {
    throw UserError("The text has " + std::to_string(length) + " pieces and the encoder sees " +
                    std::to_string(loaded->experiment.integer("encoder.positions")) +
                    ": give a shorter one.");
  }
  const torch::NoGradGuard no_grad;
  loaded->encoder->eval();
  loaded->objective->eval();
  const Batch batch{.tokens = lay_out_rows({{std::move(sequence)}}, length, vocabulary.pad())};
  const auto scores =
      language->scores(*loaded->encoder, batch.to(loaded->device)).narrow(1, 0, vocabulary.size());
  const auto [probabilities, ids] =
      scores.to(torch::kCPU, torch::kFloat32).softmax(1).topk(kCandidates, 1);
  nlohmann::json blanks = nlohmann::json::array();
  for (std::int64_t blank = 0; blank < ids.size(0); ++blank) {
    nlohmann::json candidates = nlohmann::json::array();
    for (std::int64_t i = 0; i < kCandidates; ++i) {
      candidates.push_back({{"piece", vocabulary.piece(ids[blank][i].item<int>())},
                            {"probability", probabilities[blank][i].item<float>()}});
    }
    blanks.push_back(candidates);
  }
  return nlohmann::json{{"blanks", blanks}}.dump();
}

}  // namespace pretext
