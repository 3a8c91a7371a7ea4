#include "core/text/sequence_plan.h"

#include "core/base/error.h"
#include "core/text/masking.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// Documents whose sentences have the given lengths; pieces are numbered from 100 on.
class FakeTable final : public PieceTable {
 public:
  explicit FakeTable(const std::vector<std::vector<int>>& documents) {
    for (const auto& document : documents) {
      firsts_.push_back(static_cast<std::int64_t>(begins_.size()));
      for (const auto length : document) {
        begins_.push_back(total_);
        total_ += length;
      }
    }
    firsts_.push_back(static_cast<std::int64_t>(begins_.size()));
    begins_.push_back(total_);
  }

  std::pair<std::int64_t, std::int64_t> sentences_of(std::int64_t document) const override {
    return {firsts_[document], firsts_[document + 1]};
  }
  std::int64_t num_pieces_of(std::int64_t sentence) const override {
    return begins_[sentence + 1] - begins_[sentence];
  }
  void copy_pieces(std::int64_t sentence, std::span<std::int32_t> ids) const override {
    for (std::int64_t i = 0; i < num_pieces_of(sentence); ++i)
      ids[i] = static_cast<std::int32_t>(100 + begins_[sentence] + i);
  }
  std::int64_t total() const { return total_; }

 private:
  std::vector<std::int64_t> firsts_;
  std::vector<std::int64_t> begins_;
  std::int64_t total_ = 0;
};

/// 60 documents of up to 30 sentences of 3 to 40 pieces.
FakeTable many_documents() {
  std::vector<std::vector<int>> documents(60);
  for (int d = 0; d < 60; ++d) {
    for (int s = 0; s <= (7 * d) % 30; ++s) documents[d].push_back(3 + (13 * d + 29 * s) % 38);
  }
  return FakeTable(documents);
}

std::vector<PlanDocument> all_of(int count) {
  std::vector<PlanDocument> documents;
  for (int i = 0; i < count; ++i)
    documents.push_back({i, 0x1234567ull * static_cast<std::uint64_t>(i + 1)});
  return documents;
}

std::vector<TextSequence> sequences_of(const SequencePlan& plan) {
  std::vector<TextSequence> all;
  for (std::int64_t row = 0; row < plan.num_rows(); ++row) {
    for (const auto& sequence : plan.row(row)) all.push_back(sequence);
  }
  return all;
}

TEST(SequencePlanTest, RowsHoldWhatFitsAndEpochsDiffer) {
  const auto table = many_documents();
  const auto documents = all_of(60);
  for (const auto pairs : {PairKind::kNone, PairKind::kNextSentence, PairKind::kSentenceOrder}) {
    const SequenceOptions options{.length = 64, .pairs = pairs};
    const SequencePlan plan(table, documents, options, 3);
    for (std::int64_t row = 0; row < plan.num_rows(); ++row) {
      std::int64_t used = 0;
      for (const auto& sequence : plan.row(row)) used += length_of(sequence, false);
      EXPECT_GT(used, 0);
      EXPECT_LE(used, 64);
    }
    EXPECT_GT(plan.efficiency(), 0.9);
    EXPECT_EQ(sequences_of(plan), sequences_of(SequencePlan(table, documents, options, 3)));
    EXPECT_NE(sequences_of(plan), sequences_of(SequencePlan(table, documents, options, 4)));
  }
}

TEST(SequencePlanTest, WithoutPackingARowIsASequence) {
  const auto table = many_documents();
  const SequencePlan plan(table, all_of(60), {.length = 64, .packs = false}, 0);
  EXPECT_EQ(plan.num_rows(), plan.num_sequences());
}

TEST(SequencePlanTest, RunsCoverEveryPieceOnce) {
  const FakeTable table({{10, 20, 5}, {200}, {3}, {40, 40}});
  for (const bool is_causal : {false, true}) {
    const SequencePlan plan(table, all_of(4),
                            {.length = 64, .pairs = PairKind::kNone, .is_causal = is_causal}, 1);
    std::multiset<std::int64_t> seen;
    for (const auto& sequence : sequences_of(plan)) {
      EXPECT_EQ(sequence.label, TextSequence::kNoLabel);
      for (int i = 0; i < sequence.first.size; ++i)
        seen.insert(sequence.first.begin * 1000 + sequence.first.skip + i);
    }
    EXPECT_EQ(static_cast<std::int64_t>(seen.size()), table.total());
    EXPECT_EQ(std::set<std::int64_t>(seen.begin(), seen.end()).size(), seen.size());
  }
}

