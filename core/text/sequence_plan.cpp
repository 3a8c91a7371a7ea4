#include "core/text/sequence_plan.h"

#include "core/base/error.h"
#include "core/base/random_stream.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::size_t kPackingWindow = 1024;   // Sequences.
constexpr std::int64_t kFewestWithOrder = 10;  // Per cent of the documents, for pairs to teach.

/// Sentences [begin, end) and their pieces.
struct Run {
  std::int64_t begin;
  std::int64_t end;
  std::int64_t size = 0;

  TextSegment whole() const { return {begin, end, 0, static_cast<std::int32_t>(size)}; }
};

/// Cuts one document into sequences.
class DocumentCutter {
 public:
  DocumentCutter(const PieceTable& table, std::span<const PlanDocument> documents,
                 const SequenceOptions& options, std::uint32_t epoch, std::size_t number,
                 std::vector<TextSequence>& sequences)
      : table_(table),
        documents_(documents),
        options_(options),
        document_(documents[number]),
        number_(number),
        draws_({.seed = options.seed,
                .sample = document_.key,
                .epoch = epoch,
                .purpose = RandomPurpose::kTextPlan}),
        room_(options.length - (options.is_causal                  ? 1
                                : options.pairs == PairKind::kNone ? 2
                                                                   : 3)),
        sequences_(sequences) {}

  void cut() {
    const auto [first, last] = table_.sentences_of(document_.position);
    target_ = draws_.share() < static_cast<float>(options_.short_probability)
                  ? 2 + draws_.index(std::max<std::int64_t>(1, room_ - 1))
                  : room_;
    if (options_.pairs == PairKind::kNone) {
      cut_runs(first, last);
    } else {
      cut_pairs(first, last);
    }
  }

 private:
  /// The document's pieces in parts of the target's length, wherever sentences end.
  void cut_runs(std::int64_t first, std::int64_t last) {
    std::int64_t skip = 0;  // Pieces of sentence `first` that earlier parts have.
    while (first < last) {
      auto end = first;
      std::int64_t gathered = -skip;
      while (end < last && gathered < target_) gathered += table_.num_pieces_of(end++);
      const auto size = std::min(gathered, target_);
      emit({first, end, static_cast<std::int32_t>(skip), static_cast<std::int32_t>(size)}, {},
           document_.position, TextSequence::kNoLabel);
      const auto left = gathered - size;  // Of the last sentence.
      skip = left > 0 ? table_.num_pieces_of(end - 1) - left : 0;
      first = left > 0 ? end - 1 : end;
    }
  }

  /// Chunks of sentences up to the target, each split into two segments.
  void cut_pairs(std::int64_t first, std::int64_t last) {
    auto sentence = first;
    while (sentence < last) {
      Run chunk{sentence, sentence};
      while (chunk.end < last && chunk.size < target_)
        chunk.size += table_.num_pieces_of(chunk.end++);
      sentence = options_.pairs == PairKind::kNextSentence ? next_sentence_pair(chunk)
                                                           : sentence_order_pair(chunk);
    }
  }

  /// Splits a chunk of at least two sentences at random.
  std::pair<Run, Run> split(const Run& chunk) {
    const auto middle = chunk.begin + 1 + draws_.index(chunk.end - chunk.begin - 1);
    Run first{chunk.begin, middle};
    for (auto sentence = chunk.begin; sentence < middle; ++sentence)
      first.size += table_.num_pieces_of(sentence);
    return {first, {middle, chunk.end, chunk.size - first.size}};
  }

