#include "core/base/error.h"
#include "core/base/file.h"
#include "core/corpus/packed_text.h"
#include "core/corpus/text_ingest.h"
#include "core/text/piece_encoder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/// Documents of two sentences each, all different.
std::string prose(int num_documents) {
  std::string text;
  for (int i = 0; i < num_documents; ++i) {
    const auto number = std::to_string(i);
    text += "The " + number + " walkers walked. They talked of number " + number + ".\n\n";
  }
  return text;
}

CorpusRecord ingest(Database& database, const fs::path& source, TextSourceOptions reading = {},
                    TextIngestOptions text = {}, const std::string& name = "t",
                    const fs::path& test = {}) {
  if (text.vocabulary_file.empty()) text.vocabulary_size = 200;
  const auto opened = open_text_source(source, reading);
  std::unique_ptr<TextSource> part;
  if (!test.empty()) part = open_text_source(test, reading);
  return ingest_text(database, *opened, part.get(), {.name = name, .source = source.string()},
                     text);
}

PackedText packed(Database& database, const CorpusRecord& corpus) {
  return PackedText(database.workspace() / corpus.path);
}

std::string text_of(const PackedText& text, std::int64_t document, const TextRange& place) {
  return text.documents().text(document).substr(place.begin, place.end - place.begin);
}

TEST(TextIngestTest, DocumentsSentencesAndPiecesComeBack) {
  const TemporaryFolder folder;
  write(folder / "in/a.txt", prose(300));
  Database database(folder / "w");
  const auto corpus = ingest(database, folder / "in/a.txt");
  EXPECT_EQ(corpus.kind, "text");
  EXPECT_EQ(corpus.num_samples, 300);
  const auto text = packed(database, corpus);
  ASSERT_EQ(text.documents().size(), 300);
  EXPECT_EQ(text.documents().text(7), "The 7 walkers walked. They talked of number 7.");
  const auto [first, last] = text.sentences_of(7);
  ASSERT_EQ(last - first, 2);
  EXPECT_EQ(text_of(text, 7, text.place(first)), "The 7 walkers walked.");
  std::string joined;
  for (const auto& token : text.tokens(7, first + 1)) {
    joined += text_of(text, 7, {token.begin, token.end}) + "|";
    EXPECT_NE(token.id, text.vocabulary().unknown());
  }
  EXPECT_EQ(joined.substr(0, 5), "They|");
  EXPECT_EQ(TextDetails::from_json(corpus.details).num_sentences, 600);
  EXPECT_EQ(TextDetails::from_json(corpus.details).num_pieces, text.num_pieces());
}

TEST(TextIngestTest, TheSameTextIsTheSameCorpusWhateverTheFile) {
  const TemporaryFolder folder;
  write(folder / "in/a.txt", prose(50));
  write(folder / "in/b.txt", "\xEF\xBB\xBF" + prose(50));
  Database database(folder / "w");
  const auto a = ingest(database, folder / "in/a.txt", {}, {}, "a");
  const auto b = ingest(database, folder / "in/b.txt", {}, {}, "b");
  EXPECT_EQ(a.fingerprint, b.fingerprint);
}

TEST(TextIngestTest, DuplicatesGoButATestPartIsLeftWhole) {
  const TemporaryFolder folder;
  write(folder / "in.txt", "same line\nsame line\nother line\n");
  write(folder / "test.txt", "same line\nsame line\n");
  Database database(folder / "w");
  const auto corpus = ingest(database, folder / "in.txt", {.documents = DocumentUnit::kLine}, {},
                             "t", folder / "test.txt");
  EXPECT_EQ(corpus.num_samples, 4);
  EXPECT_EQ(corpus.num_duplicates, 2);
  int num_test = 0;
  for (const auto& sample : CorpusStore(database).samples(corpus.id))
    num_test += sample.split == "test" ? 1 : 0;
  EXPECT_EQ(num_test, 2);
}

