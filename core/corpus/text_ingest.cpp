#include "core/corpus/text_ingest.h"

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/corpus/corpus_notes.h"
#include "core/corpus/source_look.h"
#include "core/text/boilerplate.h"
#include "core/text/printable.h"
#include "core/text/word_piece_trainer.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = std::size_t{8} << 20;  // Text cleaned at a time.
constexpr std::size_t kMostWords = 4'000'000;  // Distinct words kept while a vocabulary is learned.
constexpr std::size_t kMostInvalid = 100;      // Documents named for invalid bytes.
constexpr double kReadShare = 0.5;             // Of an ingest's time that reading takes.

/// What is kept of a document in memory: 32 bytes.
struct DocumentRow {
  std::uint64_t key = 0;
  std::uint32_t duplicate_rank = 0;
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::int32_t class_index = -1;  // In the order in which the classes were met.
  std::uint8_t split = 0;         // Index into kSplits.
};

constexpr std::array<const char*, 3> kSplits = {"train", "validation", "test"};

std::int64_t num_characters(const std::string& text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

/// Names by number, each kept once.
class NameList {
 public:
  std::uint32_t number_of(const std::string& name) {
    const auto [found, is_new] = numbers_.emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return found->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
};

/// The first pass: from sources to packed, cleaned documents.
class DocumentPacker {
 public:
  DocumentPacker(const fs::path& folder, const TextIngestOptions& options, double validation_share,
                 std::int64_t num_bytes, const IngestObserver& observe, std::stop_token stop)
      : writer_(folder),
        options_(options),
        validation_share_(validation_share),
        num_bytes_(num_bytes),
        observe_(observe),
        stop_(std::move(stop)) {}

  /// Counts the lines of a source, for boilerplate to be left out, and begins it again.
  void count_lines(TextSource& source) {
    std::vector<SkippedFile> named_later;
    read_blocks(source, named_later, [&](std::vector<TextDocument>& block) {
      clean(block);
      for (const auto& document : block) lines_.count(document.text);
    });
    source.rewind();
  }

  void take(TextSource& source, bool is_test) {
    num_seen_.clear();  // A test part may repeat what training has: it is left whole.
    read_blocks(source, skipped, [&](std::vector<TextDocument>& block) {
      if (is_test) {
        for (auto& document : block) document.split = "test";
      }
      keep(block);
    });
    const auto& found = source.look().findings;
    for (const auto* list : {&found.unlisted, &found.skipped})
      skipped.insert(skipped.end(), list->begin(), list->end());
    details.notes.insert(details.notes.end(), found.notes.begin(), found.notes.end());
  }

  void finish() { writer_.finish(); }

  SampleRecord sample(std::int64_t position) const {
    const auto& row = rows[static_cast<std::size_t>(position)];
    SampleRecord sample;
    sample.key = row.key;
    sample.duplicate_rank = row.duplicate_rank;
    sample.split = kSplits[row.split];
    sample.source = files_.names()[row.file];
    if (row.line > 0) sample.source += ":" + std::to_string(row.line);
    if (row.class_index >= 0)
      sample.label = class_order_[static_cast<std::size_t>(row.class_index)];
    return sample;
  }

  /// The classes in the order that the corpus has.
  std::vector<std::string> order_classes() {
    auto ordered = ordered_classes(classes_.names());
    for (const auto& name : classes_.names())
      class_order_.push_back(std::ranges::find(ordered, name) - ordered.begin());
    return ordered;
  }

  /// After `order_classes`.
  std::vector<std::string> part_notes(const std::vector<std::string>& classes) const {
    const bool has_test = std::ranges::any_of(rows, [](const auto& row) { return row.split == 2; });
    if (!has_test && classes.empty()) return {};
    const auto at = [this](std::int64_t position) { return sample(position); };
    return pretext::part_notes({std::ssize(rows), at}, classes);
  }

  std::vector<DocumentRow> rows;
  std::vector<SkippedFile> skipped;
  std::int64_t num_duplicates = 0;
  TextDetails details;

 private:
  void read_blocks(TextSource& source, std::vector<SkippedFile>& unread,
                   const std::function<void(std::vector<TextDocument>&)>& use) {
    std::vector<TextDocument> block;
    std::size_t block_bytes = 0;
    TextDocument document;
    const auto hand_over = [&] {
      if (stop_.stop_requested()) throw UserError("Ingest was stopped; nothing was kept.");
      use(block);
      report(bytes_before_ + source.bytes_read());
      block.clear();
      block_bytes = 0;
    };
    while (source.next(document, unread)) {
      block_bytes += document.text.size();
      block.push_back(std::move(document));
      if (block_bytes >= kBlockBytes) hand_over();
    }
    hand_over();
    bytes_before_ += source.look().num_bytes;
  }

  std::vector<CleaningCounts> clean(std::vector<TextDocument>& block) const {
    std::vector<CleaningCounts> counts(block.size());
    parallel_for(static_cast<std::int64_t>(block.size()), num_cores(), 16,
                 [&](std::int64_t i, int /*thread*/) {
                   const auto place = static_cast<std::size_t>(i);
                   clean_text(block[place].text, options_.cleaning, counts[place]);
                 });
    return counts;
  }

  void keep(std::vector<TextDocument>& block) {
    const auto counts = clean(block);
    for (std::size_t i = 0; i < block.size(); ++i) {
      details.cleaning += counts[i];
      if (counts[i].num_invalid > 0 && details.invalid_in.size() < kMostInvalid)
        details.invalid_in.push_back(block[i].source);
      if (options_.most_line_uses > 0)
        details.num_boilerplate += lines_.drop_frequent(block[i].text, options_.most_line_uses);
      keep(block[i]);
    }
  }

  void keep(const TextDocument& document) {
    const auto key = content_key(std::as_bytes(std::span(document.text)));
    const auto length = num_characters(document.text);
    if (length < std::max<std::int64_t>(1, options_.shortest)) {
      ++details.num_too_short;
      return;
    }
    if (options_.longest > 0 && length > options_.longest) {
      ++details.num_too_long;
      return;
    }
    const auto rank = num_seen_[key]++;
    if (rank > 0) ++num_duplicates;
    if (rank > 0 && options_.drops_duplicates && document.split != "test") return;
    DocumentRow row;
    row.key = key;
    row.duplicate_rank = rank;
    const auto colon = document.source.rfind(':');
    row.file = files_.number_of(document.source.substr(0, colon));
    if (colon != std::string::npos)
      row.line = static_cast<std::uint32_t>(
          std::strtoul(document.source.c_str() + colon + 1, nullptr, 10));
    if (!document.class_name.empty()) {
      row.class_index =
          static_cast<std::int32_t>(classes_.number_of(printable_name(document.class_name)));
    } else {
      ++details.num_unlabelled;
    }
    const auto split = std::ranges::find(kSplits, document.split);
    row.split = split != kSplits.end() ? static_cast<std::uint8_t>(split - kSplits.begin())
                                       : (is_validation(key, validation_share_) ? 1 : 0);
    writer_.add(document.text, key);
    rows.push_back(row);
    details.num_text_bytes += static_cast<std::int64_t>(document.text.size());
  }

  void report(std::int64_t bytes) const {
    if (!observe_) return;
    const double share = static_cast<double>(bytes) / static_cast<double>(num_bytes_);
    const double left = watch_.seconds() * (1.0 / (share * kReadShare) - 1.0);
    observe_({static_cast<std::int64_t>(kReadShare * static_cast<double>(bytes)), num_bytes_,
              static_cast<std::int64_t>(skipped.size()), left});
  }

  PackedTextWriter writer_;
  const TextIngestOptions& options_;
  double validation_share_;
  std::int64_t num_bytes_;
  std::int64_t bytes_before_ = 0;
  const IngestObserver& observe_;
  std::stop_token stop_;
  Stopwatch watch_;
  LineCounts lines_;
  std::unordered_map<std::uint64_t, std::uint32_t> num_seen_;
  NameList files_;
  NameList classes_;
  std::vector<std::int64_t> class_order_;  // Of a class by the order met.
};

/// Counts the words of the training documents. Depends on nothing but the documents: blocks are
/// counted apart and added in their order; where there are too many distinct words, the rare go.
WordCounts count_training_words(const PackedDocuments& documents,
                                const std::function<bool(std::int64_t)>& is_training,
                                bool is_uncased, const std::stop_token& stop) {
  constexpr std::int64_t kBlock = 4096;  // Documents.
  WordCounts total;
  std::int64_t threshold = 1;
  const auto num_blocks = (documents.size() + kBlock - 1) / kBlock;
  const std::int64_t at_once = num_cores();
  for (std::int64_t begin = 0; begin < num_blocks; begin += at_once) {
    if (stop.stop_requested()) throw UserError("Ingest was stopped; nothing was kept.");
    const auto count = std::min(at_once, num_blocks - begin);
    std::vector<WordCounts> parts(static_cast<std::size_t>(count));
    parallel_for(count, num_cores(), 1, [&](std::int64_t i, int /*thread*/) {
      WordSplitter splitter(is_uncased);
      const auto first = (begin + i) * kBlock;
      for (auto document = first; document < std::min(documents.size(), first + kBlock);
           ++document) {
        if (is_training(document))
          count_words(documents.text(document), splitter, parts[static_cast<std::size_t>(i)]);
      }
    });
    for (const auto& part : parts) {
      for (const auto& [word, uses] : part) total[word] += uses;
      if (total.size() <= kMostWords) continue;
      std::erase_if(total, [&](const auto& entry) { return entry.second <= threshold; });
      ++threshold;
    }
  }
  return total;
}

Vocabulary vocabulary_for(const PackedDocuments& documents, const TextIngestOptions& options,
                          const std::function<bool(std::int64_t)>& is_training,
                          const std::stop_token& stop) {
  if (!options.vocabulary_file.empty()) return Vocabulary::from_file(options.vocabulary_file);
  const auto words = count_training_words(documents, is_training, options.is_uncased, stop);
  return train_word_pieces(words,
                           {.size = options.vocabulary_size, .is_uncased = options.is_uncased});
}

/// The second pass: cuts the documents of `folder` and completes what is told of the corpus.
void cut(const fs::path& folder, const TextIngestOptions& options,
         const std::function<bool(std::int64_t)>& is_training, const IngestObserver& observe,
         const std::stop_token& stop, TextDetails& details, CorpusRecord& corpus) {
  // Mapped for this alone: what the second reading maps would stand beside it in memory.
  const auto vocabulary = vocabulary_for(PackedDocuments(folder), options, is_training, stop);
  const Stopwatch watch;
  CutCounts counts;
  const auto digest = cut_documents(
      folder, vocabulary, line_meaning(details.lines), counts,
      [&](double share) {
        if (!observe) return;
        const auto total = details.num_text_bytes;
        const double done = kReadShare + (1.0 - kReadShare) * share;
        observe({static_cast<std::int64_t>(done * static_cast<double>(total)), total, 0,
                 watch.seconds() * (1.0 / share - 1.0)});
      },
      stop);
  details.vocabulary = vocabulary.digest();
  details.vocabulary_size = vocabulary.size();
  details.is_uncased = vocabulary.is_uncased();
  details.num_pieces = counts.num_pieces;
  details.num_words = counts.num_words;
  details.num_unknown = counts.num_unknown;
  details.num_sentences = counts.num_sentences;
  corpus.kind = "text";
  corpus.channels = 0;
  corpus.details = details.to_json();
  const auto digests =
      ColumnFile(folder / "documents.ptx", sizeof(PackedDocument)).digest() + digest;
  corpus.fingerprint = content_digest(std::as_bytes(std::span(digests)));
}

}  // namespace

std::int64_t packed_text_bytes(std::int64_t num_bytes) {
  return 2 * num_bytes;
}

CorpusRecord ingest_text(Database& database, TextSource& source, TextSource* test,
                         const IngestOptions& options, const TextIngestOptions& text,
                         const IngestObserver& observe, std::stop_token stop) {
  UnfinishedCorpus unfinished(database, options, "text");
  for (auto* part : {&source, test})
    if (part && options.update) require_whole(part->look().findings);
  const bool drops_lines = text.most_line_uses > 0;
  const auto num_bytes =
      (drops_lines ? 2 : 1) * source.look().num_bytes + (test ? test->look().num_bytes : 0);
  DocumentPacker packer(unfinished.folder(), text, options.validation_share, num_bytes, observe,
                        stop);
  if (drops_lines) packer.count_lines(source);
  packer.take(source, false);
  if (test) packer.take(*test, true);
  packer.finish();
  if (packer.rows.empty()) {
    const auto why = packer.skipped.empty()
                         ? ""
                         : " (" + packer.skipped[0].path + " " + packer.skipped[0].reason + ")";
    throw UserError("There is no document in " + options.source + why +
                    ": choose a source with text.");
  }
  auto& details = packer.details;
  details.kind = source.look().kind;
  details.documents = to_string(source.look().documents);
  details.lines = to_string(source.look().lines);
  details.has_pairs = source.look().has_pairs;
  CorpusRecord corpus;
  corpus.classes = packer.order_classes();
  for (auto& note : packer.part_notes(corpus.classes)) details.notes.push_back(std::move(note));
  if (corpus.classes.empty()) details.num_unlabelled = 0;
  corpus.num_duplicates = packer.num_duplicates;
  cut(
      unfinished.folder(), text,
      [&](std::int64_t document) {
        return packer.rows[static_cast<std::size_t>(document)].split == 0;
      },
      observe, stop, details, corpus);
  if (source.look().documents == DocumentUnit::kBlankLine) {
    auto note = blank_line_note(std::ssize(packer.rows), details.num_sentences);
    if (!note.empty()) details.notes.push_back(std::move(note));
    corpus.details = details.to_json();
  }
  unfinished.commit(corpus,
                    {static_cast<std::int64_t>(packer.rows.size()),
                     [&](std::int64_t position) { return packer.sample(position); }},
                    packer.skipped);
  return corpus;
}

CorpusRecord retokenize(Database& database, const std::string& name, const TextIngestOptions& text,
                        const IngestObserver& observe, std::stop_token stop) {
  CorpusStore store(database);
  const auto old = store.require(name);
  if (old.kind != "text")
    throw UserError("The corpus \"" + name + "\" is of " + old.kind + ": there is nothing to cut.");
  UnfinishedCorpus unfinished(database, {.name = name, .source = old.source, .update = true},
                              "text");
  const auto from = database.workspace() / old.path;
  for (const auto* file : {"text.zst", "frames.ptx", "documents.ptx"}) {
    std::error_code error;  // A link costs no disk; where there are none, a copy.
    fs::create_hard_link(from / file, unfinished.folder() / file, error);
    if (error) fs::copy_file(from / file, unfinished.folder() / file);
  }
  const auto samples = store.samples(old.id);
  auto corpus = old;
  auto details = TextDetails::from_json(old.details);
  cut(
      unfinished.folder(), text,
      [&](std::int64_t document) {
        return samples[static_cast<std::size_t>(document)].split == "train";
      },
      observe, stop, details, corpus);
  unfinished.commit(corpus, sample_rows(samples), store.skipped(old.id));
  return corpus;
}

}  // namespace pretext
