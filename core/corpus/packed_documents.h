#pragma once

#include "core/corpus/column_file.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace pretext {

/// A row of documents.ptx.
struct PackedDocument {
  std::uint64_t text_begin = 0;  ///< In all of the text, bytes.
  std::uint64_t key = 0;
};

/// A row of frames.ptx.
struct TextFrame {
  std::uint64_t begin = 0;  ///< In text.zst.
  std::uint64_t text_begin = 0;
};

/// Writes the cleaned text of a corpus (FORMAT.md, "Packed text"), document by document.
class PackedTextWriter {
 public:
  explicit PackedTextWriter(const std::filesystem::path& folder);
  ~PackedTextWriter();

  void add(std::string_view document, std::uint64_t key);
  /// Throws UserError when the disk is full.
  void finish();

 private:
  void flush();

  std::filesystem::path file_;
  std::ofstream frames_;
  ColumnWriter frame_index_;
  ColumnWriter documents_;
  std::string pending_;  // Not yet compressed.
  std::vector<char> compressed_;
  std::uint64_t num_compressed_ = 0;
  std::uint64_t num_text_ = 0;
};

/// The documents of a corpus, as cleaned. Safe to read from many threads.
class PackedDocuments {
 public:
  /// Throws UserError when a file is missing, short or damaged.
  explicit PackedDocuments(const std::filesystem::path& folder);

  std::int64_t size() const { return static_cast<std::int64_t>(documents_.size()) - 1; }
  std::uint64_t key(std::int64_t document) const { return at(document).key; }
  std::int64_t num_bytes(std::int64_t document) const {
    return static_cast<std::int64_t>(at(document + 1).text_begin - at(document).text_begin);
  }
  std::int64_t num_bytes() const { return static_cast<std::int64_t>(at(size()).text_begin); }
  /// UTF-8. Decompresses the frames that it lies in. Throws UserError when one is damaged.
  std::string text(std::int64_t document) const;
  /// Of their index, without their texts.
  std::string digest() const { return documents_.digest(); }
  /// Reads all of it. Throws UserError when a text is other than when it was packed.
  void check_contents() const;
  /// The texts of [first, last), each frame decompressed once.
  std::vector<std::string> texts(std::int64_t first, std::int64_t last) const;

 private:
  const PackedDocument& at(std::int64_t document) const {
    return documents_.values<PackedDocument>()[static_cast<std::size_t>(document)];
  }
  std::string range(std::uint64_t begin, std::uint64_t end) const;
  void check() const;

  std::filesystem::path folder_;
  ColumnFile documents_;
  ColumnFile frame_index_;
  MappedFile frames_;
};

}  // namespace pretext
