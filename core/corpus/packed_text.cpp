#include "core/corpus/packed_text.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/text/piece_encoder.h"

#include <algorithm>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBlockBytes = std::int64_t{8} << 20;  // Text cut at a time.
constexpr std::int64_t kMostNarrowPieces = 65'536;

[[noreturn]] void refuse(const fs::path& folder) {
  throw UserError("The packed text in " + folder.string() +
                  " is damaged: restore it, or ingest the corpus again.");
}

/// What one thread makes of one document.
struct CutDocument {
  struct Sentence {
    TextRange place;
    std::vector<Token> tokens;  // Offsets into the document's text.
  };
  std::vector<Sentence> sentences;
};

/// `keeps_blanks`: a sentence has the blanks before it, which byte pairs tell apart.
CutDocument cut_document(const std::string& text, LineMeaning lines, bool keeps_blanks,
                         PieceEncoder& encoder) {
  CutDocument cut;
  std::size_t end = 0;
  for (auto place : split_sentences(text, lines)) {
    if (keeps_blanks) place.begin = std::exchange(end, place.end);
    std::vector<Token> tokens;
    encoder.encode(std::string_view(text).substr(place.begin, place.end - place.begin), tokens);
    if (!tokens.empty()) cut.sentences.push_back({place, std::move(tokens)});
  }
  return cut;
}

}  // namespace

std::string cut_documents(const fs::path& folder, const Vocabulary& vocabulary, LineMeaning lines,
                          CutCounts& counts, const TextObserver& observe, std::stop_token stop) {
  const PackedDocuments documents(folder);
  const bool is_narrow = vocabulary.size() <= kMostNarrowPieces;
  ColumnWriter pieces(folder / "pieces.ptx", is_narrow ? 2 : 4);
  ColumnWriter places(folder / "places.ptx", sizeof(PackedText::Place));
  ColumnWriter sentences(folder / "sentences.ptx", sizeof(PackedText::Sentence));
  ColumnWriter first_sentences(folder / "first-sentences.ptx", sizeof(std::uint64_t));
  std::vector<PieceEncoder> encoders(static_cast<std::size_t>(num_cores()),
                                     PieceEncoder(vocabulary));

  const auto write = [&](const CutDocument::Sentence& sentence) {
    const auto size = sentence.place.end - sentence.place.begin;
    sentences.push(PackedText::Sentence{pieces.size(),
                                        static_cast<std::uint32_t>(sentence.place.begin),
                                        static_cast<std::uint32_t>(size)});
    for (const auto& token : sentence.tokens) {
      if (is_narrow) {
        pieces.push(static_cast<std::uint16_t>(token.id));
      } else {
        pieces.push(static_cast<std::uint32_t>(token.id));
      }
      const auto limit = std::uint32_t{PackedText::kFar};
      places.push(
          PackedText::Place{static_cast<std::uint16_t>(std::min(token.begin, limit)),
                            static_cast<std::uint16_t>(std::min(token.end - token.begin, limit))});
      if (token.id == vocabulary.unknown()) ++counts.num_unknown;
      if (!vocabulary.is_continuation(token.id)) ++counts.num_words;
    }
  };

  std::int64_t first = 0;
  while (first < documents.size()) {
    if (stop.stop_requested()) throw UserError("Ingest was stopped; nothing was kept.");
    auto last = first + 1;
    for (auto bytes = documents.num_bytes(first); last < documents.size() && bytes < kBlockBytes;
         ++last)
      bytes += documents.num_bytes(last);
    const auto texts = documents.texts(first, last);
    std::vector<CutDocument> block(texts.size());
    parallel_for(
        static_cast<std::int64_t>(texts.size()), num_cores(), 16, [&](std::int64_t i, int thread) {
          const auto index = static_cast<std::size_t>(i);
          block[index] = cut_document(texts[index], lines, vocabulary.byte_pairs() != nullptr,
                                      encoders[static_cast<std::size_t>(thread)]);
        });
    for (const auto& document : block) {
      first_sentences.push(static_cast<std::uint64_t>(sentences.size()));
      for (const auto& sentence : document.sentences) write(sentence);
    }
    first = last;
    if (observe) observe(static_cast<double>(first) / static_cast<double>(documents.size()));
  }
  first_sentences.push(static_cast<std::uint64_t>(sentences.size()));
  counts.num_sentences = static_cast<std::int64_t>(sentences.size());
  counts.num_pieces = static_cast<std::int64_t>(pieces.size());
  sentences.push(PackedText::Sentence{pieces.size(), 0, 0});
  vocabulary.write(folder);
  places.finish();
  const auto digests = pieces.finish() + sentences.finish() + first_sentences.finish();
  return content_digest(std::as_bytes(std::span(digests)));
}

