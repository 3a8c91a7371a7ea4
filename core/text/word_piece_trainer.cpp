#include "core/text/word_piece_trainer.h"

#include "core/base/error.h"
#include "core/text/utf8.h"
#include "core/text/word_piece.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace pretext {
namespace {

using Pair = std::pair<std::int32_t, std::int32_t>;

struct PairHash {
  std::size_t operator()(const Pair& pair) const {
    const auto both =
        static_cast<std::uint64_t>(pair.first) << 32 | static_cast<std::uint32_t>(pair.second);
    return static_cast<std::size_t>((both ^ both >> 29) * 0x9E3779B97F4A7C15ull >> 7);
  }
};

/// A distinct word as the pieces that it consists of so far.
struct CutWord {
  std::vector<std::int32_t> pieces;
  std::int64_t count = 0;
};

/// A pair that may be merged next; its count may be out of date.
struct Candidate {
  Pair pair;
  std::int64_t count = 0;
  std::vector<std::int32_t> words;  // That hold it: indices, ascending.

  /// The most frequent is the greatest; of equals the one with the smaller ids.
  bool operator<(const Candidate& other) const {
    return count != other.count ? count < other.count : pair > other.pair;
  }
};

class Trainer {
 public:
  Trainer(const WordCounts& counts, const WordPieceTraining& options) : options_(options) {
    for (const auto* special : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) id_of(special);
    // In their order, so that ids do not depend on a hash table's.
    const std::map<std::string_view, std::int64_t> ordered(counts.begin(), counts.end());
    learn_alphabet(ordered);
    for (const auto& [word, count] : ordered) cut(word, count);
    if (words_.empty()) {
      throw UserError(counts.empty() ? "There are no words to learn a vocabulary from."
                                     : "All words are of more than 100 characters: there are none "
                                       "to learn a vocabulary from.");
    }
    if (std::cmp_greater(pieces_.size(), options_.size)) {
      throw UserError("A vocabulary of " + std::to_string(options_.size) +
                      " pieces is too small: its alphabet alone needs " +
                      std::to_string(pieces_.size()) + ".");
    }
    count_pairs();
  }

  void merge_all(const std::function<void(double)>& report) {
    while (std::cmp_less(pieces_.size(), options_.size) && !candidates_.empty()) {
      std::pop_heap(candidates_.begin(), candidates_.end());
      auto best = std::move(candidates_.back());
      candidates_.pop_back();
      const auto count = pair_counts_[best.pair];
      if (best.count != count) {
        best.count = count;
        push(std::move(best));
        continue;
      }
      if (count < std::max<std::int64_t>(1, options_.min_frequency)) break;
      merge(best);
      if (report && pieces_.size() % 256 == 0)
        report(static_cast<double>(pieces_.size()) / static_cast<double>(options_.size));
    }
  }

  std::vector<std::string> pieces() { return std::move(pieces_); }

 private:
  std::int32_t id_of(const std::string& piece) {
    const auto [found, is_new] = ids_.emplace(piece, static_cast<std::int32_t>(pieces_.size()));
    if (is_new) pieces_.push_back(piece);
    return found->second;
  }

  void learn_alphabet(const std::map<std::string_view, std::int64_t>& words) {
    std::map<char32_t, std::int64_t> uses;
    for (const auto& [word, count] : words) {
      for (std::size_t at = 0; at < word.size();) {
        const auto point = read_code_point(word, at);
        uses[point.value] += count;
        at += point.size;
      }
    }
    std::vector<std::pair<std::int64_t, char32_t>> ranked;
    ranked.reserve(uses.size());
    for (const auto& [c, count] : uses) ranked.emplace_back(-count, c);
    std::ranges::sort(ranked);
    if (std::cmp_greater(ranked.size(), options_.alphabet_limit))
      ranked.resize(static_cast<std::size_t>(options_.alphabet_limit));
    std::vector<char32_t> alphabet;
    alphabet.reserve(ranked.size());
    for (const auto& [rank, c] : ranked) alphabet.push_back(c);
    std::ranges::sort(alphabet);
    for (const auto c : alphabet) {
      std::string piece;
      append_utf8(piece, c);
      id_of(piece);
    }
  }

