#include "core/text/byte_pairs.h"

#include "core/base/error.h"
#include "core/text/utf8.h"

#include <map>

namespace pretext {
namespace {

/// Which character stands for each byte: itself where it can be seen in Latin-1, else one of those
/// behind U+0100.
std::array<char32_t, 256> make_characters() {
  std::array<char32_t, 256> characters{};
  char32_t next = 0x100;
  for (char32_t byte = 0; byte < 256; ++byte) {
    const bool is_visible = (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) ||
                            (byte >= 0xAE && byte <= 0xFF);
    characters[byte] = is_visible ? byte : next++;
  }
  return characters;
}

const std::array<char32_t, 256>& characters() {
  static const auto all = make_characters();
  return all;
}

std::uint64_t joined(std::int32_t left, std::int32_t right) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 |
         static_cast<std::uint32_t>(right);
}

}  // namespace

BytePairs::BytePairs(const std::unordered_map<std::string, std::int32_t>& ids,
                     std::vector<Pair> merges)
    : merges_(std::move(merges)) {
  const auto require = [&](const std::string& name) {
    const auto found = ids.find(name);
    if (found != ids.end()) return found->second;
    throw UserError("The tokenizer has no piece \"" + name +
                    "\", which its bytes or merges need: fetch its tokenizer.json again.");
  };
  for (std::size_t byte = 0; byte < of_bytes_.size(); ++byte) {
    std::string name;
    append_utf8(name, characters()[byte]);
    of_bytes_[byte] = require(name);
  }
  std::int32_t rank = 0;
  for (const auto& [left, right] : merges_) {
    by_pair_.emplace(joined(require(left), require(right)), Merge{rank++, require(left + right)});
  }
}

const BytePairs::Merge* BytePairs::find(std::int32_t left, std::int32_t right) const {
  const auto found = by_pair_.find(joined(left, right));
  return found == by_pair_.end() ? nullptr : &found->second;
}

std::string bytes_of_piece(std::string_view name) {
  static const auto bytes = [] {
    std::map<char32_t, char> table;
    for (std::size_t byte = 0; byte < 256; ++byte)
      table[characters()[byte]] = static_cast<char>(byte);
    return table;
  }();
  std::string text;
  for (std::size_t at = 0; at < name.size();) {
    const auto point = read_code_point(name, at);
    if (const auto byte = bytes.find(point.value); byte != bytes.end()) {
      text += byte->second;
    } else {
      text.append(name.substr(at, point.size));
    }
    at += point.size;
  }
  return text;
}

}  // namespace pretext