TEST(TextIngestTest, RowsHaveTheirColumnsAndLabels) {
  const TemporaryFolder folder;
  write(folder / "in.csv",
        "id,text,mood\n1,\"good, very\ngood\",up\n2,bad,down\n3\n4,so so,\n5,fine,up\n");
  Database database(folder / "w");
  const auto corpus =
      ingest(database, folder / "in.csv", {.text_column = "text", .label_column = "mood"});
  EXPECT_EQ(corpus.classes, (std::vector<std::string>{"down", "up"}));
  EXPECT_EQ(corpus.num_samples, 4);
  const auto samples = CorpusStore(database).samples(corpus.id);
  EXPECT_EQ(samples[0].label, 1);
  EXPECT_EQ(samples[1].label, 0);
  EXPECT_EQ(samples[2].label, std::nullopt);
  EXPECT_EQ(samples[1].source, "in.csv:4");
  const auto skipped = CorpusStore(database).skipped(corpus.id);
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_EQ(skipped[0].path, "in.csv:5");
  EXPECT_EQ(TextDetails::from_json(corpus.details).num_unlabelled, 1);
  EXPECT_EQ(packed(database, corpus).documents().text(0), "good, very\ngood");
}

TEST(TextIngestTest, InvalidBytesAreReplacedAndTheirDocumentsNamed) {
  const TemporaryFolder folder;
  write(folder / "in.txt", prose(60) + "A bad \xff\xfe place.\n\n" + prose(3));
  Database database(folder / "w");
  const auto details = TextDetails::from_json(ingest(database, folder / "in.txt").details);
  EXPECT_GE(details.cleaning.num_invalid, 1);
  EXPECT_EQ(details.invalid_in, std::vector<std::string>{"in.txt:121"});
}

TEST(TextIngestTest, OfBytePairsNothingIsLostBetweenSentences) {
  const TemporaryFolder folder;
  Database database(folder / "w");
  const auto goldens = nlohmann::json::parse(read_text_file(PRETEXT_REFERENCE "/byte_pairs.json"));
  write(folder / "tokenizer.json", goldens["tokenizer"].dump());
  write(folder / "in.txt", "The walker talked. Did she know?\nYes, anew.\n\nAnother one.\n");
  const auto text = packed(database, ingest(database, folder / "in.txt", {},
                                            {.vocabulary_file = folder / "tokenizer.json"}));
  const auto [first, last] = text.sentences_of(0);
  EXPECT_EQ(last - first, 3);
  std::vector<std::int32_t> ids;
  for (auto sentence = first; sentence < last; ++sentence) {
    for (const auto id : text.pieces(sentence)) ids.push_back(id);
  }
  EXPECT_EQ(decode_pieces(text.vocabulary(), ids), text.documents().text(0));
}

TEST(TextIngestTest, BoilerplateGoesWhenItIsAskedFor) {
  const TemporaryFolder folder;
  Database database(folder / "w");
  for (const auto* name : {"a", "b", "c", "d"}) {
    write(folder / "in" / (std::string(name) + ".txt"),
          "Page of ACME\nThe letter is " + std::string(name) + ".\nAll rights reserved\n");
  }
  const auto source = open_text_source(folder / "in", {.documents = DocumentUnit::kFile});
  const auto record = ingest_text(database, *source, nullptr, {.name = "t"},
                                  {.most_line_uses = 3, .vocabulary_size = 60});
  EXPECT_EQ(TextDetails::from_json(record.details).num_boilerplate, 8);
  EXPECT_EQ(packed(database, record).documents().text(0), "The letter is a.");
}

