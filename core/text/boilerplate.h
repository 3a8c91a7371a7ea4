#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pretext {

/// How often each line stands in a heap of documents, so that page headers, footers and notices
/// that come again and again can go.
///
/// Lines are compared without blanks at their ends, by a 64-bit key of their bytes. Documents of a
/// single line do not count: equal ones are duplicates. Where there are too many different lines,
/// the rarest are forgotten, so that memory is bounded (some 150 MB).
class LineCounts {
 public:
  void count(std::string_view document);

  /// Takes out the lines that were counted more than `most` times; returns how many went.
  std::int64_t drop_frequent(std::string& document, std::int64_t most) const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> uses_;
  std::uint32_t forgotten_ = 0;  // Lines of so many uses were forgotten at some time.
};

}  // namespace pretext
