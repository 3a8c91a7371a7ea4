#include "core/text/word_piece.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/piece_encoder.h"
#include "core/text/word_piece_trainer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

using nlohmann::json;

const json& goldens() {
  static const json document = json::parse(read_text_file(PRETEXT_REFERENCE "/word_piece.json"));
  return document;
}

Vocabulary golden_vocabulary(const std::string& name) {
  return {goldens()[name]["pieces"].get<std::vector<std::string>>(), name == "uncased"};
}

std::vector<Token> encode(const Vocabulary& vocabulary, const std::string& text,
                          bool finds_special = true) {
  std::vector<Token> tokens;
  WordPieceEncoder(vocabulary, finds_special).encode(text, tokens);
  return tokens;
}

Vocabulary small_vocabulary() {
  return {{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "##a", "a", "."},
          true};
}

class WordPieceGoldens : public testing::TestWithParam<const char*> {};

TEST_P(WordPieceGoldens, IdsAndOffsetsAreThoseOfHuggingFace) {
  const auto vocabulary = golden_vocabulary(GetParam());
  for (const auto& one : goldens()[GetParam()]["cases"]) {
    const auto text = one["text"].get<std::string>();
    const auto tokens = encode(vocabulary, text);
    ASSERT_EQ(tokens.size(), one["ids"].size()) << text;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      EXPECT_EQ(tokens[i].id, one["ids"][i].get<int>()) << text << " token " << i;
      EXPECT_EQ(tokens[i].begin, one["begins"][i].get<unsigned>()) << text << " token " << i;
      EXPECT_EQ(tokens[i].end, one["ends"][i].get<unsigned>()) << text << " token " << i;
    }
  }
}

TEST_P(WordPieceGoldens, AnEncoderThatHasSeenTheWordsSaysTheSame) {
  const auto vocabulary = golden_vocabulary(GetParam());
  WordPieceEncoder encoder(vocabulary, true);
  for (int round = 0; round < 2; ++round) {
    for (const auto& one : goldens()[GetParam()]["cases"]) {
      std::vector<Token> tokens;
      encoder.encode(one["text"].get<std::string>(), tokens);
      std::vector<int> ids;
      for (const auto& token : tokens) ids.push_back(token.id);
      EXPECT_EQ(ids, one["ids"].get<std::vector<int>>());
    }
  }
}

TEST_P(WordPieceGoldens, TheLearnedPiecesAreThoseOfHuggingFace) {
  WordCounts counts;
  WordSplitter splitter(std::string(GetParam()) == "uncased");
  for (int repeat = 0; repeat < goldens()["repeats"]; ++repeat) {
    for (const auto& line : goldens()["learned_from"])
      count_words(line.get<std::string>(), splitter, counts);
  }
  const auto learned =
      train_word_pieces(counts, {.size = 160, .is_uncased = std::string(GetParam()) == "uncased"});
  const auto expected = goldens()[GetParam()]["pieces"].get<std::vector<std::string>>();
  const std::set<std::string> ours(learned.pieces().begin(), learned.pieces().end());
  std::size_t num_shared = 0;
  for (const auto& piece : expected) num_shared += ours.count(piece);
  // Ties between pairs fall by ids that Hugging Face draws from a hash table.
  EXPECT_GE(num_shared, expected.size() * 95 / 100);
  EXPECT_EQ(ours.size(), expected.size());
}

INSTANTIATE_TEST_SUITE_P(Forms, WordPieceGoldens, testing::Values("uncased", "cased"));

TEST(WordPieceTest, TakesTheLongestPieceThatFits) {
  const auto vocabulary = small_vocabulary();
  EXPECT_EQ(encode(vocabulary, "Unaffable."),
            (std::vector<Token>{{5, 0, 2}, {6, 2, 5}, {7, 5, 9}, {10, 9, 10}}));
  EXPECT_EQ(encode(vocabulary, "unaffordable"), (std::vector<Token>{{1, 0, 12}}));
}

TEST(WordPieceTest, SpecialPiecesInATextAreLettersUnlessAskedFor) {
  const auto vocabulary = small_vocabulary();
  EXPECT_EQ(encode(vocabulary, "a[MASK]a").size(), 3u);
  for (const auto& token : encode(vocabulary, "a[MASK]a", false))
    EXPECT_NE(token.id, vocabulary.mask());
}

