#include "core/corpus/column_file.h"

#include "core/base/digest.h"
#include "core/base/error.h"

#include <cassert>
#include <cstring>
#include <xxhash.h>

namespace pretext {
namespace {

constexpr char kMagic[8] = {'P', 'T', 'X', 'C', 'O', 'L', '\r', '\n'};
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kByteOrder = 0x01020304;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t byte_order;
  std::uint64_t element_size;
  std::uint64_t num_elements;
  std::uint64_t num_bytes;  // Of the file.
  unsigned char digest[16];
  std::uint64_t zero;
};
static_assert(sizeof(Header) == 64);

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw UserError("The packed file " + file.string() + " " + why +
                  ": restore it, or ingest the corpus again.");
}

Header header_of(const MappedFile& mapped) {
  Header header;
  std::memcpy(&header, mapped.bytes().data(), sizeof header);
  return header;
}

}  // namespace

void ColumnWriter::Free::operator()(XXH3_state_s* state) const {
  XXH3_freeState(state);
}

ColumnWriter::ColumnWriter(const std::filesystem::path& file, std::size_t element_size)
    : file_(file),
      stream_(file, std::ios::binary | std::ios::trunc),
      element_size_(element_size),
      digest_(XXH3_createState()) {
  XXH3_128bits_reset(digest_.get());
  const Header empty{};
  stream_.write(reinterpret_cast<const char*>(&empty), sizeof empty);
}

ColumnWriter::~ColumnWriter() = default;

void ColumnWriter::append(std::span<const std::byte> bytes) {
  stream_.write(reinterpret_cast<const char*>(bytes.data()),
                static_cast<std::streamsize>(bytes.size()));
  if (!stream_) {
    throw UserError("Cannot write " + file_.string() +
                    ": free some disk, then ingest the corpus again.");
  }
  XXH3_128bits_update(digest_.get(), bytes.data(), bytes.size());
  num_bytes_ += bytes.size();
}

std::string ColumnWriter::finish() {
  assert(num_bytes_ % element_size_ == 0);
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kVersion;
  header.byte_order = kByteOrder;
  header.element_size = element_size_;
  header.num_elements = size();
  header.num_bytes = sizeof(Header) + num_bytes_;
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(digest_.get()));
  std::memcpy(header.digest, canonical.digest, sizeof header.digest);
  stream_.seekp(0);
  stream_.write(reinterpret_cast<const char*>(&header), sizeof header);
  stream_.close();
  if (!stream_) {
    throw UserError("Cannot write " + file_.string() +
                    ": free some disk, then ingest the corpus again.");
  }
  return to_hex(header.digest);
}

ColumnFile::ColumnFile(const std::filesystem::path& file, std::size_t element_size) : file_(file) {
  auto mapped = MappedFile::open(file);
  if (!mapped) refuse(file, "is missing");
  mapped_ = std::move(*mapped);
  const auto num_bytes = mapped_.bytes().size();
  if (num_bytes < sizeof(Header)) refuse(file, "is cut off");
  const auto header = header_of(mapped_);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
    refuse(file, "is no column");
  } else if (header.version != kVersion || header.byte_order != kByteOrder) {
    refuse(file, "is of another version");
  } else if (header.element_size != element_size) {
    refuse(file, "has numbers of another width");
  } else if (header.num_bytes != num_bytes ||
             header.num_elements != (num_bytes - sizeof header) / element_size ||
             (num_bytes - sizeof header) % element_size != 0) {
    refuse(file, "is cut off");
  }
  num_elements_ = header.num_elements;
}

std::string ColumnFile::digest() const {
  return to_hex(header_of(mapped_).digest);
}

void ColumnFile::check() const {
  const auto elements = mapped_.bytes().subspan(kHeaderSize);
  if (content_digest(elements) != digest()) refuse(file_, "is damaged");
}

}  // namespace pretext
