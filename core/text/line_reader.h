#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace pretext {

/// Reads a text file line by line in bounded memory, through zlib when it is gzip. A byte order
/// mark is left out; UTF-16 with one is turned into UTF-8. Lines end with LF, CRLF or CR.
class LineReader {
 public:
  static constexpr std::size_t kLongestLine = std::size_t{64} << 20;  ///< Bytes.

  /// Throws UserError when the file cannot be read, is a pipe or a device, or has NUL bytes and is
  /// no UTF-16: is binary.
  explicit LineReader(const std::filesystem::path& file);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  /// False at the end. The line end is not part of the line. Throws UserError for a line longer
  /// than `kLongestLine`, or a file that is cut off or unpacks to far more than its size.
  bool next(std::string& line);

  std::int64_t line_number() const { return line_number_; }  ///< Of the line just read, from 1.
  std::int64_t bytes_read() const;                           ///< Of the file as it lies on disk.

 private:
  struct Stream;
  enum class Coding { kUtf8, kUtf16Little, kUtf16Big };

  bool fill();
  void recognise_coding();

  std::filesystem::path file_;
  std::unique_ptr<Stream> stream_;
  Coding coding_ = Coding::kUtf8;
  std::string block_;  // UTF-8, not yet handed out from `at_` on.
  std::size_t at_ = 0;
  std::string odd_byte_;  // Of UTF-16, cut between blocks.
  bool skips_line_feed_ = false;
  bool has_begun_ = false;
  std::int64_t line_number_ = 0;
  std::uint64_t num_unpacked_ = 0;  // Bytes.
};

}  // namespace pretext