  /// A word's characters as pieces; those outside the alphabet are left out. A word that the
  /// encoder takes as unknown for its length teaches nothing, and would take quadratic time.
  void cut(std::string_view word, std::int64_t count) {
    if (WordPieceEncoder::is_too_long(word)) return;
    CutWord cut_word{{}, count};
    for (std::size_t at = 0; at < word.size();) {
      const auto size = read_code_point(word, at).size;
      const std::string character(word.substr(at, size));
      if (ids_.contains(character))
        cut_word.pieces.push_back(id_of(at == 0 ? character : "##" + character));
      at += size;
    }
    words_.push_back(std::move(cut_word));
  }

  void count_pairs() {
    std::unordered_map<Pair, std::vector<std::int32_t>, PairHash> places;
    for (std::size_t index = 0; index < words_.size(); ++index) {
      const auto& word = words_[index];
      for (std::size_t i = 1; i < word.pieces.size(); ++i) {
        const Pair pair{word.pieces[i - 1], word.pieces[i]};
        pair_counts_[pair] += word.count;
        note(places[pair], static_cast<std::int32_t>(index));
      }
    }
    push_candidates(places);
  }

  static void note(std::vector<std::int32_t>& words, std::int32_t word) {
    if (words.empty() || words.back() != word) words.push_back(word);
  }

  void push_candidates(std::unordered_map<Pair, std::vector<std::int32_t>, PairHash>& places) {
    for (auto& [pair, words] : places) {
      const auto count = pair_counts_[pair];
      if (count > 0) push({pair, count, std::move(words)});
    }
  }

  void push(Candidate candidate) {
    candidates_.push_back(std::move(candidate));
    std::push_heap(candidates_.begin(), candidates_.end());
  }

  void merge(const Candidate& best) {
    const auto& second = pieces_[static_cast<std::size_t>(best.pair.second)];
    const auto merged = id_of(pieces_[static_cast<std::size_t>(best.pair.first)] +
                              (second.starts_with("##") ? second.substr(2) : second));
    std::unordered_map<Pair, std::vector<std::int32_t>, PairHash> places;
    for (const auto index : best.words) merge_in(index, best.pair, merged, places);
    push_candidates(places);
  }

  /// Merges the pair in one word, keeping the counts of the pairs around it.
  void merge_in(std::int32_t index, const Pair& pair, std::int32_t merged,
                std::unordered_map<Pair, std::vector<std::int32_t>, PairHash>& places) {
    auto& [pieces, count] = words_[static_cast<std::size_t>(index)];
    const auto change = [&](const Pair& neighbours, std::int64_t by) {
      pair_counts_[neighbours] += by;
      if (by > 0) note(places[neighbours], index);
    };
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
      if (pieces[i] != pair.first || pieces[i + 1] != pair.second) continue;
      if (i > 0) {
        change({pieces[i - 1], pair.first}, -count);
        change({pieces[i - 1], merged}, count);
      }
      if (i + 2 < pieces.size()) {
        change({pair.second, pieces[i + 2]}, -count);
        change({merged, pieces[i + 2]}, count);
      }
      pieces[i] = merged;
      pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  WordPieceTraining options_;
  std::vector<std::string> pieces_;
  std::unordered_map<std::string, std::int32_t> ids_;
  std::vector<CutWord> words_;
  std::unordered_map<Pair, std::int64_t, PairHash> pair_counts_;
  std::vector<Candidate> candidates_;  // A heap.
};

}  // namespace

void count_words(std::string_view text, WordSplitter& splitter, WordCounts& counts) {
  splitter.split(text, 0, text.size(), [&](const Word& word) {
    const auto found = counts.find(word.text);
    if (found != counts.end()) {
      ++found->second;
    } else {
      counts.emplace(word.text, 1);
    }
  });
}

Vocabulary train_word_pieces(const WordCounts& counts, const WordPieceTraining& options,
                             const std::function<void(double)>& report) {
  Trainer trainer(counts, options);
  trainer.merge_all(report);
  return {trainer.pieces(), options.is_uncased};
}

}  // namespace pretext
