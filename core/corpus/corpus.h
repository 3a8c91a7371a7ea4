#pragma once

#include "core/corpus/packed_images.h"
#include "core/corpus/packed_series.h"
#include "core/corpus/packed_text.h"
#include "core/store/corpus_store.h"
#include "core/text/sequence_plan.h"

#include <memory>
#include <string>
#include <vector>

namespace pretext {

/// A corpus opened for reading: its record, its samples' keys, splits and labels, and its pictures,
/// documents or series; a sample is one of these. Immutable; safe to read from many threads.
class Corpus {
 public:
  static constexpr std::int64_t kNoLabel = -1;

  /// Throws UserError when its file is missing or damaged or does not belong to the record: of
  /// another number of samples, or another fingerprint.
  Corpus(Database& database, const CorpusRecord& record);

  const CorpusRecord& record() const { return record_; }
  const std::filesystem::path& folder() const { return folder_; }  ///< Of its packed form.
  bool has_images() const { return images_ != nullptr; }
  bool is_text() const { return text_ != nullptr; }
  bool is_series() const { return series_ != nullptr; }
  const PackedImages& images() const { return *images_; }  ///< Of a corpus of images only.
  ValueWindow value_window() const {                       ///< Of its pictures.
    return {static_cast<float>(record_.value_low), static_cast<float>(record_.value_high)};
  }
  const PackedText& text() const { return *text_; }        ///< Of a corpus of text only.
  const PackedSeries& series() const { return *series_; }  ///< Of a corpus of series only.
  std::int64_t size() const { return static_cast<std::int64_t>(labels_.size()); }

  /// Positions of the samples of "train", "validation" or "test", ascending.
  const std::vector<std::int64_t>& split(const std::string& name) const;
  /// A part of `split` that stays the same: the `limit` samples with the smallest keyed hash,
  /// ascending by position; 0 takes all.
  std::vector<std::int64_t> fixed_part(const std::string& split, std::int64_t limit) const;
  /// Those of `positions` that have a label; of each class at most `per_class`, those with the
  /// smallest keyed hash; 0 takes all.
  std::vector<std::int64_t> labelled(const std::vector<std::int64_t>& positions,
                                     std::int64_t per_class = 0) const;

  std::int64_t label(std::int64_t position) const {
    return labels_[static_cast<std::size_t>(position)];
  }
  const std::string& source(std::int64_t position) const {
    return sources_[static_cast<std::size_t>(position)];
  }
  /// A sample's key for random draws: exact duplicates differ by their rank.
  std::uint64_t draw_key(std::int64_t position) const {
    return draw_keys_[static_cast<std::size_t>(position)];
  }

  /// Reads all of it. Throws UserError when something is other than when it was ingested.
  void check_contents() const;
  /// Checks what is not checked sample by sample as the first epoch reads it: all but pictures.
  /// Throws as check_contents.
  void check_before_training() const;

  /// Documents of a text corpus to plan an epoch with, each with its key for draws.
  std::vector<PlanDocument> plan_documents(const std::vector<std::int64_t>& positions) const;

 private:
  std::vector<std::int64_t> smallest_hashes(std::vector<std::int64_t> positions,
                                            std::int64_t limit) const;

  CorpusRecord record_;
  std::filesystem::path folder_;
  std::unique_ptr<PackedImages> images_;  // One of the three.
  std::unique_ptr<PackedText> text_;
  std::unique_ptr<PackedSeries> series_;
  std::vector<std::int64_t> labels_;
  std::vector<std::string> sources_;
  std::vector<std::uint64_t> draw_keys_;
  std::vector<std::int64_t> train_, validation_, test_;
};

}  // namespace pretext