TEST(SequencePlanTest, NextSentencesFollowOrComeFromElsewhereHalfAndHalf) {
  const auto table = many_documents();
  int num_random = 0, num_following = 0;
  for (std::uint32_t epoch = 0; epoch < 10; ++epoch) {
    const SequencePlan plan(table, all_of(60), {.length = 64}, epoch);
    std::map<std::int64_t, int> uses;
    for (const auto& sequence : sequences_of(plan)) {
      for (auto s = sequence.first.begin; s < sequence.first.end; ++s) ++uses[s];
      if (!sequence.has_pair()) {
        EXPECT_EQ(sequence.first.end - sequence.first.begin, 1);
        EXPECT_EQ(sequence.label, TextSequence::kNoLabel);
      } else if (sequence.label == 0) {
        ++num_following;
        EXPECT_EQ(sequence.partner, sequence.document);
        EXPECT_EQ(sequence.second.begin, sequence.first.end);
        for (auto s = sequence.second.begin; s < sequence.second.end; ++s) ++uses[s];
      } else {
        ++num_random;
        EXPECT_NE(sequence.partner, sequence.document);
      }
    }
    // What another document's sentences took the place of comes later: each sentence once.
    for (std::int64_t s = 0; s < table.sentences_of(59).second; ++s) EXPECT_EQ(uses[s], 1) << s;
  }
  const int num_pairs = num_following + num_random;
  EXPECT_GT(num_pairs, 1000);
  EXPECT_NEAR(num_random, 0.5 * num_pairs, 4 * std::sqrt(0.25 * num_pairs));
}

TEST(SequencePlanTest, SentenceOrderIsSwappedHalfTheTime) {
  const auto table = many_documents();
  int num_swapped = 0, num_pairs = 0;
  for (std::uint32_t epoch = 0; epoch < 10; ++epoch) {
    const SequencePlan plan(table, all_of(60), {.length = 64, .pairs = PairKind::kSentenceOrder},
                            epoch);
    for (const auto& sequence : sequences_of(plan)) {
      if (!sequence.has_pair()) continue;
      ++num_pairs;
      num_swapped += sequence.label;
      EXPECT_EQ(sequence.label == 1, sequence.second.end == sequence.first.begin);
      EXPECT_EQ(sequence.label == 0, sequence.first.end == sequence.second.begin);
    }
  }
  EXPECT_NEAR(num_swapped, 0.5 * num_pairs, 4 * std::sqrt(0.25 * num_pairs));
}

TEST(SequencePlanTest, PairsThatCannotBeHadAreRefusedInWords) {
  const FakeTable single({{5}, {6}, {7}});
  const FakeTable alone({{5, 6, 7}});
  const auto complaint = [](const FakeTable& table, int count, PairKind pairs) {
    return message_of<UserError>([&] { SequencePlan(table, all_of(count), {.pairs = pairs}, 0); });
  };
  EXPECT_NE(complaint(single, 3, PairKind::kNextSentence).find("mlm"), std::string::npos);
  EXPECT_NE(complaint(single, 3, PairKind::kSentenceOrder).find("mlm"), std::string::npos);
  std::vector<std::vector<int>> mostly(20, {5});
  mostly[0] = {5, 6};
  EXPECT_NE(complaint(FakeTable(mostly), 20, PairKind::kNextSentence).find("20 only 1 have"),
            std::string::npos);
  EXPECT_NE(complaint(alone, 1, PairKind::kNextSentence).find("sop"), std::string::npos);
  EXPECT_EQ(complaint(alone, 1, PairKind::kSentenceOrder), "");
  EXPECT_EQ(complaint(single, 3, PairKind::kNone), "");
}

Vocabulary vocabulary_of(int size) {
  std::vector<std::string> pieces = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
  for (int i = 5; i < size; ++i) pieces.push_back((i % 3 == 0 ? "##p" : "p") + std::to_string(i));
  return {pieces, true};
}