PackedText::PackedText(const fs::path& folder)
    : documents_(folder),
      vocabulary_(Vocabulary::from_file(folder / "tokenizer.json")),
      sentences_(folder / "sentences.ptx", sizeof(Sentence)),
      first_sentences_(folder / "first-sentences.ptx", sizeof(std::uint64_t)),
      is_narrow_(vocabulary_.size() <= kMostNarrowPieces),
      pieces_(folder / "pieces.ptx", is_narrow_ ? 2 : 4),
      places_(folder / "places.ptx", sizeof(Place)) {
  sentences_.check();
  first_sentences_.check();
  const auto sentences = sentences_.values<Sentence>();
  const auto firsts = first_sentences_.values<std::uint64_t>();
  const bool sound = !sentences.empty() && sentences.back().piece_begin == pieces_.size() &&
                     places_.size() == pieces_.size() &&
                     std::cmp_equal(firsts.size(), documents_.size() + 1) &&
                     firsts.back() + 1 == sentences.size() && std::ranges::is_sorted(firsts) &&
                     std::ranges::is_sorted(sentences, {}, &Sentence::piece_begin);
  if (!sound) refuse(folder);
  for (std::int64_t document = 0; document < documents_.size(); ++document) {
    const auto [begin, end] = sentences_of(document);
    const auto size = static_cast<std::uint64_t>(documents_.num_bytes(document));
    for (auto number = begin; number < end; ++number) {
      if (std::uint64_t{sentence(number).text_begin} + sentence(number).text_size > size)
        refuse(folder);
    }
  }
}

std::string PackedText::fingerprint() const {
  const auto cut = pieces_.digest() + sentences_.digest() + first_sentences_.digest();
  const auto digests = documents_.digest() + content_digest(std::as_bytes(std::span(cut)));
  return content_digest(std::as_bytes(std::span(digests)));
}

void PackedText::check_contents() const {
  for (const auto* column : {&sentences_, &first_sentences_, &pieces_, &places_}) column->check();
  documents_.check_contents();
}

void PackedText::copy_pieces(std::int64_t number, std::span<std::int32_t> ids) const {
  const auto begin = sentence(number).piece_begin;
  const auto count = static_cast<std::size_t>(num_pieces_of(number));
  const auto limit = static_cast<std::uint32_t>(vocabulary_.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t id = is_narrow_ ? pieces_.values<std::uint16_t>()[begin + i]
                                        : pieces_.values<std::uint32_t>()[begin + i];
    if (id >= limit) {
      throw UserError(
          "The packed text has a piece that its vocabulary lacks: ingest the corpus again.");
    }
    ids[i] = static_cast<std::int32_t>(id);
  }
}

std::vector<std::int32_t> PackedText::pieces(std::int64_t number) const {
  std::vector<std::int32_t> ids(static_cast<std::size_t>(num_pieces_of(number)));
  copy_pieces(number, ids);
  return ids;
}

std::vector<Token> PackedText::tokens(std::int64_t document, std::int64_t number) const {
  const auto own = place(number);
  const auto ids = pieces(number);
  const auto places = places_.values<Place>().subspan(sentence(number).piece_begin, ids.size());
  std::vector<Token> tokens;
  const bool is_near = std::ranges::none_of(
      places, [](const Place& at) { return at.begin == kFar || at.size == kFar; });
  if (is_near) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (std::size_t{places[i].begin} + places[i].size > own.end - own.begin) {
        throw UserError(
            "The packed text has a piece outside of its sentence: ingest the corpus again.");
      }
      tokens.push_back({ids[i], places[i].begin, std::uint32_t{places[i].begin} + places[i].size});
    }
  } else {
    const auto text = documents_.text(document);
    PieceEncoder(vocabulary_)
        .encode(std::string_view(text).substr(own.begin, own.end - own.begin), tokens);
  }
  for (auto& token : tokens) {
    token.begin += static_cast<std::uint32_t>(own.begin);
    token.end += static_cast<std::uint32_t>(own.begin);
  }
  return tokens;
}

}  // namespace pretext
