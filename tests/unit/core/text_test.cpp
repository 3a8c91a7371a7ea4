#include "core/base/error.h"
#include "core/text/boilerplate.h"
#include "core/text/characters.h"
#include "core/text/cleaning.h"
#include "core/text/line_reader.h"
#include "core/text/record_reader.h"
#include "core/text/sentences.h"
#include "core/text/utf8.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <zlib.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

std::vector<std::string> sentences(const std::string& text,
                                   LineMeaning lines = LineMeaning::kParagraph) {
  std::vector<std::string> found;
  for (const auto& range : split_sentences(text, lines))
    found.push_back(text.substr(range.begin, range.end - range.begin));
  return found;
}

using Strings = std::vector<std::string>;

TEST(SentencesTest, KnowAbbreviationsDecimalsInitialsAndQuotes) {
  EXPECT_EQ(sentences("Dr. Smith paid 3.14 dollars to J. Doe. He left!"),
            (Strings{"Dr. Smith paid 3.14 dollars to J. Doe.", "He left!"}));
  EXPECT_EQ(sentences("\"Is it?\" she said. \"It is.\" (So be it.) Then e.g. this"),
            (Strings{"\"Is it?\" she said.", "\"It is.\"", "(So be it.)", "Then e.g. this"}));
  EXPECT_EQ(sentences("Wait ... what ? Yes . No ."), (Strings{"Wait ... what ?", "Yes .", "No ."}));
  EXPECT_EQ(sentences("See example.org for v1.2. Next"),
            (Strings{"See example.org for v1.2.", "Next"}));
}

TEST(SentencesTest, ChineseNeedsNoBlanks) {
  EXPECT_EQ(sentences("\u4ed6\u6765\u4e86\u3002\u201c\u771f\u7684\uff1f\u201d\u771f\u7684\uff01"),
            (Strings{"\u4ed6\u6765\u4e86\u3002", "\u201c\u771f\u7684\uff1f\u201d",
                     "\u771f\u7684\uff01"}));
}

TEST(SentencesTest, LinesMeanWhatTheyAreSaidToMean) {
  const std::string text = "One. Two\nthree. Four.";
  EXPECT_EQ(sentences(text, LineMeaning::kSentence), (Strings{"One. Two", "three. Four."}));
  EXPECT_EQ(sentences(text, LineMeaning::kParagraph), (Strings{"One.", "Two", "three.", "Four."}));
  EXPECT_EQ(sentences(text, LineMeaning::kWrapped), (Strings{"One.", "Two\nthree.", "Four."}));
}

TEST(SentencesTest, TheMeaningOfLinesIsRecognised) {
  std::string sentence_lines, wrapped, paragraphs;
  for (int i = 0; i < 20; ++i) {
    sentence_lines += "This line is one sentence of some length.\n";
    wrapped += "the text goes on and on and is broken where the line is full of wo\n";
    paragraphs += "A paragraph. It has more than one sentence. " + std::string(8 * i, 'x') + "\n";
  }
  EXPECT_EQ(guess_line_meaning(sentence_lines), LineMeaning::kSentence);
  EXPECT_EQ(guess_line_meaning(wrapped), LineMeaning::kWrapped);
  EXPECT_EQ(guess_line_meaning(paragraphs), LineMeaning::kParagraph);
}

TEST(CleaningTest, EachSwitchDoesItsPartAndCountsIt) {
  CleaningCounts counts;
  std::string text =
      " e\u0301  a\x01"
      "b\r\n\r\n\r\n<p>x &amp; y</p>\xFF";
  clean_text(text, {.markup = true}, counts);
  EXPECT_EQ(text, "\u00e9 ab\n\nx & y \uFFFD");
  EXPECT_EQ(counts.num_composed, 1);
  EXPECT_EQ(counts.num_control, 1);
  EXPECT_EQ(counts.num_white_space, 1);
  EXPECT_EQ(counts.num_markup, 1);
  EXPECT_EQ(counts.num_invalid, 1);
}

TEST(CleaningTest, NothingIsChangedWithoutReason) {
  CleaningCounts counts;
  std::string text = "1 < 2 & 3 > 2; a family \U0001f468\u200d\U0001f469\nnext";
  const auto before = text;
  clean_text(text, {.markup = true}, counts);
  EXPECT_EQ(text, before);
  EXPECT_EQ(counts.num_composed + counts.num_control + counts.num_white_space + counts.num_markup,
            0);
}

TEST(Utf8Test, WhatIsNoUtf8BecomesReplacementCharacters) {
  // Unicode 15, table 3-8: the longest part that could have begun a character is one replacement.
  std::string text = "a\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41";
  EXPECT_EQ(repair_utf8(text), 8);
  std::string cut = "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41";
  EXPECT_EQ(repair_utf8(cut), 4);
  EXPECT_EQ(cut,
            "\uFFFD\uFFFD\uFFFD\uFFFD"
            "A");
}

Strings lines_of(const std::filesystem::path& file) {
  LineReader reader(file);
  Strings lines;
  for (std::string line; reader.next(line);) lines.push_back(line);
  return lines;
}