TEST(TextIngestTest, PairsOfTextsAreDocumentsOfTwoSentences) {
  const TemporaryFolder folder;
  std::string rows = "first\tsecond\tsame\n";
  for (int i = 0; i < 50; ++i) {
    const auto number = std::to_string(i);
    rows += "How old is " + number + "? Tell me.\tThe age of " + number + " is asked.\tyes\n";
  }
  write(folder / "pairs.tsv", rows);
  Database database(folder / "w");
  const auto corpus =
      ingest(database, folder / "pairs.tsv",
             {.text_column = "first", .pair_column = "second", .label_column = "same"});
  EXPECT_TRUE(TextDetails::from_json(corpus.details).has_pairs);
  const auto text = packed(database, corpus);
  for (std::int64_t document = 0; document < 50; ++document) {
    const auto [first, last] = text.sentences_of(document);
    EXPECT_EQ(last - first, 2);
  }
  EXPECT_EQ(text_of(text, 0, text.place(1)), "The age of 0 is asked.");
}

TEST(TextSourceTest, TextIsToldFromPicturesByName) {
  const TemporaryFolder folder;
  write(folder / "mixed/a.png", "");
  write(folder / "mixed/b.png", "");
  write(folder / "mixed/labels.csv", "");
  write(folder / "texts/a/one.txt.gz", "");
  write(folder / "texts/two.md", "");
  EXPECT_FALSE(looks_like_text(folder / "mixed"));
  EXPECT_TRUE(looks_like_text(folder / "texts"));
  EXPECT_TRUE(looks_like_text(folder / "mixed/labels.csv"));
  EXPECT_FALSE(looks_like_text(folder / "mixed/a.png"));
}

TEST(TextIngestTest, JsonLinesAndNumberedColumnsWork) {
  const TemporaryFolder folder;
  write(folder / "in.jsonl",
        "{\"text\": \"one\", \"label\": 1}\nno json\n{\"text\": \"two\", \"label\": \"x\"}\n");
  write(folder / "in.tsv", "a fine film\t1\na poor film\t0\n");
  Database database(folder / "w");
  const auto lines = ingest(database, folder / "in.jsonl", {.label_column = "label"}, {}, "j");
  EXPECT_EQ(lines.num_samples, 2);
  EXPECT_EQ(lines.classes, (std::vector<std::string>{"1", "x"}));
  const auto rows =
      ingest(database, folder / "in.tsv", {.text_column = "1", .label_column = "2"}, {}, "r");
  EXPECT_EQ(rows.num_samples, 2);
  EXPECT_EQ(rows.classes, (std::vector<std::string>{"0", "1"}));
}

TEST(TextIngestTest, FoldersAreClassesAndParts) {
  const TemporaryFolder folder;
  for (const auto* name : {"train/neg/a", "train/pos/b", "test/neg/c", "test/pos/d"})
    write(folder / "in" / (std::string(name) + ".txt"), "Text of " + std::string(name) + ".");
  write(folder / "in/train/pos/binary.txt", std::string("\0\1\2", 3));
  Database database(folder / "w");
  const auto corpus = ingest(database, folder / "in");
  EXPECT_EQ(corpus.classes, (std::vector<std::string>{"neg", "pos"}));
  EXPECT_EQ(corpus.num_samples, 4);
  const auto samples = CorpusStore(database).samples(corpus.id);
  EXPECT_EQ(samples[0].split, "test");
  const auto skipped = CorpusStore(database).skipped(corpus.id);
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_NE(skipped[0].reason.find("binary"), std::string::npos);
}

TEST(TextIngestTest, CuttingAnewKeepsTheTextAndMakesAVersion) {
  const TemporaryFolder folder;
  write(folder / "in.txt", prose(100));
  Database database(folder / "w");
  const auto old = ingest(database, folder / "in.txt");
  fs::remove(folder / "in.txt");
  const auto fresh = retokenize(database, "t", {.vocabulary_size = 60});
  // Equal fingerprints are equal corpora, whichever way they came about.
  EXPECT_EQ(retokenize(database, "t", {.vocabulary_size = 200}).fingerprint, old.fingerprint);
  EXPECT_EQ(fresh.version, 2);
  EXPECT_NE(fresh.fingerprint, old.fingerprint);
  EXPECT_EQ(packed(database, fresh).documents().text(5), packed(database, old).documents().text(5));
  EXPECT_EQ(packed(database, fresh).vocabulary().size(), 60);
  EXPECT_GT(packed(database, fresh).num_pieces(), packed(database, old).num_pieces());
}

