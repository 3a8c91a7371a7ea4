#include "core/base/error.h"
#include "core/corpus/image_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <sys/stat.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

class ImageDecoderTest : public ::testing::Test {
 protected:
  OwnedImage decode(const std::string& bytes) {
    std::ofstream(folder / "picture", std::ios::binary) << bytes;
    return decoder->decode(folder / "picture", {});
  }
  std::string complaint(const std::string& bytes) {
    return message_of<UserError>([&] { decode(bytes); });
  }

  TemporaryFolder folder;
  std::shared_ptr<const ImageDecoder> decoder = open_image_decoder();
};

std::string little(std::uint32_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> 8 * i);
  return bytes;
}

std::vector<int> values(const OwnedImage& image) {
  std::vector<int> all;
  for (const auto value : image.pixels) all.push_back(static_cast<int>(value));
  return all;
}

/// Two pixels beside two below: red, green, blue, and the transparent colour.
std::string gif(const std::string& more = {}) {
  const std::string colours("\xFF\0\0\0\xFF\0\0\0\xFF\x10\x20\x30", 12);
  const std::string control("\x21\xF9\x04\x01\0\0\x03\0", 8);
  // Codes of three bits from the lowest on: clear (4), 0, 1, 2; then 3
  // and end, of four bits each, since the table has eight codes by then.
  const std::uint32_t codes = 4U | 0U << 3 | 1U << 6 | 2U << 9 | 3U << 12 | 5U << 16;
  return "GIF89a" + little(2, 2) + little(2, 2) + std::string("\x81\0\0", 3) + colours + control +
         "\x2C" + little(0, 4) + little(2, 2) + little(2, 2) + std::string(1, '\0') + "\x02\x03" +
         little(codes, 3) + std::string(1, '\0') + more + "\x3B";
}

/// Of 24 bits a pixel, from below.
std::string bmp(int width, int height, const std::string& rows) {
  return "BM" + little(static_cast<std::uint32_t>(54 + rows.size()), 4) + little(0, 4) +
         little(54, 4) + little(40, 4) + little(static_cast<std::uint32_t>(width), 4) +
         little(static_cast<std::uint32_t>(height), 4) + little(1, 2) + little(24, 2) +
         std::string(24, '\0') + rows;
}

TEST_F(ImageDecoderTest, OnlySignaturesOfOurFormatsReachAReader) {
  std::string map = "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\">";
  map.resize(140, ' ');
  map += "DTED<VRTRasterBand><SourceFilename>/etc/passwd</SourceFilename></VRTRasterBand>";
  const auto unknown = "is not a JPEG, PNG, BMP, TIFF, WebP or GIF picture";
  EXPECT_EQ(complaint(map), unknown);
  EXPECT_EQ(complaint("NITF02.10" + std::string(400, ' ')),
            "is NITF, which is not read: save it as JPEG or PNG");
  EXPECT_EQ(complaint("#?RGBE\n" + std::string(400, ' ')), unknown);
  EXPECT_EQ(complaint("P6 1 1 255 abc"), unknown);
  EXPECT_EQ(complaint(std::string("\0\0\0\x18"
                                  "ftypheic",
                                  12)),
            "is HEIC, which is not read: save it as JPEG or PNG");
  // Half of a signature is none.
  EXPECT_EQ(complaint("\x89PNG" + map), unknown);
  EXPECT_EQ(complaint("\xFF\xD8" + map), unknown);
  EXPECT_EQ(complaint("BM" + map), unknown);
}

TEST_F(ImageDecoderTest, MarksOfOtherFormatsWithinAPictureChangeNothing) {
  std::string rows(40 * 20, '\x40');  // Of six pixels, filled up to 20 bytes.
  rows.replace(140 - 54, 4, "DTED");
  const auto image = decode(bmp(6, 40, rows));
  EXPECT_EQ(image.width, 6);
  EXPECT_EQ(image.height, 40);
  EXPECT_EQ(image.channels, 3);
  // The 86th byte of the pixels is in the fifth row from below, at its third pixel's blue.
  const auto* row = &image.pixels[static_cast<std::size_t>(35 * 6 * 3)];
  EXPECT_EQ(static_cast<char>(row[2 * 3 + 2]), 'D');
}

TEST_F(ImageDecoderTest, AGifGivesItsFirstPictureOverWhite) {
  const std::vector<int> expected = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255};
  auto still = decode(gif());
  EXPECT_EQ(values(still), expected);
  EXPECT_FALSE(still.is_first_of_several);
  const auto moving = decode(gif(std::string("\x2C\0\0\0\0", 5)));
  EXPECT_EQ(values(moving), expected);
  EXPECT_TRUE(moving.is_first_of_several);
}

TEST_F(ImageDecoderTest, CutAndFlippedFilesAreRefusedOrReadAndNeverMore) {
  const auto whole = gif();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    try {
      decode(whole.substr(0, size));
    } catch (const UserError&) {
    }
  }
  const auto map = bmp(2, 2, std::string(16, '\x11'));
  for (const auto& file : {whole, map}) {
    for (std::size_t at = 6; at < file.size(); ++at) {
      for (const char flip : {'\x01', '\x80', '\xFF'}) {
        auto damaged = file;
        damaged[at] = static_cast<char>(damaged[at] ^ flip);
        try {
          decode(damaged);
        } catch (const UserError&) {
        }
      }
    }
  }
  EXPECT_EQ(complaint(whole.substr(0, whole.size() - 4)), "is cut off or damaged");
  EXPECT_EQ(complaint(map.substr(0, map.size() - 3)), "is cut off or damaged");
}

