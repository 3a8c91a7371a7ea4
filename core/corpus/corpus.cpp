#include "core/corpus/corpus.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/philox.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

namespace pretext {

namespace {

[[noreturn]] void refuse(const CorpusRecord& record) {
  throw UserError("The packed file of corpus \"" + record.name +
                  "\" does not belong to the workspace: restore it or ingest the corpus again.");
}

}  // namespace

Corpus::Corpus(Database& database, const CorpusRecord& record)
    : record_(record), folder_(database.workspace() / record.path) {
  if (record.kind == "text") {
    text_ = std::make_unique<PackedText>(folder_);
  } else if (record.kind == "series") {
    series_ = std::make_unique<PackedSeries>(folder_, static_cast<std::size_t>(record.channels));
  } else {
    images_ = std::make_unique<PackedImages>(folder_ / "images.ptx");
  }
  if (images_ && (std::cmp_less(record.mean.size(), record.channels) ||
                  std::cmp_less(record.deviation.size(), record.channels)))
    refuse(record);
  const auto samples = CorpusStore(database).samples(record.id);
  const auto num_packed = text_     ? text_->documents().size()
                          : series_ ? series_->size()
                                    : images_->size();
  const auto fingerprint = text_     ? text_->fingerprint()
                           : series_ ? series_->fingerprint()
                                     : images_->fingerprint();
  if (std::cmp_not_equal(samples.size(), num_packed) || num_packed != record.num_samples ||
      fingerprint != record.fingerprint)
    refuse(record);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto position = static_cast<std::int64_t>(i);
    const auto label = samples[i].label.value_or(kNoLabel);
    labels_.push_back(std::cmp_less(label, record.classes.size()) && label >= 0 ? label : kNoLabel);
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

std::vector<std::int64_t> Corpus::smallest_hashes(std::vector<std::int64_t> positions,
                                                  std::int64_t limit) const {
  if (limit <= 0 || limit >= static_cast<std::int64_t>(positions.size())) return positions;
  const auto hash = [this](std::int64_t position) {
    const auto words =
        random_words({.seed = 0, .sample = draw_key(position), .purpose = RandomPurpose::kSubset});
    return static_cast<std::uint64_t>(words.word[1]) << 32 | words.word[0];
  };
  std::vector<std::pair<std::uint64_t, std::int64_t>> ranked;
  ranked.reserve(positions.size());
  for (const auto position : positions) ranked.emplace_back(hash(position), position);
  std::ranges::nth_element(ranked, ranked.begin() + limit);
  positions.clear();
  for (std::int64_t i = 0; i < limit; ++i)
    positions.push_back(ranked[static_cast<std::size_t>(i)].second);
  std::ranges::sort(positions);
  return positions;
}

std::vector<std::int64_t> Corpus::fixed_part(const std::string& split, std::int64_t limit) const {
  return smallest_hashes(this->split(split), limit);
}

std::vector<std::int64_t> Corpus::labelled(const std::vector<std::int64_t>& positions,
                                           std::int64_t per_class) const {
  std::map<std::int64_t, std::vector<std::int64_t>> by_class;
  for (const auto position : positions) {
    if (label(position) != kNoLabel) by_class[label(position)].push_back(position);
  }
  std::vector<std::int64_t> chosen;
  for (auto& [label, members] : by_class) {
    for (const auto position : smallest_hashes(std::move(members), per_class))
      chosen.push_back(position);
  }
  std::ranges::sort(chosen);
  return chosen;
}

void Corpus::check_contents() const {
  if (text_) return text_->check_contents();
  if (series_) return series_->check_contents();
  parallel_for(images_->size(), num_cores(), 64,
               [&](std::int64_t position, int) { images_->check_contents(position); });
}

void Corpus::check_before_training() const {
  if (!images_) check_contents();
}

std::vector<PlanDocument> Corpus::plan_documents(const std::vector<std::int64_t>& positions) const {
  std::vector<PlanDocument> documents;
  documents.reserve(positions.size());
  for (const auto position : positions) documents.push_back({position, draw_key(position)});
  return documents;
}

}  // namespace pretext
