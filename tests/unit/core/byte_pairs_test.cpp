#include "core/text/byte_pairs.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/piece_encoder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

using nlohmann::json;

class BytePairsTest : public testing::Test {
 protected:
  Vocabulary read(const json& tokenizer) const {
    write_text_file(folder / "tokenizer.json", tokenizer.dump());
    return Vocabulary::from_file(folder / "tokenizer.json");
  }

  std::string complaint_about(const json& tokenizer) const {
    return message_of<UserError>([&] { read(tokenizer); });
  }

  TemporaryFolder folder;
  json goldens = json::parse(read_text_file(PRETEXT_REFERENCE "/byte_pairs.json"));
};

TEST_F(BytePairsTest, IdsOffsetsAndTextAreThoseOfHuggingFace) {
  const auto vocabulary = read(goldens["tokenizer"]);
  PieceEncoder encoder(vocabulary, true);
  for (int round = 0; round < 2; ++round) {  // The second time the words are known.
    for (const auto& one : goldens["cases"]) {
      const auto text = one["text"].get<std::string>();
      std::vector<Token> tokens;
      encoder.encode(text, tokens);
      ASSERT_EQ(tokens.size(), one["ids"].size()) << text;
      std::vector<std::int32_t> ids;
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        ids.push_back(tokens[i].id);
        EXPECT_EQ(tokens[i].id, one["ids"][i].get<int>()) << text << " token " << i;
        EXPECT_EQ(tokens[i].begin, one["begins"][i].get<unsigned>()) << text << " token " << i;
        EXPECT_EQ(tokens[i].end, one["ends"][i].get<unsigned>()) << text << " token " << i;
      }
      EXPECT_EQ(decode_pieces(vocabulary, ids), one["decoded"].get<std::string>());
    }
  }
}

TEST_F(BytePairsTest, WhatIsWrittenIsReadAgain) {
  const auto vocabulary = read(goldens["tokenizer"]);
  const auto other = folder / "again";
  std::filesystem::create_directories(other);
  vocabulary.write(other);
  const auto again = Vocabulary::from_file(other / "tokenizer.json");
  EXPECT_EQ(again.pieces(), vocabulary.pieces());
  EXPECT_EQ(again.digest(), vocabulary.digest());
  EXPECT_EQ(again.pad(), again.separate());
  EXPECT_EQ(again.mask(), Vocabulary::kNone);
}

TEST_F(BytePairsTest, AWordOfAMegabyteIsCutInTime) {
  const auto vocabulary = read(goldens["tokenizer"]);
  const std::string word(1'000'000, 'w');
  std::vector<Token> tokens;
  PieceEncoder(vocabulary).encode(word, tokens);
  EXPECT_EQ(tokens.back().end, word.size());
}

TEST_F(BytePairsTest, OtherTokenizersAreRefusedByName) {
  const auto changed = [&](const char* path, const json& value) {
    auto tokenizer = goldens["tokenizer"];
    tokenizer[json::json_pointer(path)] = value;
    return complaint_about(tokenizer);
  };
  EXPECT_NE(changed("/model/type", "Unigram").find("Unigram"), std::string::npos);
  EXPECT_NE(changed("/pre_tokenizer/add_prefix_space", true).find("otherwise than GPT-2"),
            std::string::npos);
  EXPECT_NE(changed("/pre_tokenizer/type", "Metaspace").find("otherwise"), std::string::npos);
  EXPECT_NE(changed("/model/byte_fallback", true).find("other rules"), std::string::npos);
  EXPECT_NE(changed("/model/merges/0", "justone").find("one piece"), std::string::npos);
  EXPECT_NE(changed("/model/merges/0", "qq zz").find("no piece"), std::string::npos);
  EXPECT_NE(changed("/model/vocab/a", 100'000).find("gaps"), std::string::npos);
}

}  // namespace
}  // namespace pretext