TEST(SequencePlanTest, ASequenceIsReadWithItsSpecialPiecesAndSegments) {
  const FakeTable table({{3, 4}, {5}});
  const auto vocabulary = vocabulary_of(300);
  const TextSequence sequence{.first = {0, 2, 2, 4}, .second = {2, 3, 0, 5}, .label = 1};
  const auto pieces = read_sequence(table, vocabulary, sequence, false);
  EXPECT_EQ(pieces.ids,
            (std::vector<std::int32_t>{2, 102, 103, 104, 105, 3, 107, 108, 109, 110, 111, 3}));
  EXPECT_EQ(pieces.segments, (std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(length_of(sequence, false), 12);
  const TextSequence causal{.first = {2, 3, 0, 5}};
  EXPECT_EQ(read_sequence(table, vocabulary, causal, true).ids,
            (std::vector<std::int32_t>{107, 108, 109, 110, 111, 3}));
}

/// A sequence of ids from 5 on, with special pieces at its ends and in its middle.
std::vector<std::int32_t> sample_ids(int length) {
  std::vector<std::int32_t> ids;
  for (int i = 0; i < length; ++i) ids.push_back(5 + (i * 7) % 290);
  ids.front() = 2;
  ids[length / 2] = 3;
  ids.back() = 3;
  return ids;
}

TEST(MaskingTest, SharesAreThoseAskedForAndSpecialPiecesStay) {
  const auto vocabulary = vocabulary_of(300);
  int num_masked = 0, num_mask = 0, num_same = 0;
  for (std::uint64_t key = 0; key < 400; ++key) {
    const auto before = sample_ids(128);
    auto ids = before;
    const auto masked = mask_pieces(ids, vocabulary, {}, 1, 2, key);
    EXPECT_EQ(masked.size(), 19u);  // round(0.15 · 128)
    std::size_t next = 0;
    for (int i = 0; i < 128; ++i) {
      const bool is_masked = next < masked.size() && masked[next].position == i;
      if (!is_masked) {
        EXPECT_EQ(ids[i], before[i]);
        continue;
      }
      EXPECT_EQ(masked[next++].original, before[i]);
      EXPECT_FALSE(vocabulary.is_special(before[i]));
      ++num_masked;
      num_mask += ids[i] == vocabulary.mask();
      num_same += ids[i] == before[i];
    }
  }
  EXPECT_NEAR(num_mask, 0.8 * num_masked, 4 * std::sqrt(0.16 * num_masked));
  EXPECT_NEAR(num_same, 0.1 * num_masked, 4 * std::sqrt(0.09 * num_masked));
}

TEST(MaskingTest, DrawsDependOnSeedEpochAndKeyAlone) {
  const auto vocabulary = vocabulary_of(300);
  const auto masked = [&](std::uint64_t seed, std::uint32_t epoch, std::uint64_t key) {
    auto ids = sample_ids(64);
    const auto positions = mask_pieces(ids, vocabulary, {}, seed, epoch, key);
    return std::pair(ids, positions);
  };
  EXPECT_EQ(masked(1, 2, 3), masked(1, 2, 3));
  EXPECT_NE(masked(1, 2, 3), masked(1, 2, 4));
  EXPECT_NE(masked(1, 2, 3), masked(1, 3, 3));
  EXPECT_NE(masked(1, 2, 3), masked(2, 2, 3));
}

TEST(MaskingTest, WordsAreHiddenWhole) {
  const auto vocabulary = vocabulary_of(300);
  for (std::uint64_t key = 0; key < 100; ++key) {
    const auto before = sample_ids(100);
    auto ids = before;
    std::set<int> hidden;
    for (const auto& one : mask_pieces(ids, vocabulary, {.unit = MaskUnit::kWord}, 0, 0, key))
      hidden.insert(one.position);
    for (int i = 1; i < 100; ++i) {
      const bool goes_on =
          vocabulary.is_continuation(before[i]) && !vocabulary.is_special(before[i - 1]);
      if (!goes_on) continue;
      EXPECT_EQ(hidden.count(i), hidden.count(i - 1)) << i;
    }
  }
}

TEST(MaskingTest, SpansAreAsLongAsTheirDistributionHasIt) {
  std::vector<std::string> pieces = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
  for (int i = 5; i < 300; ++i) pieces.push_back("p" + std::to_string(i));
  const Vocabulary vocabulary(pieces, true);
  const auto mean_run = [&](MaskUnit unit) {
    int num_runs = 0, num_hidden = 0;
    for (std::uint64_t key = 0; key < 300; ++key) {
      auto ids = sample_ids(500);
      int last = -2;
      for (const auto& one :
           mask_pieces(ids, vocabulary, {.probability = 0.02, .unit = unit}, 0, 0, key)) {
        num_runs += one.position != last + 1;
        last = one.position;
        ++num_hidden;
      }
    }
    return static_cast<double>(num_hidden) / num_runs;
  };
  EXPECT_LT(mean_run(MaskUnit::kPiece), 1.1);
  EXPECT_NEAR(mean_run(MaskUnit::kNGram), 18.0 / 11.0, 0.25);  // Σ n · (1/n) / Σ 1/n.
  EXPECT_GT(mean_run(MaskUnit::kSpan), 2.4);  // 3.8, less where a long one is too many.
}

TEST(MaskingTest, AtLeastOnePieceIsHidden) {
  const auto vocabulary = vocabulary_of(300);
  std::vector<std::int32_t> ids = {2, 7, 3};
  EXPECT_EQ(mask_pieces(ids, vocabulary, {}, 0, 0, 0).size(), 1u);
  std::vector<std::int32_t> empty = {2, 3};
  EXPECT_TRUE(mask_pieces(empty, vocabulary, {}, 0, 0, 0).empty());
}

}  // namespace
}  // namespace pretext