TEST(TextIngestTest, AStopLeavesNothingBehind) {
  const TemporaryFolder folder;
  write(folder / "in.txt", prose(100));
  Database database(folder / "w");
  const auto source = open_text_source(folder / "in.txt", {});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(ingest_text(database, *source, nullptr, {.name = "t"}, {}, {}, stop.get_token()),
               UserError);
  EXPECT_TRUE(CorpusStore(database).list().empty());
  EXPECT_TRUE(fs::is_empty(folder / "w/corpora"));
}

TEST(TextSourceTest, BadSourcesAreNamedWithWhatToDo) {
  const TemporaryFolder folder;
  const auto complaint = [&](const fs::path& path, const TextSourceOptions& options = {}) {
    return message_of<UserError>([&] { open_text_source(path, options); });
  };
  write(folder / "empty.txt", "");
  write(folder / "binary.txt", std::string("\x7f"
                                           "ELF\0\0",
                                           6));
  write(folder / "in.csv", "id,body\n1,x\n");
  write(folder / "pictures/a.png", "x");
  EXPECT_NE(complaint(folder / "none").find("no file"), std::string::npos);
  EXPECT_NE(complaint(folder / "empty.txt").find("empty"), std::string::npos);
  EXPECT_NE(complaint(folder / "binary.txt").find("binary"), std::string::npos);
  EXPECT_NE(complaint(folder / "pictures").find("no text among them"), std::string::npos);
  const auto column = complaint(folder / "in.csv", {.text_column = "text"});
  EXPECT_NE(column.find("\"id\", \"body\""), std::string::npos) << column;
}

/// Each file of a packed corpus, cut short or flipped in its header or index, is refused.
TEST(PackedTextTest, DamagedFilesAreRefused) {
  const TemporaryFolder folder;
  write(folder / "in.txt", prose(50));
  Database database(folder / "w");
  const auto corpus = ingest(database, folder / "in.txt");
  const auto path = database.workspace() / corpus.path;
  for (const auto* name : {"documents.ptx", "frames.ptx", "sentences.ptx", "first-sentences.ptx",
                           "pieces.ptx", "places.ptx", "text.zst"}) {
    const auto file = path / name;
    const auto kept = folder / "kept";
    fs::copy_file(file, kept, fs::copy_options::overwrite_existing);
    for (const std::uintmax_t length :
         {std::uintmax_t{0}, std::uintmax_t{40}, fs::file_size(file) - 1}) {
      fs::resize_file(file, std::min(length, fs::file_size(file)));
      EXPECT_THROW(PackedText{path}, UserError) << name << " of " << length;
      fs::copy_file(kept, file, fs::copy_options::overwrite_existing);
    }
    fs::remove(file);
    EXPECT_THROW(PackedText{path}, UserError) << name;
    fs::copy_file(kept, file);
  }
}

