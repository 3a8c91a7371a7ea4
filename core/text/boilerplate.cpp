#include "core/text/boilerplate.h"

#include "core/base/digest.h"

#include <optional>
#include <span>

namespace pretext {
namespace {

constexpr std::size_t kMostLines = 4'000'000;  // Different ones that are remembered.

/// Calls `use(line, key)` with each line of a document of several, its end with it; no key for a
/// blank line.
template <typename Use>
void for_each_line(std::string_view document, const Use& use) {
  while (!document.empty()) {
    const auto end = std::min(document.find('\n'), document.size() - 1) + 1;
    const auto line = document.substr(0, end);
    document.remove_prefix(end);
    const auto first = line.find_first_not_of(" \t\n");
    std::optional<std::uint64_t> key;
    if (first != std::string_view::npos) {
      const auto trimmed = line.substr(first, line.find_last_not_of(" \t\n") + 1 - first);
      key = content_key(std::as_bytes(std::span(trimmed)));
    }
    use(line, key);
  }
}

bool has_several_lines(std::string_view document) {
  return document.find('\n') < document.find_last_not_of(" \t\n");
}

}  // namespace

void LineCounts::count(std::string_view document) {
  if (!has_several_lines(document)) return;
  for_each_line(document, [&](std::string_view /*line*/, std::optional<std::uint64_t> key) {
    if (key) ++uses_[*key];
  });
  if (uses_.size() <= kMostLines) return;
  ++forgotten_;
  std::erase_if(uses_, [&](const auto& entry) { return entry.second <= forgotten_; });
}

std::int64_t LineCounts::drop_frequent(std::string& document, std::int64_t most) const {
  if (!has_several_lines(document)) return 0;
  std::string kept;
  std::int64_t num_dropped = 0;
  for_each_line(document, [&](std::string_view line, std::optional<std::uint64_t> key) {
    const auto found = key ? uses_.find(*key) : uses_.end();
    if (found != uses_.end() && found->second > most) {
      ++num_dropped;
    } else {
      kept += line;
    }
  });
  if (num_dropped == 0) return 0;
  kept.resize(kept.find_last_not_of(" \t\n") + 1);  // All of it where only blanks are left.
  document = std::move(kept);
  return num_dropped;
}

}  // namespace pretext
