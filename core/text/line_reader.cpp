#include "core/text/line_reader.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/utf8.h"

#include <zlib.h>

namespace pretext {

constexpr unsigned kBlock = 1u << 20;

struct LineReader::Stream {
  gzFile file = nullptr;
};

LineReader::LineReader(const std::filesystem::path& file)
    : file_(file), stream_(std::make_unique<Stream>()) {
  stream_->file = gzdopen(open_regular_file(file), "rb");
  if (!stream_->file) throw UserError("Cannot read " + file.string() + ": free some memory.");
  gzbuffer(stream_->file, kBlock);
}

LineReader::~LineReader() {
  if (stream_->file) gzclose(stream_->file);
}

std::int64_t LineReader::bytes_read() const {
  return gzoffset(stream_->file);
}

/// Recognises a byte order mark in the first block, and takes it out.
void LineReader::recognise_coding() {
  has_begun_ = true;
  const std::string_view head(block_);
  if (head.starts_with("\xFF\xFE")) coding_ = Coding::kUtf16Little;
  if (head.starts_with("\xFE\xFF")) coding_ = Coding::kUtf16Big;
  if (coding_ != Coding::kUtf8) {
    block_.erase(0, 2);
    return;
  }
  if (head.starts_with("\xEF\xBB\xBF")) block_.erase(0, 3);
  if (block_.substr(0, 4096).find('\0') != std::string::npos) {
    throw UserError("The file " + file_.string() +
                    " is binary, not text: choose a text, CSV, TSV or JSONL file.");
  }
}

bool LineReader::fill() {
  block_.resize(kBlock);
  const int got = gzread(stream_->file, block_.data(), kBlock);
  int status = Z_OK;
  gzerror(stream_->file, &status);
  if (got < 0 || status == Z_BUF_ERROR) {
    throw UserError("The file " + file_.string() + " is cut off or damaged: fetch it again.");
  }
  block_.resize(static_cast<std::size_t>(got));
  at_ = 0;
  num_unpacked_ += static_cast<std::uint64_t>(got);
  if (gzdirect(stream_->file) == 0 &&
      is_swollen(num_unpacked_, static_cast<std::uint64_t>(bytes_read()))) {
    throw UserError("The file " + file_.string() +
                    " unpacks to more than 250 times its size, as no text does: unpack it with "
                    "gunzip if you trust it.");
  }
  if (!has_begun_) recognise_coding();
  if (coding_ == Coding::kUtf8) return got > 0;
  block_.insert(0, odd_byte_);
  odd_byte_.clear();
  if (got > 0) {
    // A unit, or the second half of a surrogate pair, may come with the next block.
    const bool is_big = coding_ == Coding::kUtf16Big;
    std::size_t keep = block_.size() % 2;
    if (block_.size() - keep >= 2) {
      const auto high = static_cast<unsigned char>(block_[block_.size() - keep - (is_big ? 2 : 1)]);
      if (high >= 0xD8 && high <= 0xDB) keep += 2;
    }
    odd_byte_ = block_.substr(block_.size() - keep);
    block_.resize(block_.size() - keep);
  }
  block_ = utf8_from_utf16(block_, coding_ == Coding::kUtf16Big);
  return got > 0 || !block_.empty();
}

bool LineReader::next(std::string& line) {
  line.clear();
  bool has_any = false;
  while (true) {
    if (at_ == block_.size() && !fill()) break;
    if (at_ == block_.size()) continue;
    if (skips_line_feed_ && block_[at_] == '\n') ++at_;
    skips_line_feed_ = false;
    if (at_ == block_.size()) continue;
    has_any = true;
    const auto end = block_.find_first_of("\r\n", at_);
    line.append(block_, at_, end == std::string::npos ? std::string::npos : end - at_);
    if (line.size() > kLongestLine) {
      throw UserError("Line " + std::to_string(line_number_ + 1) + " of " + file_.string() +
                      " is longer than 64 MiB: break it into lines, then ingest again.");
    }
    if (end == std::string::npos) {
      at_ = block_.size();
      continue;
    }
    skips_line_feed_ = block_[end] == '\r';
    at_ = end + 1;
    ++line_number_;
    return true;
  }
  if (has_any) ++line_number_;
  return has_any;
}

}  // namespace pretext
