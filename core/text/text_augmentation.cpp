#include "core/text/text_augmentation.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/random_stream.h"
#include "core/text/line_reader.h"
#include "core/text/piece_encoder.h"

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

using WordIds = std::vector<std::int32_t>;

/// Draws of one view; what a view is enters the key, since the stream counts the rest.
RandomStream draws_of(std::uint64_t seed, std::uint32_t epoch, std::uint64_t key,
                      std::uint8_t view) {
  return RandomStream({.seed = seed,
                       .sample = key ^ (view + 1) * 0x9E3779B97F4A7C15ull,
                       .epoch = epoch,
                       .purpose = RandomPurpose::kTextView});
}

std::size_t count_of(double share, std::size_t whole) {
  return std::clamp<std::size_t>(
      static_cast<std::size_t>(std::lround(share * static_cast<double>(whole))), 1, whole);
}

/// `count` different numbers below `bound`, in the order in which they were drawn.
std::vector<std::size_t> choose(std::size_t count, std::size_t bound, RandomStream& draws) {
  std::vector<std::size_t> numbers(bound);
  for (std::size_t i = 0; i < bound; ++i) numbers[i] = i;
  for (std::size_t i = 0; i < count; ++i) {
    const auto other =
        i + static_cast<std::size_t>(draws.index(static_cast<std::int64_t>(bound - i)));
    std::swap(numbers[i], numbers[other]);
  }
  numbers.resize(count);
  return numbers;
}

void reorder(std::vector<std::size_t>& order, double share, RandomStream& draws) {
  const auto moved = std::max<std::size_t>(2, count_of(share, order.size()));
  auto places = choose(moved, order.size(), draws);
  auto sorted = places;
  std::ranges::sort(sorted);
  const auto before = order;
  for (std::size_t i = 0; i < moved; ++i) order[sorted[i]] = before[places[i]];
}

void replace_by_synonyms(std::vector<WordIds>& words, const Synonyms& synonyms, double share,
                         RandomStream& draws) {
  std::vector<std::size_t> able;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!synonyms.of(words[i]).empty()) able.push_back(i);
  }
  if (able.empty()) return;
  const auto wanted = std::min(count_of(share, words.size()), able.size());
  for (const auto chosen : choose(wanted, able.size(), draws)) {
    auto& word = words[able[chosen]];
    const auto list = synonyms.of(word);
    word = list[static_cast<std::size_t>(draws.index(std::ssize(list)))];
  }
}

void replace_at_random(std::vector<WordIds>& words, const Vocabulary& vocabulary, double share,
                       RandomStream& draws) {
  for (const auto place : choose(count_of(share, words.size()), words.size(), draws)) {
    std::int32_t piece = vocabulary.unknown();
    for (int tries = 0; tries < 100; ++tries) {
      piece = static_cast<std::int32_t>(draws.index(vocabulary.size()));
      if (!vocabulary.is_special(piece) && !vocabulary.is_continuation(piece)) break;
    }
    words[place] = {piece};
  }
}

void swap_words(std::vector<WordIds>& words, double share, RandomStream& draws) {
  if (words.size() < 2) return;
  for (auto left = count_of(share, words.size()); left > 0; --left) {
    const auto pair = choose(2, words.size(), draws);
    std::swap(words[pair[0]], words[pair[1]]);
  }
}

void delete_words(std::vector<WordIds>& words, double share, RandomStream& draws) {
  std::vector<WordIds> left;
  for (const auto& word : words) {
    if (draws.share() >= static_cast<float>(share)) left.push_back(word);
  }
  if (!left.empty()) words = std::move(left);
}

void append_words(const std::vector<std::int32_t>& pieces, const Vocabulary& vocabulary,
                  std::vector<WordIds>& words) {
  bool is_first = true;
  for (const auto piece : pieces) {
    if (is_first || !vocabulary.is_continuation(piece)) words.emplace_back();
    words.back().push_back(piece);
    is_first = false;
  }
}

}  // namespace

Synonyms::Synonyms(const std::filesystem::path& file, const Vocabulary& vocabulary) {
  PieceEncoder encoder(vocabulary, true);
  const auto pieces = [&](const std::string& text) {
    std::vector<Token> tokens;
    encoder.encode(text, tokens);
    WordIds word;
    for (const auto& token : tokens) word.push_back(token.id);
    return word;
  };
  LineReader lines(file);
  for (std::string line; lines.next(line);) {
    if (trimmed(line).empty()) continue;
    std::vector<WordIds> words;
    for (std::size_t begin = 0; begin <= line.size();) {
      const auto end = std::min(line.find_first_of("\t,", begin), line.size());
      if (auto word = pieces(trimmed(line.substr(begin, end - begin))); !word.empty())
        words.push_back(std::move(word));
      begin = end + 1;
    }
    if (words.size() < 2) {
      throw UserError("Line " + std::to_string(lines.line_number()) + " of " + file.string() +
                      " has no synonym: give a word, then others after tabs or commas.");
    }
    auto& list = lists_[words.front()];
    list.insert(list.end(), words.begin() + 1, words.end());
  }
}

std::span<const std::vector<std::int32_t>> Synonyms::of(const WordIds& word) const {
  const auto found = lists_.find(word);
  return found == lists_.end() ? std::span<const WordIds>()
                               : std::span<const WordIds>(found->second);
}

std::vector<std::int32_t> augment(std::span<const std::vector<std::int32_t>> sentences,
                                  const Vocabulary& vocabulary, const TextAugmentation& options,
                                  const Synonyms& synonyms, std::uint64_t seed, std::uint32_t epoch,
                                  std::uint64_t key, std::uint8_t view) {
  auto draws = draws_of(seed, epoch, key, view);
  const auto is_done = [&](const TextOperation& operation) {
    return draws.share() < static_cast<float>(operation.probability) && operation.share > 0;
  };
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (is_done(options.reordering) && order.size() >= 2)
    reorder(order, options.reordering.share, draws);
  std::vector<WordIds> words;
  for (const auto number : order) append_words(sentences[number], vocabulary, words);
  if (words.empty()) return {};
  if (is_done(options.synonyms))
    replace_by_synonyms(words, synonyms, options.synonyms.share, draws);
  if (is_done(options.replacement))
    replace_at_random(words, vocabulary, options.replacement.share, draws);
  if (is_done(options.swap)) swap_words(words, options.swap.share, draws);
  if (is_done(options.deletion)) delete_words(words, options.deletion.share, draws);
  std::vector<std::int32_t> pieces;
  for (const auto& word : words) pieces.insert(pieces.end(), word.begin(), word.end());
  return pieces;
}

}  // namespace pretext
