#include "core/text/masking.h"

#include "core/base/random_stream.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pretext {
namespace {

constexpr std::array<double, 10> kSpanShares = {
    // 0.2 · 0.8^(n-1), n = 1 to 10, over their sum.
    0.224, 0.1792, 0.14336, 0.114688, 0.09175, 0.0734, 0.05872, 0.04698, 0.03758, 0.03006};
constexpr std::array<double, 3> kNGramShares = {6.0 / 11.0, 3.0 / 11.0, 2.0 / 11.0};

/// Positions [begin, end) that are hidden together.
struct Unit {
  std::int32_t begin;
  std::int32_t end;
};

/// Words, or pieces where each is a unit, without special pieces.
std::vector<Unit> units_of(std::span<const std::int32_t> ids, const Vocabulary& vocabulary,
                           bool by_word) {
  std::vector<Unit> units;
  for (std::int32_t i = 0; std::cmp_less(i, ids.size()); ++i) {
    const auto id = ids[static_cast<std::size_t>(i)];
    const bool can_hide = id == vocabulary.unknown() || !vocabulary.is_special(id);
    if (!can_hide) continue;
    const bool goes_on =
        by_word && !units.empty() && units.back().end == i && vocabulary.is_continuation(id);
    if (goes_on) {
      ++units.back().end;
    } else {
      units.push_back({i, i + 1});
    }
  }
  return units;
}

/// Keyed order of 0 to count - 1.
std::vector<std::size_t> shuffled(std::size_t count, RandomStream& draws) {
  std::vector<std::pair<std::uint32_t, std::size_t>> keyed;
  keyed.reserve(count);
  for (std::size_t i = 0; i < count; ++i) keyed.emplace_back(draws.word(), i);
  std::ranges::sort(keyed);
  std::vector<std::size_t> order;
  order.reserve(count);
  for (const auto& [word, i] : keyed) order.push_back(i);
  return order;
}

/// How many words are hidden together.
std::size_t draw_words(MaskUnit unit, RandomStream& draws) {
  if (unit == MaskUnit::kPiece || unit == MaskUnit::kWord) return 1;
  const std::span<const double> shares =
      unit == MaskUnit::kSpan ? std::span<const double>(kSpanShares) : kNGramShares;
  double left = draws.share();
  std::size_t count = 1;
  for (const auto share : shares) {
    if (left < share || count == shares.size()) break;
    left -= share;
    ++count;
  }
  return count;
}

}  // namespace

std::vector<MaskedPiece> mask_pieces(std::span<std::int32_t> ids, const Vocabulary& vocabulary,
                                     const MaskingOptions& options, std::uint64_t seed,
                                     std::uint32_t epoch, std::uint64_t key) {
  RandomStream draws(
      {.seed = seed, .sample = key, .epoch = epoch, .purpose = RandomPurpose::kMasking});
  const auto units = units_of(ids, vocabulary, options.unit != MaskUnit::kPiece);
  const auto wanted = std::max<std::int64_t>(
      1, std::llround(options.probability * static_cast<double>(ids.size())));
  std::vector<bool> is_chosen(ids.size(), false);
  std::int64_t num_chosen = 0;
  for (const auto start : shuffled(units.size(), draws)) {
    if (num_chosen >= wanted) break;
    const auto num_words = draw_words(options.unit, draws);
    for (auto u = start; u < std::min(units.size(), start + num_words); ++u) {
      const auto& unit = units[u];
      const bool overlaps = is_chosen[static_cast<std::size_t>(unit.begin)];
      const bool is_apart = u > start && units[u - 1].end != unit.begin;  // Across a special piece.
      if (overlaps || is_apart || num_chosen + unit.end - unit.begin > wanted) break;
      for (auto i = unit.begin; i < unit.end; ++i) is_chosen[static_cast<std::size_t>(i)] = true;
      num_chosen += unit.end - unit.begin;
    }
  }
  std::vector<MaskedPiece> masked;
  masked.reserve(static_cast<std::size_t>(num_chosen));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!is_chosen[i]) continue;
    masked.push_back({static_cast<std::int32_t>(i), ids[i]});
    const double share = draws.share();
    const auto random = draws.index(vocabulary.size());
    if (share < options.mask_share) {
      ids[i] = vocabulary.mask();
    } else if (share < options.mask_share + options.random_share) {
      ids[i] = static_cast<std::int32_t>(random);
    }
  }
  return masked;
}

}  // namespace pretext