TEST(PackedTextTest, AFlippedByteInAnIndexIsRefused) {
  for (const auto* name : {"documents.ptx", "frames.ptx", "sentences.ptx", "first-sentences.ptx"}) {
    const TemporaryFolder folder;
    write(folder / "in.txt", prose(50));
    Database database(folder / "w");
    const auto path = database.workspace() / ingest(database, folder / "in.txt").path;
    std::fstream stream(path / name, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(72);
    stream.put('\x5A');
    stream.close();
    EXPECT_THROW(PackedText{path}, UserError) << name;
  }
}

TEST(PackedTextTest, AFlippedByteInAFrameIsRefusedWhenItIsRead) {
  const TemporaryFolder folder;
  write(folder / "in.txt", prose(50));
  Database database(folder / "w");
  const auto corpus = ingest(database, folder / "in.txt");
  const auto file = database.workspace() / corpus.path / "text.zst";
  std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
  stream.seekp(0);
  stream.put('\0');
  stream.close();
  const auto text = packed(database, corpus);
  EXPECT_THROW(text.documents().text(0), UserError);
}

TEST(TextSourceTest, ABlankLineAtTheEndPartsNothing) {
  const TemporaryFolder folder;
  const auto unit = [&](const std::string& text) {
    write(folder / "in.txt", text);
    return open_text_source(folder / "in.txt", {})->look().documents;
  };
  EXPECT_EQ(unit("one\ntwo\nthree\n"), DocumentUnit::kLine);
  EXPECT_EQ(unit("one\ntwo\nthree\n\n"), DocumentUnit::kLine);
  EXPECT_EQ(unit("\n \none\ntwo\n\n \n"), DocumentUnit::kLine);
  EXPECT_EQ(unit("one\ntwo\n\nthree\n"), DocumentUnit::kBlankLine);
  EXPECT_EQ(unit("one\n\t\n\nthree"), DocumentUnit::kBlankLine);
}

TEST(TextIngestTest, ARowThatIsNestedTooDeepIsSkipped) {
  const TemporaryFolder folder;
  const auto deep = std::string(100'000, '[') + std::string(100'000, ']');
  write(folder / "in.jsonl", "{\"text\":\"a b\",\"l\":1}\n{\"text\":\"c d\",\"l\":" + deep +
                                 "}\n{\"text\":\"e f\",\"l\":[[2]]}\n");
  const auto source =
      open_text_source(folder / "in.jsonl", {.text_column = "text", .label_column = "l"});
  std::vector<SkippedFile> skipped;
  std::vector<std::string> classes;
  for (TextDocument document; source->next(document, skipped);)
    classes.push_back(document.class_name);
  EXPECT_EQ(classes, (std::vector<std::string>{"1", "[[2]]"}));
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_EQ(skipped[0].path, "in.jsonl:2");
}

template <typename Row>
void write_column(const fs::path& file, const std::vector<Row>& rows) {
  ColumnWriter writer(file, sizeof(Row));
  writer.append(std::span<const Row>(rows));
  writer.finish();
}

/// Whose digests fit: nobody but a stranger writes such.
TEST(PackedTextTest, CraftedIndexesAreRefused) {
  struct Sentence {
    std::uint64_t piece_begin;
    std::uint32_t text_begin, text_size;
  };
  const TemporaryFolder folder;
  write(folder / "in.txt", prose(50));
  Database database(folder / "w");
  const auto path = database.workspace() / ingest(database, folder / "in.txt").path;
  std::vector<Sentence> sentences;
  {
    const ColumnFile column(path / "sentences.ptx", sizeof(Sentence));
    const auto values = column.values<Sentence>();
    sentences.assign(values.begin(), values.end());
  }
  EXPECT_NO_THROW(PackedText{path});
  sentences[0].text_size = 1'000'000;
  write_column(path / "sentences.ptx", sentences);
  EXPECT_THROW(PackedText{path}, UserError) << "a sentence beyond its document";

  const auto packed = fs::file_size(path / "text.zst");
  constexpr auto kHuge = std::uint64_t{1} << 60;
  write_column<PackedDocument>(path / "documents.ptx", {{0, 1}, {kHuge, 0}});
  write_column<TextFrame>(path / "frames.ptx", {{0, 0}, {packed, kHuge}});
  EXPECT_THROW(PackedDocuments{path}, UserError) << "a frame of more than a frame's text";
  write_column<PackedDocument>(path / "documents.ptx", {{0, 1}, {100, 0}});
  write_column<TextFrame>(path / "frames.ptx", {{0, 50}, {packed, 100}});
  EXPECT_THROW(PackedDocuments{path}, UserError) << "a frame that begins behind the text";
  write_column<TextFrame>(path / "frames.ptx", {{0, 0}, {packed, 100}});
  EXPECT_THROW(PackedDocuments(path).text(0), UserError) << "a frame of another size";
}

}  // namespace
}  // namespace pretext