TEST(LineReaderTest, ReadsEveryLineEndCodingAndGzip) {
  const TemporaryFolder folder;
  const auto with = [&](const std::string& bytes) {
    std::ofstream(folder / "t.txt", std::ios::binary) << bytes;
    return lines_of(folder / "t.txt");
  };
  EXPECT_EQ(with("\xEF\xBB\xBFone\r\ntwo\rthree\n\nfive"),
            (Strings{"one", "two", "three", "", "five"}));
  using namespace std::string_literals;
  EXPECT_EQ(with("\xFF\xFE\xE9\0\n\0\x3D\xD8\x4D\xDC"s), (Strings{"\u00e9", "\U0001f44d"}));
  EXPECT_EQ(with("\xFE\xFF\0\xE9\0\n\xD8\x3D"s), (Strings{"\u00e9", "\uFFFD"}));
  EXPECT_THROW(with("bin\0ary"s), UserError);
  const auto file = folder / "t.txt.gz";
  auto* packed = gzopen(file.c_str(), "wb");
  gzputs(packed, "in gzip\nyes");
  gzclose(packed);
  EXPECT_EQ(lines_of(file), (Strings{"in gzip", "yes"}));
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 6);
  EXPECT_THROW(lines_of(file), UserError);
}

TEST(LineReaderTest, LinesAcrossBlocksAreWhole) {
  const TemporaryFolder folder;
  const std::string line((std::size_t{1} << 20) - 1, 'x');
  std::ofstream(folder / "t.txt") << line << "\r\n" << line << "y\n";
  EXPECT_EQ(lines_of(folder / "t.txt"), (Strings{line, line + "y"}));
}

TEST(RecordReaderTest, QuotesAsRfc4180Has) {
  const TemporaryFolder folder;
  std::ofstream(folder / "t.csv") << "a,\"b,\"\"c\"\"\nd\",\n\"\",x\n\nlast,\"un\"quoted\"\n";
  RecordReader reader(folder / "t.csv", ',');
  Strings row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row, (Strings{"a", "b,\"c\"\nd", ""}));
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row, (Strings{"", "x"}));
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row, (Strings{"last", "un\"quoted"}));
  EXPECT_EQ(reader.line_number(), 5);
  EXPECT_FALSE(reader.next(row));
}

TEST(RecordReaderTest, AQuoteThatNeverEndsIsAnErrorInCsvAndTextInTsv) {
  const TemporaryFolder folder;
  std::ofstream(folder / "t.csv") << "\"open,1\nmore\n";
  RecordReader csv(folder / "t.csv", ',');
  Strings row;
  EXPECT_THROW(csv.next(row), UserError);
  std::ofstream(folder / "t.tsv") << "\"open\" says he\t1\n";
  RecordReader tsv(folder / "t.tsv", '\t');
  ASSERT_TRUE(tsv.next(row));
  EXPECT_EQ(row, (Strings{"\"open\" says he", "1"}));
}

TEST(LineCountsTest, LinesThatComeAgainAndAgainGo) {
  LineCounts counts;
  std::vector<std::string> pages;
  for (int page = 0; page < 5; ++page) {
    pages.push_back("  ACME Ltd., confidential \n\nWhat page " + std::to_string(page) +
                    " tells.\n" + (page < 2 ? "Seen twice.\n" : "") + "All rights reserved");
  }
  pages.emplace_back("All rights reserved");  // Of a single line: not looked at.
  for (const auto& page : pages) counts.count(page);
  EXPECT_EQ(counts.drop_frequent(pages[0], 2), 2);
  EXPECT_EQ(pages[0], "\nWhat page 0 tells.\nSeen twice.");
  EXPECT_EQ(counts.drop_frequent(pages[4], 4), 2);
  EXPECT_EQ(counts.drop_frequent(pages[3], 5), 0);
  EXPECT_EQ(counts.drop_frequent(pages[5], 2), 0);
  std::string only = "All rights reserved\nACME Ltd., confidential";
  EXPECT_EQ(counts.drop_frequent(only, 2), 2);
  EXPECT_EQ(only, "");
}

TEST(CleaningTest, WhatEndsALineOrAPagePartsWords) {
  CleaningCounts counts;
  std::string text =
      "one\x0btwo\x0cthree\xc2\x85"
      "four\x01!";
  clean_text(text, {.white_space = false}, counts);
  EXPECT_EQ(text, "one two three four!");
  EXPECT_EQ(counts.num_control, 1);
}

TEST(CleaningTest, WhatIsOpenedAndNeverClosedTakesNoQuadraticTime) {
  for (const std::string begin : {"<!--", "<a", "&", "</"}) {
    std::string text;
    while (text.size() < 4'000'000) text += begin;
    const auto before = text;
    CleaningCounts counts;
    const auto start = std::chrono::steady_clock::now();
    clean_text(text, {.markup = true}, counts);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << begin;
    EXPECT_EQ(text, before) << begin;
  }
  std::string marks = "a";
  while (marks.size() < 1'000'000) marks += "\u0301\u0323";
  const auto before = marks;
  const auto start = std::chrono::steady_clock::now();
  CleaningCounts counts;
  clean_text(marks, {}, counts);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_EQ(marks, before);
  std::string text = "a <!-- b --> c <!-- d";
  clean_text(text, {.markup = true}, counts);
  EXPECT_EQ(text, "a c <!-- d");
}

TEST(RecordReaderTest, ARowOfMoreFieldsThanTablesHaveIsRefused) {
  const TemporaryFolder folder;
  std::ofstream(folder / "t.csv") << std::string(200'000, ',');
  std::vector<std::string> fields;
  RecordReader reader(folder / "t.csv", ',');
  EXPECT_THROW(reader.next(fields), UserError);
}

}  // namespace
}  // namespace pretext
