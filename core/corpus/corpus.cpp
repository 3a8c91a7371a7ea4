#include "core/corpus/corpus.h"

#include "core/base/error.h"
#include "core/base/philox.h"

#include <algorithm>
#include <cassert>

namespace pretext {

Corpus::Corpus(Database& database, const CorpusRecord& record) : record_(record) {
  images_ = std::make_unique<PackedImages>(database.workspace() / record.path / "images.ptx");
  const auto samples = CorpusStore(database).samples(record.id);
  if (static_cast<std::int64_t>(samples.size()) != images_->size()) {
    throw UserError("The packed file of corpus \"" + record.name +
                    "\" does not belong to the workspace: restore it or ingest the corpus again.");
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto position = static_cast<std::int64_t>(i);
    labels_.push_back(samples[i].label.value_or(kNoLabel));
    sources_.push_back(samples[i].source);
    draw_keys_.push_back(samples[i].key + static_cast<std::uint64_t>(samples[i].duplicate_rank));
    if (samples[i].split == "train") train_.push_back(position);
    if (samples[i].split == "validation") validation_.push_back(position);
    if (samples[i].split == "test") test_.push_back(position);
  }
}

const std::vector<std::int64_t>& Corpus::split(const std::string& name) const {
  if (name == "train") return train_;
  if (name == "validation") return validation_;
  assert(name == "test");
  return test_;
}

std::vector<std::int64_t> Corpus::training_subset(std::int64_t limit) const {
  if (limit <= 0 || limit >= static_cast<std::int64_t>(train_.size())) return train_;
  const auto hash = [this](std::int64_t position) {
    const auto words =
        random_words({.seed = 0, .sample = draw_key(position), .purpose = RandomPurpose::kSubset});
    return static_cast<std::uint64_t>(words.word[1]) << 32 | words.word[0];
  };
  std::vector<std::pair<std::uint64_t, std::int64_t>> ranked;
  for (const auto position : train_) ranked.emplace_back(hash(position), position);
  std::ranges::nth_element(ranked, ranked.begin() + limit);
  std::vector<std::int64_t> subset;
  for (std::int64_t i = 0; i < limit; ++i)
    subset.push_back(ranked[static_cast<std::size_t>(i)].second);
  std::ranges::sort(subset);
  return subset;
}

}  // namespace pretext