TEST(WordPieceTest, DecodingJoinsPiecesAndTakesBlanksBeforePunctuationOut) {
  const auto vocabulary = small_vocabulary();
  const std::vector<std::int32_t> ids = {2, 5, 6, 7, 9, 10, 3};
  EXPECT_EQ(decode_pieces(vocabulary, ids), "unaffable a.");
}

TEST(WordPieceTest, InvalidBytesAreLeftOut) {
  const auto vocabulary = small_vocabulary();
  EXPECT_EQ(encode(vocabulary, "a\xFF\xC3."), (std::vector<Token>{{9, 0, 1}, {10, 3, 4}}));
}

TEST(VocabularyTest, BothFileFormsGiveBackThePieces) {
  const TemporaryFolder folder;
  for (const bool is_uncased : {true, false}) {
    const Vocabulary written(
        {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", is_uncased ? "a" : "A", "##\"\\", "\u6771"},
        is_uncased);
    written.write(folder.path());
    for (const auto* name : {"vocab.txt", "tokenizer.json"}) {
      const auto read = Vocabulary::from_file(folder / name);
      EXPECT_EQ(read.pieces(), written.pieces()) << name;
      EXPECT_EQ(read.is_uncased(), is_uncased) << name;
      EXPECT_EQ(read.digest(), written.digest()) << name;
    }
  }
}

std::string complaint_of(const std::filesystem::path& file) {
  try {
    Vocabulary::from_file(file);
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(VocabularyTest, WhatIsNoVocabularyIsRefusedInWords) {
  const TemporaryFolder folder;
  const auto with = [&](const char* name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return complaint_of(folder / name);
  };
  EXPECT_NE(with("v.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n").find("[MASK]"), std::string::npos);
  EXPECT_NE(with("v.txt", "[PAD]\na\na\n").find("twice"), std::string::npos);
  EXPECT_NE(with("t.json", R"({"model": {"type": "Unigram", "vocab": []}})").find("Unigram"),
            std::string::npos);
  EXPECT_NE(with("t.json", R"({"model": {"type": "WordPiece", "vocab": {"a": 7}}})").find("gaps"),
            std::string::npos);
  EXPECT_NE(with("t.json", R"({"model": {"type": "WordPiece"}})").find("damaged"),
            std::string::npos);
  EXPECT_NE(with("t.json", "{").find("tokenizer.json"), std::string::npos);
  EXPECT_NE(complaint_of(folder / "none.txt"), "");
}

TEST(WordPieceTrainerTest, TooSmallASizeAndNoWordsAreErrors) {
  WordCounts counts;
  EXPECT_THROW(train_word_pieces(counts, {}), UserError);
  WordSplitter splitter(true);
  count_words("every letter needs a piece of its own", splitter, counts);
  EXPECT_THROW(train_word_pieces(counts, {.size = 10}), UserError);
}

/// Longer than the encoder takes for a word: learning from it took quadratic time.
TEST(WordPieceTrainerTest, AWordThatIsAlwaysUnknownTeachesNothing) {
  std::string endless;
  for (int i = 0; endless.size() < 2'000'000; ++i) endless += static_cast<char>('a' + i % 7 * 3);
  const WordCounts counts = {{endless, 5}, {"ab", 3}};
  const auto start = std::chrono::steady_clock::now();
  const auto vocabulary = train_word_pieces(counts, {.size = 200});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_NE(vocabulary.find_start("ab"), Vocabulary::kNone);
  EXPECT_EQ(vocabulary.longest_piece(), 6u) << "[MASK] and the like";
  EXPECT_THROW(train_word_pieces({{endless, 5}}, {.size = 200}), UserError);
  // A hundred characters are still a word, however many bytes they have.
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "\u00e9";
  EXPECT_FALSE(WordPieceEncoder::is_too_long(longest));
  EXPECT_TRUE(WordPieceEncoder::is_too_long(longest + "e"));
}

TEST(VocabularyTest, ADeeplyNestedTokenizerIsRefused) {
  const TemporaryFolder folder;
  std::string text = R"({"model":{"type":"WordPiece","vocab":{}},"normalizer":)";
  for (int i = 0; i < 300'000; ++i) text += "{\"a\":";
  std::ofstream(folder / "tokenizer.json") << text + "1" + std::string(300'001, '}');
  EXPECT_NE(complaint_of(folder / "tokenizer.json").find("nested"), std::string::npos);
}

}  // namespace
}  // namespace pretext
