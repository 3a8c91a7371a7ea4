#include "gpu/engine/language_job.h"

#include "core/base/error.h"
#include "core/text/piece_encoder.h"
#include "core/weights/imported.h"
#include "core/weights/safetensors.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/evaluation/blanks.h"
#include "gpu/evaluation/sampling.h"
#include "gpu/objective/language.h"
#include "gpu/training/state.h"

#include <torch/torch.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::json;

constexpr std::int64_t kCandidates = 5;
constexpr std::size_t kBlanks = 5;  // Of a run's page.
constexpr std::size_t kSamples = 3;

/// "[mask]" as a person may write it.
std::string with_masks(std::string text) {
  constexpr std::string_view kMask = "[MASK]";
  const auto is_letter_of = [](unsigned char own, char mask) { return std::toupper(own) == mask; };
  for (auto from = text.begin();;) {
    from = std::search(from, text.end(), kMask.begin(), kMask.end(), is_letter_of);
    if (from == text.end()) return text;
    from = std::copy(kMask.begin(), kMask.end(), from);
  }
}

std::vector<std::int32_t> pieces_of(const Vocabulary& vocabulary, const std::string& text) {
  std::vector<Token> tokens;
  PieceEncoder(vocabulary, true).encode(text, tokens);
  std::vector<std::int32_t> ids;
  ids.reserve(tokens.size());
  for (const auto& token : tokens) ids.push_back(token.id);
  return ids;
}

json listed(const std::vector<Candidate>& candidates, const Vocabulary& vocabulary) {
  json list = json::array();
  for (const auto& candidate : candidates) {
    list.push_back(
        {{"piece", vocabulary.piece(candidate.id)}, {"probability", candidate.probability}});
  }
  return list;
}

LanguageObjective& language_of(const LoadedRun& loaded, bool is_causal) {
  auto* language = dynamic_cast<LanguageObjective*>(loaded.objective.get());
  const bool fits = language && language->is_causal() == is_causal;
  if (fits) return *language;
  throw UserError("Run " + std::to_string(loaded.run.id) + " is " + loaded.run.objective +
                  (is_causal ? " and goes on with no text: choose a run of gpt."
                             : " and fills no blanks: choose a run of mlm, bert or sop."));
}

/// With [MASK], which decoding leaves out.
std::string readable(const Vocabulary& vocabulary, const std::vector<std::int32_t>& ids) {
  const auto mask = std::ranges::find(ids, vocabulary.mask());
  const auto before = decode_pieces(vocabulary, {ids.begin(), mask});
  const auto after = mask == ids.end() ? "" : decode_pieces(vocabulary, {mask + 1, ids.end()});
  return before + " [MASK] " + after;
}

json blanks_now(Encoder& encoder, LanguageObjective& language, const Corpus& corpus,
                std::int64_t positions, const torch::Device& device) {
  const auto& vocabulary = corpus.text().vocabulary();
  json blanks = json::array();
  for (const auto& blank : validation_blanks(corpus, kBlanks, positions)) {
    const auto filled = fill(encoder, language, vocabulary, blank.ids, kCandidates, device);
    blanks.push_back({{"text", readable(vocabulary, blank.ids)},
                      {"original", vocabulary.piece(blank.original)},
                      {"candidates", listed(filled.front(), vocabulary)}});
  }
  return {{"blanks", blanks}};
}

json samples_now(Encoder& encoder, LanguageObjective& language, const Corpus& corpus,
                 std::int64_t positions, const torch::Device& device) {
  constexpr std::ptrdiff_t kStart = 8;  // Pieces that are given.
  const auto& text = corpus.text();
  const auto& vocabulary = text.vocabulary();
  json samples = json::array();
  for (const auto document : corpus.split("validation")) {
    if (samples.size() == kSamples) break;
    auto start = text.pieces(text.sentences_of(document).first);
    if (std::ssize(start) < kStart) continue;
    start.resize(kStart);
    const auto added =
        sample_pieces(encoder, language, vocabulary, start,
                      {.temperature = 0.8, .positions = positions, .seed = samples.size()}, device);
    samples.push_back(
        {{"start", decode_pieces(vocabulary, start)}, {"text", decode_pieces(vocabulary, added)}});
  }
  return {{"samples", samples}};
}

}  // namespace

