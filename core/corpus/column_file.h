#pragma once

#include "core/base/mapped_file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>

struct XXH3_state_s;

namespace pretext {

/// Writes numbers of one width one after the other into a file of their own (FORMAT.md, "Columns"),
/// in bounded memory. A file that was not finished is refused by its reader.
class ColumnWriter {
 public:
  /// `element_size`: bytes of one number: 1, 2, 4, 8, or more for a fixed record.
  ColumnWriter(const std::filesystem::path& file, std::size_t element_size);
  ~ColumnWriter();
  ColumnWriter(const ColumnWriter&) = delete;
  ColumnWriter& operator=(const ColumnWriter&) = delete;

  /// `bytes`: a whole number of elements.
  void append(std::span<const std::byte> bytes);
  template <typename Value>
  void append(std::span<const Value> values) {
    append(std::as_bytes(values));
  }
  template <typename Value>
  void push(const Value& value) {
    append(std::as_bytes(std::span(&value, 1)));
  }

  std::uint64_t size() const { return num_bytes_ / element_size_; }  ///< Elements so far.
  /// Writes the header. Returns the digest of the elements, 32 hexadecimal digits. Throws UserError
  /// when the disk is full.
  std::string finish();

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };

  std::filesystem::path file_;
  std::ofstream stream_;
  std::size_t element_size_;
  std::uint64_t num_bytes_ = 0;
  std::unique_ptr<XXH3_state_s, Free> digest_;
};

/// A column, memory-mapped. Safe to read from many threads.
class ColumnFile {
 public:
  /// Throws UserError when the file is missing, short, of an unknown version or of another width.
  ColumnFile(const std::filesystem::path& file, std::size_t element_size);
  ColumnFile(const ColumnFile&) = delete;
  ColumnFile& operator=(const ColumnFile&) = delete;

  std::uint64_t size() const { return num_elements_; }
  /// The elements; `Value` has the column's width.
  template <typename Value>
  std::span<const Value> values() const {
    return {reinterpret_cast<const Value*>(mapped_.bytes().data() + kHeaderSize), num_elements_};
  }
  /// Of the elements, as `ColumnWriter::finish` returned it.
  std::string digest() const;
  /// Reads all of it. Throws UserError when its digest is another than when it was written.
  void check() const;

 private:
  static constexpr std::size_t kHeaderSize = 64;

  std::filesystem::path file_;
  MappedFile mapped_;
  std::uint64_t num_elements_ = 0;
};

}  // namespace pretext