  /// Returns the sentence to go on with: those that another document's took the place of are put
  /// back.
  std::int64_t next_sentence_pair(const Run& chunk) {
    if (chunk.end - chunk.begin == 1) return without_pair(chunk);
    const auto [first, second] = split(chunk);
    if (draws_.share() >= 0.5F) {
      emit(first.whole(), second.whole(), document_.position, 0);
      return chunk.end;
    }
    auto other = number_;
    for (int tries = 0; tries < 10 && other == number_; ++tries)
      other = static_cast<std::size_t>(draws_.index(static_cast<std::int64_t>(documents_.size())));
    const auto [low, high] = table_.sentences_of(documents_[other].position);
    if (low == high) return first.end;
    Run random{low + draws_.index(high - low), 0};
    random.end = random.begin;
    while (random.end < high && random.size < target_ - first.size)
      random.size += table_.num_pieces_of(random.end++);
    if (random.size == 0) random.size = table_.num_pieces_of(random.end++);
    emit(first.whole(), random.whole(), documents_[other].position, 1);
    return first.end;
  }

  /// One sentence has nothing that follows it: with a random partner at all times, its length alone
  /// would tell.
  std::int64_t without_pair(const Run& chunk) {
    auto only = chunk.whole();
    only.size = std::min(only.size, static_cast<std::int32_t>(room_));
    emit(only, {}, document_.position, TextSequence::kNoLabel);
    return chunk.end;
  }

  std::int64_t sentence_order_pair(const Run& chunk) {
    if (chunk.end - chunk.begin == 1) return without_pair(chunk);
    auto [first, second] = split(chunk);
    const bool is_swapped = draws_.share() < 0.5F;
    if (is_swapped) std::swap(first, second);
    emit(first.whole(), second.whole(), document_.position, is_swapped ? 1 : 0);
    return chunk.end;
  }

  /// Takes pieces from the longer segment, at its front or back by coin, until both fit.
  void truncate(TextSegment& first, TextSegment& second) {
    while (first.size + second.size > room_) {
      auto& longer = first.size > second.size ? first : second;
      if (draws_.word() >> 31) ++longer.skip;
      --longer.size;
    }
  }

  void emit(TextSegment first, TextSegment second, std::int64_t partner, std::int32_t label) {
    if (first.size == 0) return;
    if (second.size > 0) truncate(first, second);
    const auto place = static_cast<std::uint64_t>(first.begin) << 20 ^
                       static_cast<std::uint64_t>(first.skip) ^
                       static_cast<std::uint64_t>(second.begin) << 42;
    sequences_.push_back({document_.position, partner, first, second, label,
                          document_.key ^ place * 0x9E3779B97F4A7C15ull});
  }

  const PieceTable& table_;
  std::span<const PlanDocument> documents_;
  const SequenceOptions& options_;
  PlanDocument document_;
  std::size_t number_;
  RandomStream draws_;
  std::int64_t room_;        // Pieces of a sequence without the special ones.
  std::int64_t target_ = 0;  // Pieces to gather.
  std::vector<TextSequence>& sequences_;
};

/// Pairs need documents that have something to follow, and others to draw from.
void check_pairs(const PieceTable& table, std::span<const PlanDocument> documents, PairKind pairs) {
  if (pairs == PairKind::kNone) return;
  const auto name = pairs == PairKind::kNextSentence ? "Next sentence" : "Sentence order";
  const auto with_order = std::ranges::count_if(documents, [&](const PlanDocument& document) {
    const auto [first, last] = table.sentences_of(document.position);
    return last - first >= 2;
  });
  if (with_order * 100 < std::ssize(documents) * kFewestWithOrder) {
    throw UserError(std::string(name) +
                    " prediction needs documents of several sentences, and of this corpus's " +
                    std::to_string(documents.size()) + " only " + std::to_string(with_order) +
                    " have more than one: choose objective.kind = mlm, or ingest with other "
                    "--documents.");
  }
  if (pairs == PairKind::kNextSentence && documents.size() < 2) {
    throw UserError(
        "Next sentence prediction draws from other documents, and this corpus has one: choose "
        "objective.kind = mlm or sop, or ingest with other --documents.");
  }
}