TEST_F(ImageDecoderTest, RunsOfABitmapAreUnpacked) {
  std::string colours;
  for (const char level : {'\x00', '\x50', '\xA0'}) colours += std::string(3, level) + '\0';
  const std::string runs("\x02\x01\x01\x02\0\0\0\x03\x02\x01\x02\0\0\x01", 14);
  const auto file = "BM" + std::string(8, '\0') + little(54 + 12, 4) + little(40, 4) +
                    little(3, 4) + little(2, 4) + little(1, 2) + little(8, 2) + little(1, 4) +
                    std::string(12, '\0') + little(3, 4) + little(0, 4) + colours + runs;
  const auto image = decode(file);
  EXPECT_EQ(image.channels, 1);
  EXPECT_EQ(values(image), (std::vector<int>{0xA0, 0x50, 0xA0, 0x50, 0x50, 0xA0}));
}

TEST_F(ImageDecoderTest, AStripThatWouldGrowBeyondMemoryIsCutFirst) {
  std::ofstream(folder / "strip.bmp", std::ios::binary)
      << bmp(1, 3000, std::string(3000 * 4, '\x33'));
  ResizeOptions size;
  size.width = size.height = 4096;
  const auto image = decoder->decode(folder / "strip.bmp", size);
  EXPECT_EQ(image.width, 4096);
  EXPECT_EQ(image.height, 4096);
  EXPECT_EQ(static_cast<int>(image.pixels.back()), 0x33);
}

/// One strip of one row, without compression. `extra`: what EXTRASAMPLES says; none for -1.
std::string tiff(int width, int bits, int channels, int meaning, int extra,
                 const std::string& values) {
  std::vector<std::array<std::uint32_t, 4>> fields = {
      {256, 4, 1, static_cast<std::uint32_t>(width)},
      {257, 4, 1, 1},
      {258, 3, 1, static_cast<std::uint32_t>(bits)},  // One value stands for all channels.
      {259, 3, 1, 1},
      {262, 3, 1, static_cast<std::uint32_t>(meaning)},
      {273, 4, 1, 8},
      {277, 3, 1, static_cast<std::uint32_t>(channels)},
      {278, 4, 1, 1},
      {279, 4, 1, static_cast<std::uint32_t>(values.size())}};
  if (extra >= 0) fields.push_back({338, 3, 1, static_cast<std::uint32_t>(extra)});
  std::string text =
      std::string("II*\0", 4) + little(static_cast<std::uint32_t>(8 + values.size()), 4);
  text += values + little(static_cast<std::uint32_t>(fields.size()), 2);
  for (const auto& [tag, type, count, value] : fields)
    text += little(tag, 2) + little(type, 2) + little(count, 4) + little(value, 4);
  return text + little(0, 4);
}

TEST_F(ImageDecoderTest, AChannelOfATiffThatIsNoAlphaIsLeftOut) {
  constexpr int kGrey = 1, kRgb = 2, kUnspecified = 0, kUnassociated = 2;
  std::string infrared;
  for (const int value : {1000, 2000, 3000, 60000})
    infrared += little(static_cast<std::uint32_t>(value), 2);
  const auto deep = decode(tiff(1, 16, 4, kRgb, kUnspecified, infrared));
  EXPECT_EQ(deep.channels, 3);
  ASSERT_EQ(deep.pixels.size(), 6u);
  std::uint16_t first = 0;
  std::memcpy(&first, deep.pixels.data(), 2);
  EXPECT_EQ(first, 1000);
  EXPECT_EQ(values(decode(tiff(1, 8, 4, kRgb, kUnspecified, "\x0A\x64\x32\x80"))),
            (std::vector<int>{10, 100, 50}));
  // 200 at half over white is 227, of grey as of colours.
  EXPECT_EQ(values(decode(tiff(1, 8, 2, kGrey, kUnassociated, "\xC8\x80"))),
            (std::vector<int>{227}));
  EXPECT_EQ(values(decode(tiff(1, 8, 4, kRgb, kUnassociated, "\xC8\xC8\xC8\x80")))[0], 227);
  EXPECT_EQ(complaint(tiff(1, 8, 3, kGrey, kUnspecified, "\x0A\x64\x32")),
            "has 3 channels that are not those of grey or RGB: save it as one of these");
}

TEST_F(ImageDecoderTest, APngBeginsWithItsHeader) {
  const auto chunk = [](const std::string& kind, const std::string& content) {
    auto size = little(static_cast<std::uint32_t>(content.size()), 4);
    std::ranges::reverse(size);
    return size + kind + content + std::string(4, '\0');
  };
  const std::string small("\0\0\0\1\0\0\0\1", 8), large("\0\0\x9C\x40\0\0\x4E\x20\x08\2\0\0\0", 13);
  const std::string begin("\x89PNG\r\n\x1A\n", 8);
  EXPECT_EQ(complaint(begin + chunk("aaAa", small) + chunk("IHDR", large)),
            "is cut off or damaged");
  EXPECT_EQ(complaint(begin + chunk("IHDR", large)), "claims to be too large");
}

TEST_F(ImageDecoderTest, APipeIsNotWaitedFor) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const auto said = message_of<UserError>([&] { decoder->decode(folder / "pipe", {}); });
  EXPECT_EQ(said, "is no file");
}

}  // namespace
}  // namespace pretext
