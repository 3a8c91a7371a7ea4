#include "core/corpus/packed_documents.h"

#include "core/base/digest.h"
#include "core/base/error.h"

#include <algorithm>
#include <zstd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFrameSize = std::size_t{64} << 10;  // Bytes of text.
constexpr int kCompression = 3;

[[noreturn]] void refuse(const fs::path& folder) {
  throw UserError("The packed text in " + folder.string() +
                  " is damaged: restore it, or ingest the corpus again.");
}

}  // namespace

PackedTextWriter::PackedTextWriter(const fs::path& folder)
    : file_(folder / "text.zst"),
      frames_(file_, std::ios::binary | std::ios::trunc),
      frame_index_(folder / "frames.ptx", sizeof(TextFrame)),
      documents_(folder / "documents.ptx", sizeof(PackedDocument)) {}

PackedTextWriter::~PackedTextWriter() = default;

void PackedTextWriter::add(std::string_view document, std::uint64_t key) {
  documents_.push(PackedDocument{num_text_, key});
  num_text_ += document.size();
  pending_ += document;
  while (pending_.size() >= kFrameSize) flush();
}

/// Compresses one frame of what is pending.
void PackedTextWriter::flush() {
  const auto size = std::min(pending_.size(), kFrameSize);
  compressed_.resize(ZSTD_compressBound(size));
  const auto written =
      ZSTD_compress(compressed_.data(), compressed_.size(), pending_.data(), size, kCompression);
  frame_index_.push(TextFrame{num_compressed_, num_text_ - pending_.size()});
  frames_.write(compressed_.data(), static_cast<std::streamsize>(written));
  if (!frames_) {
    throw UserError("Cannot write " + file_.string() +
                    ": free some disk, then ingest the corpus again.");
  }
  num_compressed_ += written;
  pending_.erase(0, size);
}

void PackedTextWriter::finish() {
  while (!pending_.empty()) flush();
  documents_.push(PackedDocument{num_text_, 0});
  frame_index_.push(TextFrame{num_compressed_, num_text_});
  frames_.close();
  if (!frames_) {
    throw UserError("Cannot write " + file_.string() +
                    ": free some disk, then ingest the corpus again.");
  }
  frame_index_.finish();
  documents_.finish();
}

PackedDocuments::PackedDocuments(const fs::path& folder)
    : folder_(folder),
      documents_(folder / "documents.ptx", sizeof(PackedDocument)),
      frame_index_(folder / "frames.ptx", sizeof(TextFrame)) {
  auto frames = MappedFile::open(folder / "text.zst");
  if (!frames) refuse(folder);
  frames_ = std::move(*frames);
  check();
}

/// The indexes are whole, ascend and end where their files do.
void PackedDocuments::check() const {
  documents_.check();
  frame_index_.check();
  const auto documents = documents_.values<PackedDocument>();
  const auto frames = frame_index_.values<TextFrame>();
  const auto is_too_long = [](const TextFrame& one, const TextFrame& next) {
    return next.text_begin - one.text_begin > kFrameSize;
  };
  const bool sound = !documents.empty() && !frames.empty() && documents.front().text_begin == 0 &&
                     frames.front().begin == 0 && frames.front().text_begin == 0 &&
                     frames.back().begin == frames_.bytes().size() &&
                     frames.back().text_begin == documents.back().text_begin &&
                     std::ranges::is_sorted(documents, {}, &PackedDocument::text_begin) &&
                     std::ranges::is_sorted(frames, {}, &TextFrame::begin) &&
                     std::ranges::is_sorted(frames, {}, &TextFrame::text_begin) &&
                     std::ranges::adjacent_find(frames, is_too_long) == frames.end();
  if (!sound) refuse(folder_);
}

void PackedDocuments::check_contents() const {
  constexpr std::int64_t kAtOnce = 512;
  for (std::int64_t first = 0; first < size(); first += kAtOnce) {
    auto document = first;
    for (const auto& text : texts(first, std::min(size(), first + kAtOnce)))
      if (content_key(std::as_bytes(std::span(text))) != key(document++)) refuse(folder_);
  }
}

std::string PackedDocuments::text(std::int64_t document) const {
  return range(at(document).text_begin, at(document + 1).text_begin);
}

std::vector<std::string> PackedDocuments::texts(std::int64_t first, std::int64_t last) const {
  const auto begin = at(first).text_begin;
  const auto all = range(begin, at(last).text_begin);
  std::vector<std::string> texts;
  for (auto document = first; document < last; ++document)
    texts.push_back(
        all.substr(at(document).text_begin - begin, static_cast<std::size_t>(num_bytes(document))));
  return texts;
}

/// The text's bytes [begin, end).
std::string PackedDocuments::range(std::uint64_t begin, std::uint64_t end) const {
  if (begin == end) return {};
  const auto frames = frame_index_.values<TextFrame>();
  auto frame = std::ranges::upper_bound(frames, begin, {}, &TextFrame::text_begin) - 1;
  const auto text_begin = frame->text_begin;
  std::string text;
  for (; frame->text_begin < end; ++frame) {
    const auto size = (frame + 1)->text_begin - frame->text_begin;
    const auto old_size = text.size();
    text.resize(old_size + size);
    const auto got =
        ZSTD_decompress(text.data() + old_size, size, frames_.bytes().data() + frame->begin,
                        (frame + 1)->begin - frame->begin);
    if (ZSTD_isError(got) || got != size) refuse(folder_);
  }
  text.resize(end - text_begin);
  text.erase(0, begin - text_begin);
  return text;
}

}  // namespace pretext
