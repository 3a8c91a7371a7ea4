#include "core/corpus/packed_images.h"

#include "core/base/digest.h"
#include "core/base/error.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

class PackedImagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    PackedImageWriter writer(file_);
    for (int i = 0; i < 3; ++i) {
      pixels_[i].assign(static_cast<std::size_t>((i + 2) * 3 * 3), std::byte(40 + i));
      writer.add({pixels_[i].data(), i + 2, 3, 3, PixelType::kU8}, content_key(pixels_[i]));
    }
    wide_.assign(2 * 5 * 4, std::byte{7});
    writer.add({wide_.data(), 5, 4, 1, PixelType::kU16}, content_key(wide_));
    fingerprint_ = writer.finish();
  }

  void overwrite(std::size_t offset, const char* bytes, std::size_t count) {
    std::fstream stream(file_, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(offset));
    stream.write(bytes, static_cast<std::streamsize>(count));
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "images.ptx";
  std::vector<std::byte> pixels_[3];
  std::vector<std::byte> wide_;
  std::string fingerprint_;
};

TEST_F(PackedImagesTest, GivesBackWhatWasWritten) {
  const PackedImages images(file_);
  ASSERT_EQ(images.size(), 4);
  for (int i = 0; i < 3; ++i) {
    const auto image = images.image(i);
    EXPECT_EQ(image.width, i + 2);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(image.data) % 64, 0u);
    ASSERT_EQ(image.num_bytes(), pixels_[i].size());
    EXPECT_EQ(std::memcmp(image.data, pixels_[i].data(), pixels_[i].size()), 0);
    EXPECT_EQ(images.key(i), content_key(pixels_[i]));
  }
  EXPECT_EQ(images.image(3).dtype, PixelType::kU16);
  EXPECT_EQ(fingerprint_.size(), 32u);
}

TEST_F(PackedImagesTest, EveryTruncationIsAnError) {
  const auto size = std::filesystem::file_size(file_);
  for (std::uintmax_t length = 0; length < size; length += 7) {
    std::filesystem::copy_file(file_, folder_ / "cut",
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(folder_ / "cut", length);
    EXPECT_THROW(PackedImages(folder_ / "cut"), UserError) << length;
  }
}

TEST_F(PackedImagesTest, EveryFlippedByteOfHeaderAndIndexIsAnError) {
  std::ifstream stream(file_, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(stream)), {});
  std::uint64_t index = 0;
  std::memcpy(&index, whole.data() + 24, 8);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    if (at >= 56 && at < index) continue;  // Zeros of the header, and pixels.
    const char flipped = static_cast<char>(~whole[at]);
    overwrite(at, &flipped, 1);
    EXPECT_THROW(PackedImages{file_}, UserError) << at;
    overwrite(at, &whole[at], 1);
  }
}

TEST_F(PackedImagesTest, AnUnfinishedFileIsRemoved) {
  {
    PackedImageWriter writer(folder_ / "other.ptx");
    writer.add({wide_.data(), 5, 4, 1, PixelType::kU16}, 1);
  }
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path()))
    ++count;
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace pretext
