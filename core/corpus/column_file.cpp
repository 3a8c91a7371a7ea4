#include "core/corpus/column_file.h"

#include "core/base/error.h"

#include <cassert>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
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
  std::string text;
  for (const auto byte : canonical.digest) {
    constexpr const char* kDigits = "0123456789abcdef";
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

ColumnFile::ColumnFile(const std::filesystem::path& file, std::size_t element_size) : file_(file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(file, "is missing");
  struct stat status {};
  ::fstat(descriptor, &status);
  num_bytes_ = static_cast<std::size_t>(status.st_size);
  void* mapped = num_bytes_ < sizeof(Header)
                     ? MAP_FAILED
                     : ::mmap(nullptr, num_bytes_, PROT_READ, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  if (mapped == MAP_FAILED) refuse(file, "is cut off");
  data_ = static_cast<const std::byte*>(mapped);
  Header header;
  std::memcpy(&header, data_, sizeof header);
  const char* complaint = nullptr;
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
    complaint = "is no column";
  } else if (header.version != kVersion || header.byte_order != kByteOrder) {
    complaint = "is of another version";
  } else if (header.element_size != element_size) {
    complaint = "has numbers of another width";
  } else if (header.num_bytes != num_bytes_ ||
             header.num_elements != (num_bytes_ - sizeof header) / element_size ||
             (num_bytes_ - sizeof header) % element_size != 0) {
    complaint = "is cut off";
  }
  if (complaint) {
    ::munmap(const_cast<std::byte*>(data_), num_bytes_);
    refuse(file, complaint);
  }
  num_elements_ = header.num_elements;
}

ColumnFile::~ColumnFile() {
  ::munmap(const_cast<std::byte*>(data_), num_bytes_);
}

void ColumnFile::check() const {
  Header header;
  std::memcpy(&header, data_, sizeof header);
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(data_ + kHeaderSize, num_bytes_ - kHeaderSize));
  if (std::memcmp(canonical.digest, header.digest, sizeof header.digest) != 0)
    refuse(file_, "is damaged");
}

}  // namespace pretext