std::string fill_blanks(Database& database, std::int64_t run, const std::string& text,
                        const std::string& device) {
  const auto loaded = load_run(database, run, device);
  auto& language = language_of(*loaded, false);
  const auto& vocabulary = loaded->corpus.text().vocabulary();
  auto ids = pieces_of(vocabulary, with_masks(text));
  if (std::ranges::find(ids, vocabulary.mask()) == ids.end())
    throw UserError("There is no [MASK] in the text: put one where a piece is to be filled in.");
  ids.insert(ids.begin(), vocabulary.classify());
  ids.push_back(vocabulary.separate());
  if (std::cmp_greater(ids.size(), loaded->experiment.integer("encoder.positions"))) {
    throw UserError("The text has " + std::to_string(ids.size()) + " pieces and the encoder sees " +
                    std::to_string(loaded->experiment.integer("encoder.positions")) +
                    ": give a shorter one.");
  }
  json blanks = json::array();
  for (const auto& candidates :
       fill(*loaded->encoder, language, vocabulary, ids, kCandidates, loaded->device))
    blanks.push_back(listed(candidates, vocabulary));
  return json{
      {"blanks", blanks},
      {"untrained", has_untrained_head(database, loaded->run, language, loaded->checkpoint.step)}}
      .dump();
}

std::string continue_text(Database& database, std::int64_t run, const SampleRequest& request,
                          const std::string& device) {
  const auto loaded = load_run(database, run, device);
  auto& language = language_of(*loaded, true);
  const auto& vocabulary = loaded->corpus.text().vocabulary();
  auto ids = pieces_of(vocabulary, request.text);
  // A text begins where another has ended.
  if (ids.empty()) ids.push_back(vocabulary.separate());
  const auto added = sample_pieces(*loaded->encoder, language, vocabulary, ids,
                                   {.length = request.length,
                                    .temperature = request.temperature,
                                    .top_k = request.top_k,
                                    .positions = loaded->experiment.integer("encoder.positions"),
                                    .seed = request.seed},
                                   loaded->device);
  ids.insert(ids.end(), added.begin(), added.end());
  return json{{"text", decode_pieces(vocabulary, ids)}, {"added", added.size()}}.dump();
}

std::string thoughts(Encoder& encoder, Objective& objective, const Corpus& corpus,
                     std::int64_t positions, const torch::Device& device) {
  auto* language = dynamic_cast<LanguageObjective*>(&objective);
  if (!language) return {};
  return (language->is_causal() ? samples_now(encoder, *language, corpus, positions, device)
                                : blanks_now(encoder, *language, corpus, positions, device))
      .dump();
}

bool has_untrained_head(Database& database, const RunRecord& run, const Objective& objective,
                        std::int64_t step) {
  if (step > 0) return false;
  const auto heads = module_state(objective, "objective.");
  if (heads.empty()) return false;  // A GPT's decoder is its embeddings.
  if (run.parent_checkpoint) {
    RunStore runs(database);
    const auto parent = runs.checkpoint(*run.parent_checkpoint);
    return parent && runs.objective_of(parent->run_id) != run.objective;
  }
  const auto weights = Experiment::from_json(run.spec).text("encoder.weights");
  if (weights.empty()) return true;
  const auto file = imported_file(database.workspace(), weights);
  if (!std::filesystem::exists(file)) return false;  // Removed meanwhile: nobody knows.
  const auto imported = read_safetensors(file);
  return !std::ranges::all_of(heads,
                              [&](const auto& head) { return imported.contains(head.first); });
}

}  // namespace pretext
