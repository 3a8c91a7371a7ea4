#include "core/weights/safetensors.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

TEST(SafetensorsTest, GivesBackWhatWasWrittenByteForByte) {
  const TemporaryFolder folder;
  WeightMap weights;
  weights["b"] = {"F32", {2, 3}, std::vector<std::byte>(24, std::byte{3})};
  weights["a"] = {"I64", {1}, std::vector<std::byte>(8, std::byte{9})};
  write_safetensors(folder / "w.safetensors", weights);
  const auto again = read_safetensors(folder / "w.safetensors");
  ASSERT_EQ(again.size(), 2u);
  EXPECT_EQ(again.at("b").shape, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(again.at("b").data, weights["b"].data);
  EXPECT_EQ(again.at("a").dtype, "I64");
}

TEST(SafetensorsTest, ReadsWhatPythonWrote) {
  const auto goldens = read_safetensors(std::string(PRETEXT_REFERENCE) + "/losses.safetensors");
  EXPECT_EQ(goldens.at("first").shape, (std::vector<std::int64_t>{24, 16}));
}

TEST(SafetensorsTest, AHeaderOfAnyLengthIsReadThoughItBeginsLikeAPickle) {
  const TemporaryFolder folder;
  for (std::size_t length = 1; length < 400; length += 7) {
    WeightMap weights;
    weights[std::string(length, 'n')] = {"F32", {1}, std::vector<std::byte>(4)};
    write_safetensors(folder / "w.safetensors", weights);
    EXPECT_EQ(read_safetensors(folder / "w.safetensors").size(), 1u) << length;
  }
}

TEST(SafetensorsTest, EveryTruncationIsAnError) {
  const TemporaryFolder folder;
  WeightMap weights;
  weights["weight"] = {"F32", {4}, std::vector<std::byte>(16)};
  const auto file = folder / "w.safetensors";
  write_safetensors(file, weights);
  for (auto length = std::filesystem::file_size(file); length-- > 0;) {
    std::filesystem::resize_file(file, length);
    EXPECT_THROW(read_safetensors(file), UserError) << length;
  }
}

TEST(SafetensorsTest, APickleIsRefusedWithTheWayToConvertIt) {
  const TemporaryFolder folder;
  std::ofstream(folder / "model.pth") << "PK\x03\x04 a zip of pickles";
  const auto message = message_of<UserError>([&] { read_safetensors(folder / "model.pth"); });
  EXPECT_NE(message.find("save_file(torch.load(\"model.pth\""), std::string::npos) << message;
}

}  // namespace
}  // namespace pretext
