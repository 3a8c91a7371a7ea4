#include "core/text/text_augmentation.h"

#include "core/base/error.h"
#include "core/text/piece_encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

using Pieces = std::vector<std::int32_t>;

/// Words w0 to w19, each followed by a piece that goes on within it where the number is odd.
class TextAugmentationTest : public testing::Test {
 protected:
  TextAugmentationTest() : vocabulary(pieces(), true) {
    for (int s = 0; s < 4; ++s) {
      Pieces sentence;
      for (int w = 5 * s; w < 5 * s + 5; ++w) append(sentence, w);
      sentences.push_back(sentence);
    }
  }

  static std::vector<std::string> pieces() {
    std::vector<std::string> all = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    for (int w = 0; w < 20; ++w) all.push_back("w" + std::string(1, static_cast<char>('a' + w)));
    for (int w = 0; w < 20; ++w) all.push_back("##" + std::string(1, static_cast<char>('a' + w)));
    return all;
  }
  static void append(Pieces& to, int word) {
    to.push_back(5 + word);
    if (word % 2 == 1) to.push_back(25 + word);
  }
  Pieces view(const TextAugmentation& options, std::uint8_t number = 0, std::uint64_t key = 7) {
    return augment(sentences, vocabulary, options, synonyms, 1, 0, key, number);
  }
  Pieces plain() const {
    Pieces all;
    for (const auto& sentence : sentences) all.insert(all.end(), sentence.begin(), sentence.end());
    return all;
  }
  static Pieces sorted(Pieces all) {
    std::ranges::sort(all);
    return all;
  }

  Vocabulary vocabulary;
  Synonyms synonyms;
  std::vector<Pieces> sentences;
};

TEST_F(TextAugmentationTest, WithoutOperationsAViewIsTheText) {
  EXPECT_EQ(view({}), plain());
}

TEST_F(TextAugmentationTest, DependsOnItsKeyAndViewAlone) {
  const TextAugmentation options{.swap = {1.0, 0.5}, .deletion = {1.0, 0.3}};
  EXPECT_EQ(view(options, 1), view(options, 1));
  EXPECT_NE(view(options, 0), view(options, 1));
  EXPECT_NE(view(options, 0, 7), view(options, 0, 8));
}

TEST_F(TextAugmentationTest, ReorderingMovesWholeSentences) {
  std::set<Pieces> orders;
  for (std::uint64_t key = 0; key < 200; ++key) {
    const auto moved = view({.reordering = {1.0, 1.0}}, 0, key);
    EXPECT_EQ(sorted(moved), sorted(plain()));
    Pieces firsts;
    for (std::size_t at = 0; at < moved.size();) {
      const auto sentence = static_cast<std::size_t>((moved[at] - 5) / 5);
      firsts.push_back(static_cast<std::int32_t>(sentence));
      const auto& whole = sentences[sentence];
      ASSERT_TRUE(std::equal(whole.begin(), whole.end(), moved.begin() + static_cast<long>(at)));
      at += whole.size();
    }
    orders.insert(firsts);
  }
  EXPECT_EQ(orders.size(), 24u);  // Every order of four comes up.
}

TEST_F(TextAugmentationTest, SwappingKeepsWordsWhole) {
  const auto swapped = view({.swap = {1.0, 0.2}});
  EXPECT_NE(swapped, plain());
  EXPECT_EQ(sorted(swapped), sorted(plain()));
  for (std::size_t i = 0; i < swapped.size(); ++i) {
    if (swapped[i] >= 25) {
      EXPECT_EQ(swapped[i - 1], swapped[i] - 20);
    }
  }
}

TEST_F(TextAugmentationTest, DeletionTakesItsShareAndNeverAll) {
  double left = 0.0;
  for (std::uint64_t key = 0; key < 500; ++key)
    left += static_cast<double>(view({.deletion = {1.0, 0.3}}, 0, key).size());
  EXPECT_NEAR(left / 500.0 / static_cast<double>(plain().size()), 0.7, 0.02);
  EXPECT_FALSE(view({.deletion = {1.0, 1.0}}).empty());
}

TEST_F(TextAugmentationTest, ReplacementTakesWholeWordsOfTheVocabulary) {
  const auto replaced = view({.replacement = {1.0, 1.0}});
  EXPECT_EQ(replaced.size(), 20u);
  for (const auto piece : replaced) {
    EXPECT_FALSE(vocabulary.is_special(piece));
    EXPECT_FALSE(vocabulary.is_continuation(piece));
  }
}

TEST_F(TextAugmentationTest, AProbabilityIsAShareOfTheViews) {
  int changed = 0;
  for (std::uint64_t key = 0; key < 1000; ++key)
    changed += view({.replacement = {0.25, 1.0}}, 0, key) != plain();
  EXPECT_NEAR(changed, 250, 45);
}

TEST_F(TextAugmentationTest, SynonymsComeFromAFile) {
  TemporaryFolder folder;
  std::ofstream(folder / "synonyms.tsv") << "wa\twb\n\nwc, we,wg\n";
  synonyms = Synonyms(folder / "synonyms.tsv", vocabulary);
  EXPECT_EQ(synonyms.size(), 2u);
  const auto replaced = view({.synonyms = {1.0, 1.0}});
  EXPECT_EQ(replaced[0], 6);                      // wa became wb: the piece alone.
  EXPECT_EQ(std::ranges::count(replaced, 7), 0);  // wc became one of the two others.
  std::ofstream(folder / "bad.tsv") << "wa\twb\nwc\n";
  try {
    Synonyms(folder / "bad.tsv", vocabulary);
    FAIL();
  } catch (const UserError& error) {
    EXPECT_NE(std::string(error.what()).find("Line 2"), std::string::npos);
  }
}

}  // namespace
}  // namespace pretext