void shuffle(std::vector<TextSequence>& sequences, std::uint64_t seed, std::uint32_t epoch) {
  std::vector<std::pair<std::uint64_t, std::size_t>> keyed;
  keyed.reserve(sequences.size());
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto words = random_words(
        {.seed = seed, .sample = i, .epoch = epoch, .purpose = RandomPurpose::kEpochOrder});
    keyed.emplace_back(static_cast<std::uint64_t>(words.word[0]) << 32 | words.word[1], i);
  }
  std::ranges::sort(keyed);
  std::vector<TextSequence> shuffled;
  shuffled.reserve(sequences.size());
  for (const auto& [key, i] : keyed) shuffled.push_back(sequences[i]);
  sequences = std::move(shuffled);
}

}  // namespace

std::int64_t length_of(const TextSequence& sequence, bool is_causal) {
  const std::int64_t specials = is_causal ? 1 : sequence.has_pair() ? 3 : 2;
  return std::int64_t{sequence.first.size} + sequence.second.size + specials;
}

SequencePlan::SequencePlan(const PieceTable& table, std::span<const PlanDocument> documents,
                           const SequenceOptions& options, std::uint32_t epoch)
    : length_(options.length) {
  check_pairs(table, documents, options.pairs);
  for (std::size_t number = 0; number < documents.size(); ++number)
    DocumentCutter(table, documents, options, epoch, number, sequences_).cut();
  shuffle(sequences_, options.seed, epoch);
  for (const auto& sequence : sequences_) num_pieces_ += length_of(sequence, options.is_causal);
  pack(options);
}

/// Brings the sequences into the order of rows.
void SequencePlan::pack(const SequenceOptions& options) {
  std::vector<TextSequence> packed;
  packed.reserve(sequences_.size());
  struct Row {
    std::int64_t room;
    std::vector<std::size_t> members;
  };
  std::vector<Row> rows;
  for (std::size_t begin = 0; begin < sequences_.size(); begin += kPackingWindow) {
    const auto end = std::min(sequences_.size(), begin + kPackingWindow);
    rows.clear();
    for (auto i = begin; i < end; ++i) {
      const auto length = length_of(sequences_[i], options.is_causal);
      auto row = options.packs
                     ? std::ranges::find_if(rows, [&](const Row& r) { return r.room >= length; })
                     : rows.end();
      if (row == rows.end()) row = rows.insert(rows.end(), {options.length, {}});
      row->room -= length;
      row->members.push_back(i);
    }
    for (const auto& row : rows) {
      for (const auto member : row.members) packed.push_back(sequences_[member]);
      row_ends_.push_back(packed.size());
    }
  }
  sequences_ = std::move(packed);
}

std::span<const TextSequence> SequencePlan::row(std::int64_t number) const {
  const auto index = static_cast<std::size_t>(number);
  const auto begin = index == 0 ? 0 : row_ends_[index - 1];
  return std::span(sequences_).subspan(begin, row_ends_[index] - begin);
}

double SequencePlan::efficiency() const {
  const auto all = num_rows() * length_;
  return all == 0 ? 1.0 : static_cast<double>(num_pieces_) / static_cast<double>(all);
}

SequencePieces read_sequence(const PieceTable& table, const Vocabulary& vocabulary,
                             const TextSequence& sequence, bool is_causal) {
  SequencePieces pieces;
  std::vector<std::int32_t> sentence;
  const auto append = [&](const TextSegment& segment) {
    std::vector<std::int32_t> all;
    for (auto number = segment.begin; number < segment.end; ++number) {
      sentence.resize(static_cast<std::size_t>(table.num_pieces_of(number)));
      table.copy_pieces(number, sentence);
      all.insert(all.end(), sentence.begin(), sentence.end());
    }
    const auto begin = all.begin() + segment.skip;
    pieces.ids.insert(pieces.ids.end(), begin, begin + segment.size);
    pieces.ids.push_back(vocabulary.separate());
  };
  if (!is_causal) pieces.ids.push_back(vocabulary.classify());
  append(sequence.first);
  pieces.segments.resize(pieces.ids.size(), 0);
  if (sequence.has_pair()) append(sequence.second);
  pieces.segments.resize(pieces.ids.size(), 1);
  return pieces;
}

}  // namespace pretext
