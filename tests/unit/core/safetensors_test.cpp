#include "core/weights/safetensors.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

#include <chrono>
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

/// A file of this header with so many bytes behind it.
void write_raw(const std::filesystem::path& file, const std::string& header, std::size_t size) {
  const auto length = static_cast<std::uint64_t>(header.size());
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(&length), sizeof length);
  stream << header << std::string(size, '\0');
}

std::string complaint(const std::string& header, std::size_t size) {
  const TemporaryFolder folder;
  write_raw(folder / "w.safetensors", header, size);
  return message_of<UserError>([&] { read_safetensors(folder / "w.safetensors"); });
}

TEST(SafetensorsTest, AHeaderIsReadWithinLimits) {
  const std::string tensor = R"("w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]})";
  EXPECT_EQ(complaint("{" + tensor + "}", 16), "");
  const auto deep = std::string(500'000, '[') + std::string(500'000, ']');
  EXPECT_NE(complaint(R"({"__metadata__":)" + deep + "," + tensor + "}", 16).find("nested"),
            std::string::npos);
  EXPECT_NE(complaint("{" + tensor + "," + tensor + "}", 16).find("twice"), std::string::npos);
}

TEST(SafetensorsTest, WrongTypesAndNumbersAreRefused) {
  for (const auto* entry :
       {"5", R"({"dtype":5,"shape":[4],"data_offsets":[0,16]})",
        R"({"dtype":"F32","shape":[4.5],"data_offsets":[0,16]})",
        R"({"dtype":"F32","shape":[-4],"data_offsets":[0,16]})",
        R"({"dtype":"F32","shape":{"a":4},"data_offsets":[0,16]})",
        R"({"dtype":"F32","shape":[4],"data_offsets":[0,1e300]})",
        R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,16]})"})
    EXPECT_NE(complaint(std::string("{\"w\":") + entry + "}", 16).find("damaged"),
              std::string::npos)
        << entry;
}

TEST(SafetensorsTest, TensorsThatShareBytesAreRefused) {
  const std::string first = R"({"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},)";
  for (const auto* second : {"[0,8]", "[4,12]", "[7,15]"}) {
    const auto header = first + R"("b":{"dtype":"U8","shape":[8],"data_offsets":)" + second + "}}";
    EXPECT_NE(complaint(header, 16).find("in one place"), std::string::npos) << second;
  }
  EXPECT_EQ(complaint(first + R"("b":{"dtype":"U8","shape":[8],"data_offsets":[8,16]}})", 16), "");
}

TEST(SafetensorsTest, ManyTensorsTakeNoQuadraticTime) {
  std::string header = "{";
  for (int i = 0; i < 100'000; ++i) {
    header += (i == 0 ? "\"" : ",\"") + std::to_string(i) +
              R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(complaint(header + "}", 0), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace pretext
