#include "core/corpus/packed_images.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/new_file.h"

#include <cassert>
#include <cstring>
#include <xxhash.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr char kMagic[8] = {'P', 'T', 'X', 'I', 'M', 'G', '\r', '\n'};
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::size_t kAlignment = 64;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t byte_order;
  std::uint64_t num_samples;
  std::uint64_t index_offset;
  std::uint64_t num_bytes;
  unsigned char index_digest[16];
  std::uint64_t zero;
};
static_assert(sizeof(Header) == 64);

struct Entry {
  std::uint64_t offset;
  std::uint32_t width;
  std::uint32_t height;
  std::uint16_t channels;
  std::uint8_t dtype;
  std::uint8_t codec;
  std::uint32_t zero;
  std::uint64_t key;
};
static_assert(sizeof(Entry) == 32);

template <typename Plain>
Plain read_plain(const std::byte* data) {
  Plain value;
  std::memcpy(&value, data, sizeof value);
  return value;
}

std::size_t num_bytes_of(const Entry& entry) {
  return std::size_t{entry.width} * entry.height * entry.channels * (entry.dtype == 2 ? 2 : 1);
}

bool is_sound(const Entry& entry, std::uint64_t index_offset) {
  constexpr std::uint32_t kLargestSide = 1u << 20;
  if (entry.width < 1 || entry.width > kLargestSide) return false;
  if (entry.height < 1 || entry.height > kLargestSide) return false;
  if (entry.channels != 1 && entry.channels != 3) return false;
  if (entry.dtype != 1 && entry.dtype != 2) return false;
  if (entry.codec != 0 || entry.offset % kAlignment != 0) return false;
  return entry.offset <= index_offset && num_bytes_of(entry) <= index_offset - entry.offset;
}

}  // namespace

PackedImageWriter::PackedImageWriter(const fs::path& file)
    : file_(file),
      unfinished_(file.string() + ".unfinished"),
      stream_(unfinished_, std::ios::binary) {
  const Header placeholder{};
  write(&placeholder, sizeof placeholder);
}

PackedImageWriter::~PackedImageWriter() {
  std::error_code ignored;
  fs::remove(unfinished_, ignored);
}

void PackedImageWriter::write(const void* data, std::size_t size) {
  stream_.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  if (!stream_) {
    throw UserError("Cannot write " + unfinished_.string() +
                    ": free some disk or choose another workspace.");
  }
  position_ += size;
}

void PackedImageWriter::add(const ImageView& image, std::uint64_t key) {
  constexpr std::byte kPadding[kAlignment] = {};
  const std::size_t padding = (kAlignment - position_ % kAlignment) % kAlignment;
  write(kPadding, padding);
  const Entry entry{position_,
                    static_cast<std::uint32_t>(image.width),
                    static_cast<std::uint32_t>(image.height),
                    static_cast<std::uint16_t>(image.channels),
                    static_cast<std::uint8_t>(image.dtype),
                    0,
                    0,
                    key};
  const auto* bytes = reinterpret_cast<const std::byte*>(&entry);
  index_.insert(index_.end(), bytes, bytes + sizeof entry);
  write(image.data, image.num_bytes());
  ++num_samples_;
}

std::string PackedImageWriter::finish() {
  constexpr std::byte kPadding[kAlignment] = {};
  write(kPadding, (kAlignment - position_ % kAlignment) % kAlignment);
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kVersion;
  header.byte_order = kByteOrder;
  header.num_samples = num_samples_;
  header.index_offset = position_;
  header.num_bytes = position_ + index_.size();
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(index_.data(), index_.size()));
  std::memcpy(header.index_digest, canonical.digest, sizeof canonical.digest);
  write(index_.data(), index_.size());
  stream_.seekp(0);
  write(&header, sizeof header);
  stream_.close();
  if (!stream_) throw UserError("Cannot write " + file_.string() + ": free some disk.");
  put_in_place(unfinished_, file_);
  return content_digest(index_);
}

PackedImages::PackedImages(const fs::path& file) : file_(file) {
  auto mapped = MappedFile::open(file);
  if (!mapped) {
    throw UserError("Cannot open the corpus file " + file.string() +
                    ": restore it or ingest the corpus again.");
  }
  mapped_ = std::move(*mapped);
  check(file);
  const auto header = read_plain<Header>(mapped_.bytes().data());
  num_samples_ = static_cast<std::int64_t>(header.num_samples);
  index_offset_ = header.index_offset;
}

void PackedImages::check(const fs::path& file) const {
  const auto refuse = [&](const std::string& why) {
    throw UserError("The corpus file " + file.string() + " " + why +
                    ": restore it or ingest the corpus again.");
  };
  const auto num_bytes = mapped_.bytes().size();
  if (num_bytes < sizeof(Header)) refuse("is too short");
  const auto header = read_plain<Header>(mapped_.bytes().data());
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) refuse("is not a packed corpus");
  if (header.version != kVersion || header.byte_order != kByteOrder) {
    refuse("is of an unknown format version");
  }
  if (header.num_bytes != num_bytes) refuse("is cut off");
  const bool fits = header.index_offset >= sizeof(Header) && header.index_offset <= num_bytes &&
                    header.num_samples == (num_bytes - header.index_offset) / sizeof(Entry) &&
                    (num_bytes - header.index_offset) % sizeof(Entry) == 0;
  if (!fits) refuse("is damaged");
  const auto* index = mapped_.bytes().data() + header.index_offset;
  if (content_digest({index, num_bytes - header.index_offset}) != to_hex(header.index_digest))
    refuse("is damaged");
  for (std::uint64_t i = 0; i < header.num_samples; ++i) {
    if (!is_sound(read_plain<Entry>(index + i * sizeof(Entry)), header.index_offset)) {
      refuse("is damaged");
    }
  }
}

const std::byte* PackedImages::entry(std::int64_t position) const {
  assert(position >= 0 && position < num_samples_);
  return mapped_.bytes().data() + index_offset_ +
         static_cast<std::size_t>(position) * sizeof(Entry);
}

ImageView PackedImages::image(std::int64_t position) const {
  const auto at = read_plain<Entry>(entry(position));
  return {mapped_.bytes().data() + at.offset, static_cast<std::int32_t>(at.width),
          static_cast<std::int32_t>(at.height), at.channels, static_cast<PixelType>(at.dtype)};
}

std::uint64_t PackedImages::key(std::int64_t position) const {
  return read_plain<Entry>(entry(position)).key;
}

std::string PackedImages::fingerprint() const {
  return to_hex(read_plain<Header>(mapped_.bytes().data()).index_digest);
}

void PackedImages::check_contents(std::int64_t position) const {
  if (content_key(image(position).bytes()) == key(position)) return;
  throw UserError("The corpus file " + file_.string() + " is damaged at its picture " +
                  std::to_string(position + 1) +
                  ": restore it from a copy, or ingest the corpus again.");
}

}  // namespace pretext
