#include "core/corpus/ingest.h"

#include "core/base/error.h"
#include "core/corpus/corpus.h"
#include "core/corpus/corpus_notes.h"
#include "core/corpus/label_list.h"
#include "core/corpus/workspace_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <set>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

/// Pictures made by the test: number i has the grey value `values[i]`.
class FakeSource final : public ImageSource {
 public:
  explicit FakeSource(std::vector<int> values) : values_(std::move(values)) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      origins_.push_back(
          {std::string("p") + std::to_string(i), values_[i] % 2 ? "odd" : "even", ""});
    }
  }
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  OwnedImage read(std::size_t i) const override {
    if (values_[i] < 0) throw UserError("is damaged");
    OwnedImage image;
    image.width = 6;
    image.height = 4;
    image.pixels.assign(24, static_cast<std::byte>(values_[i]));
    image.pixels[0] = static_cast<std::byte>(values_[i] >> 8);
    return image;
  }
  std::string kind() const override { return "fake"; }

 private:
  std::vector<int> values_;
  std::vector<ImageOrigin> origins_;
};

std::vector<int> counted(int count) {
  std::vector<int> values;
  for (int i = 0; i < count; ++i) values.push_back(i);
  return values;
}

bool has_nothing_in(const fs::path& corpora) {
  return !fs::exists(corpora) || fs::directory_iterator(corpora) == fs::directory_iterator();
}

TEST(IngestTest, DuplicatesAreCountedAndNeverStraddleSplits) {
  const TemporaryFolder folder;
  Database database(folder.path());
  auto values = counted(400);
  const auto twice = counted(400);
  values.insert(values.end(), twice.begin(), twice.end());
  const FakeSource source(values);
  const auto record = ingest_images(database, {&source}, {.name = "twice"});
  EXPECT_EQ(record.num_duplicates, 400);
  const Corpus corpus(database, record);
  std::set<std::uint64_t> train;
  for (const auto position : corpus.split("train")) train.insert(corpus.images().key(position));
  for (const auto position : corpus.split("validation")) {
    EXPECT_FALSE(train.contains(corpus.images().key(position)));
  }
  const auto validation = corpus.split("validation").size();
  EXPECT_GT(validation, 40u);
  EXPECT_LT(validation, 120u);
}

TEST(IngestTest, WhatCannotBeReadIsSkippedWithItsReason) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source({1, -1, 3});
  const auto record = ingest_images(database, {&source}, {.name = "c"});
  EXPECT_EQ(record.num_samples, 2);
  const auto skipped = CorpusStore(database).skipped(record.id);
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_EQ(skipped[0].path, "p1");
  EXPECT_EQ(skipped[0].reason, "is damaged");
}

TEST(IngestTest, ANameIsTakenOnlyOnceUnlessUpdated) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source({1, 2});
  ingest_images(database, {&source}, {.name = "c"});
  EXPECT_THROW(ingest_images(database, {&source}, {.name = "c"}), UserError);
  const FakeSource grown({1, 2, 3});
  EXPECT_EQ(ingest_images(database, {&grown}, {.name = "c", .update = true}).version, 2);
  EXPECT_EQ(CorpusStore(database).list().size(), 1u);
  EXPECT_THROW(ingest_images(database, {&source}, {.name = "new", .update = true}), UserError);
}

TEST(IngestTest, AnotherCorpusFileIsNotTakenForItsOwn) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source({1, 2, 3}), other({4, 5, 6});
  const auto first = ingest_images(database, {&source}, {.name = "a"});
  const auto second = ingest_images(database, {&other}, {.name = "b"});
  EXPECT_NO_THROW(Corpus(database, first));
  fs::copy_file(folder.path() / second.path / "images.ptx",
                folder.path() / first.path / "images.ptx", fs::copy_options::overwrite_existing);
  EXPECT_THROW(Corpus(database, first), UserError);
}

TEST(IngestTest, ChangedPixelsAreFound) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source({1, 2, 3});
  const auto record = ingest_images(database, {&source}, {.name = "a"});
  EXPECT_NO_THROW(Corpus(database, record).check_contents());
  EXPECT_TRUE(check_workspace(database, true).empty());
  {
    std::fstream file(folder.path() / record.path / "images.ptx",
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(64 + 5);  // Of the first picture, behind the header.
    file.put('\x7f');
  }
  const Corpus corpus(database, record);
  EXPECT_THROW(corpus.check_contents(), UserError);
  EXPECT_THROW(corpus.images().check_contents(0), UserError);
  EXPECT_NO_THROW(corpus.images().check_contents(1));
  EXPECT_TRUE(check_workspace(database, false).empty());
  EXPECT_EQ(check_workspace(database, true).size(), 1u);
}

TEST(IngestTest, WhatNoRowStandsForIsNamed) {
  const TemporaryFolder folder;
  Database database(folder.path());
  fs::create_directories(folder / "corpora/7");
  fs::create_directories(folder / "runs/strange");
  EXPECT_EQ(check_workspace(database, false).size(), 2u);
}

TEST(IngestTest, ANumberIsNoNameAndAnUpdateIsOfTheSameKind) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source({1, 2});
  EXPECT_THROW(ingest_images(database, {&source}, {.name = "12"}), UserError);
  ingest_images(database, {&source}, {.name = "c"});
  EXPECT_THROW(UnfinishedCorpus(database, {.name = "c", .update = true}, "text"), UserError);
}

/// Pictures with stamps, which counts how many are read.
class StampedSource final : public ImageSource {
 public:
  explicit StampedSource(int count) : pictures_(counted(count)) {}
  const std::vector<ImageOrigin>& origins() const override { return pictures_.origins(); }
  OwnedImage read(std::size_t i) const override {
    ++num_read;
    return pictures_.read(i);
  }
  std::uint64_t stamp(std::size_t i) const override { return i == changed ? 99 : 7; }
  std::string kind() const override { return "fake"; }

  std::size_t changed = 1000;
  mutable std::atomic<int> num_read = 0;

 private:
  FakeSource pictures_;
};

TEST(IngestTest, AnUpdateReadsOnlyWhatIsNewOrChanged) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const StampedSource first(10);
  ingest_images(database, {&first}, {.name = "c"});
  StampedSource grown(14);
  grown.changed = 3;
  const auto updated = ingest_images(database, {&grown}, {.name = "c", .update = true});
  EXPECT_EQ(grown.num_read, 5);  // Four new ones and the changed one.
  EXPECT_EQ(updated.num_reused, 9);
  const StampedSource afresh(14);
  const auto whole = ingest_images(database, {&afresh}, {.name = "afresh"});
  EXPECT_EQ(updated.fingerprint, whole.fingerprint);
  EXPECT_EQ(updated.mean, whole.mean);
}

/// Pictures of 8 bits a value, but for those named, which have 16.
class MixedSource final : public ImageSource {
 public:
  MixedSource(int count, std::set<std::size_t> deep)
      : pictures_(counted(count)), deep_(std::move(deep)) {}
  const std::vector<ImageOrigin>& origins() const override { return pictures_.origins(); }
  OwnedImage read(std::size_t i) const override {
    auto image = pictures_.read(i);
    if (!deep_.contains(i)) return image;
    image.width = 3;
    image.dtype = PixelType::kU16;
    return image;
  }
  std::string kind() const override { return "fake"; }

 private:
  FakeSource pictures_;
  std::set<std::size_t> deep_;
};

TEST(IngestTest, APictureOfAnotherDepthIsLeftOutInWords) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const MixedSource source(4, {3});
  const auto corpus = ingest_images(database, {&source}, {.name = "c"});
  EXPECT_EQ(corpus.num_samples, 3);
  const auto skipped = CorpusStore(database).skipped(corpus.id);
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_EQ(skipped[0].path, "p3");
  EXPECT_EQ(skipped[0].reason,
            "has 16 bits a value and others 8: ingest it as a corpus of its own");
}

TEST(IngestTest, ADepthThatFewPicturesHaveDoesNotDecide) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const MixedSource first_is_deep(4, {0});
  const auto complaint =
      message_of<UserError>([&] { ingest_images(database, {&first_is_deep}, {.name = "c"}); });
  EXPECT_NE(complaint.find("3 have another depth than the first, \"p0\""), std::string::npos)
      << complaint;
  // Of an update, the version before decides.
  const MixedSource flat(4, {});
  ingest_images(database, {&flat}, {.name = "c"});
  const auto updated = ingest_images(database, {&first_is_deep}, {.name = "c", .update = true});
  EXPECT_EQ(updated.num_samples, 3);
}

/// Pictures without classes.
class UnlabelledSource final : public ImageSource {
 public:
  explicit UnlabelledSource(int count) : pictures_(counted(count)) {
    origins_ = pictures_.origins();
    for (auto& origin : origins_) origin.class_name.clear();
  }
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  OwnedImage read(std::size_t i) const override { return pictures_.read(i); }
  std::string kind() const override { return "fake"; }

 private:
  FakeSource pictures_;
  std::vector<ImageOrigin> origins_;
};

TEST(IngestTest, AnUpdateKeepsTheLabelsThatWereGivenMeanwhile) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const UnlabelledSource source(4);
  const auto first = ingest_images(database, {&source}, {.name = "c"});
  CorpusStore corpora(database);
  EXPECT_EQ(corpora.set_labels(first.id, {{3, "cat"}, {0, "dog"}}), 2);
  const UnlabelledSource grown(6);
  const auto second = ingest_images(database, {&grown}, {.name = "c", .update = true});
  ASSERT_EQ(second.classes.size(), 2u);
  const auto samples = corpora.samples(second.id);
  EXPECT_EQ(second.classes[static_cast<std::size_t>(*samples[3].label)], "cat");
  EXPECT_EQ(second.classes[static_cast<std::size_t>(*samples[0].label)], "dog");
  EXPECT_FALSE(samples[5].label);
}

/// Pictures of the values, named "0", "1" and so on, without classes, with one stamp for all.
class NamedSource final : public ImageSource {
 public:
  NamedSource(std::vector<int> values, const std::string& split) : pictures_(values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      origins_.push_back({std::to_string(i), "", split});
  }
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  OwnedImage read(std::size_t i) const override { return pictures_.read(i); }
  std::uint64_t stamp(std::size_t) const override { return 7; }
  std::string kind() const override { return "fake"; }
  void rename(std::size_t i, const std::string& name) { origins_[i].name = name; }

 private:
  FakeSource pictures_;
  std::vector<ImageOrigin> origins_;
};

std::vector<std::string> class_names_of(Database& database, const CorpusRecord& corpus) {
  std::vector<std::string> names;
  for (const auto& sample : CorpusStore(database).samples(corpus.id))
    names.push_back(sample.label ? corpus.classes[static_cast<std::size_t>(*sample.label)] : "");
  return names;
}

TEST(IngestTest, AnUpdateKeepsPartsWithEqualNamesApart) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const NamedSource train({1, 2}, "train"), test({3, 4}, "test");
  const auto first = ingest_images(database, {&train, &test}, {.name = "c"});
  CorpusStore(database).set_labels(first.id, {{0, "a"}, {1, "b"}, {2, "b"}, {3, "a"}});
  const auto second = ingest_images(database, {&train, &test}, {.name = "c", .update = true});
  EXPECT_EQ(class_names_of(database, second), (std::vector<std::string>{"a", "b", "b", "a"}));
  EXPECT_EQ(second.num_reused, 4);
  EXPECT_EQ(second.fingerprint, first.fingerprint);
}

TEST(IngestTest, AnUpdateFindsLabelsOfRenamedFilesByTheirContent) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const NamedSource before({1, 2}, "train");
  const auto first = ingest_images(database, {&before}, {.name = "c"});
  CorpusStore(database).set_labels(first.id, {{0, "a"}, {1, "b"}});
  NamedSource renamed({1, 2}, "train");
  renamed.rename(0, "x");
  renamed.rename(1, "y");
  const auto second = ingest_images(database, {&renamed}, {.name = "c", .update = true});
  EXPECT_EQ(class_names_of(database, second), (std::vector<std::string>{"a", "b"}));
}

TEST(IngestTest, SaysWhatMakesAnAccuracyOnTheTestPartUntrue) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const NamedSource train({1, 2, 3}, "train"), test({3, 4}, "test");
  const auto corpus = ingest_images(database, {&train, &test}, {.name = "c"});
  const auto notes = corpus_notes(CorpusStore(database).get(corpus.id));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].find("Of 2 test samples, 1 is"), std::string::npos) << notes[0];
  const SampleRecord rows[] = {{.split = "train", .label = 0},
                               {.key = 1, .split = "test", .label = 1}};
  const auto lacking = part_notes({2, [&](std::int64_t i) { return rows[i]; }}, {"a", "b"});
  ASSERT_EQ(lacking.size(), 1u);
  EXPECT_NE(lacking[0].find("lacks \"b\", which the test part has"), std::string::npos);
  const SampleRecord alone[] = {{.split = "train", .label = 0},
                                {.key = 1, .split = "validation", .label = 1}};
  const auto drawn = part_notes({2, [&](std::int64_t i) { return alone[i]; }}, {"a", "b"});
  ASSERT_EQ(drawn.size(), 1u);
  EXPECT_NE(drawn[0].find("lacks \"b\", which the validation part has"), std::string::npos);
}

TEST(IngestTest, AStopOrAFailureLeavesNothingBehind) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source(counted(2000));
  std::stop_source stop;
  EXPECT_THROW(ingest_images(
                   database, {&source}, {.name = "c"},
                   [&](const IngestProgress&) { stop.request_stop(); }, stop.get_token()),
               UserError);
  EXPECT_TRUE(has_nothing_in(folder / "corpora"));
  const FakeSource unreadable({-1, -1});
  EXPECT_THROW(ingest_images(database, {&unreadable}, {.name = "c"}), UserError);
  EXPECT_TRUE(has_nothing_in(folder / "corpora"));
  EXPECT_TRUE(CorpusStore(database).list().empty());
}

TEST(IngestTest, SubsetsGrowAndStay) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const FakeSource source(counted(300));
  const Corpus corpus(database, ingest_images(database, {&source}, {.name = "c"}));
  const auto small = corpus.fixed_part("train", 50);
  const auto large = corpus.fixed_part("train", 100);
  ASSERT_EQ(small.size(), 50u);
  EXPECT_TRUE(std::ranges::includes(large, small));
  EXPECT_NE(small.back(), 49) << "the first ones by path are one class of a folder";
  EXPECT_EQ(corpus.fixed_part("train", 0), corpus.split("train"));
}

TEST(CorpusNotesTest, ABlankLineTooManyIsSaid) {
  EXPECT_NE(blank_line_note(2, 200).find("2 documents of 200 sentences"), std::string::npos);
  EXPECT_EQ(blank_line_note(200, 200), "");
  EXPECT_EQ(blank_line_note(3, 12), "");
}

TEST(ImageSourceTest, SaysWhatIsWrongWithWhatItIsGiven) {
  const TemporaryFolder folder;
  const auto complaint = [&](const fs::path& path, const std::string& labels = "") {
    return message_of<UserError>([&] { open_image_source(path, labels, {}); });
  };
  EXPECT_NE(complaint(folder / "nowhere").find("There is no file or folder"), std::string::npos);
  EXPECT_NE(complaint(folder.path()).find("has 0 files but no image"), std::string::npos);
  std::ofstream(folder / "a.txt") << "text";
  EXPECT_NE(complaint(folder.path()).find("has 1 file but no image"), std::string::npos);
  EXPECT_NE(complaint(folder / "a.txt").find("is not an IDX file"), std::string::npos);
  std::ofstream(folder / "a.png") << "not really";
  std::ofstream(folder / "labels.csv") << "file,class\nb.png,x\nc.png,y\n";
  EXPECT_NE(complaint(folder.path(), folder / "labels.csv").find("There is no sample \"b.png\""),
            std::string::npos);
}

TEST(ImageSourceTest, DamagedPicturesAreNamedAndAHugeHeaderIsNotBelieved) {
  const TemporaryFolder folder;
  std::ofstream(folder / "empty.jpg");
  const unsigned char jpeg[] = {0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 'J', 'F', 'I', 'F'};
  std::ofstream(folder / "cut.jpg", std::ios::binary)
      .write(reinterpret_cast<const char*>(jpeg), sizeof jpeg);
  const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13,
                               'I',  'H', 'D', 'R', 0,    1,    0,    0,    0, 1, 0, 0,
                               8,    2,   0,   0,   0,    0,    0,    0,    0, 0};
  std::ofstream(folder / "huge.png", std::ios::binary)
      .write(reinterpret_cast<const char*>(png), sizeof png);
  const auto source = open_image_source(folder.path(), "", {});
  std::vector<std::string> reasons;
  for (std::size_t i = 0; i < 3; ++i) {
    reasons.push_back(message_of<UserError>([&] { source->read(i); }));
  }
  EXPECT_EQ(reasons, (std::vector<std::string>{"is cut off or damaged", "is empty",
                                               "claims to be too large"}));
}

TEST(FolderSourceTest, ExifOrientationIsAppliedWhateverTheFormat) {
  const auto source = open_image_source(PRETEXT_REFERENCE "/oriented", "none", {});
  ASSERT_EQ(source->origins().size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto image = source->read(i);
    const auto& name = source->origins()[i].name;
    ASSERT_EQ(image.width, 40) << name;
    ASSERT_EQ(image.height, 60) << name;
    const auto red = [&](int x, int y) {
      return static_cast<int>(image.pixels[static_cast<std::size_t>((y * 40 + x) * 3)]);
    };
    EXPECT_GT(red(35, 5), 200) << name;  // The white quarter is now in the upper right.
    EXPECT_LT(red(5, 5), 50) << name;
    EXPECT_LT(red(35, 55), 50) << name;
  }
}

TEST(LabelCsvTest, ReadsWhatSpreadsheetsWrite) {
  const TemporaryFolder folder;
  const auto read = [&](const char* text) {
    std::ofstream(folder / "labels.csv", std::ios::binary) << text;
    return read_label_csv(folder / "labels.csv");
  };
  using Rows = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(read("a.png,x\r\n\"b, c.png\",\"say \"\"y\"\"\"\r\n"),
            (Rows{{"a.png", "x"}, {"b, c.png", "say \"y\""}}));
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "file;class\na.png;x\n"),
            (Rows{{"a.png", "x"}}));
  EXPECT_EQ(read("a.png\tx\n\nb.png\ty\n"), (Rows{{"a.png", "x"}, {"b.png", "y"}}));
  // As "predict" writes it, and with the name behind.
  EXPECT_EQ(read("file,class,probability\na.png,x,0.75\n"), (Rows{{"a.png", "x"}}));
  EXPECT_EQ(read("Label,Path\nx,a.png\n"), (Rows{{"a.png", "x"}}));
  EXPECT_EQ(read("a.png,image\nb.png,file\n"), (Rows{{"a.png", "image"}, {"b.png", "file"}}));
}

TEST(LabelCsvTest, NamesTheLineThatIsNoFileAndClass) {
  const TemporaryFolder folder;
  for (const auto* text : {"a.png,x\nb, c.png,y\n", "a.png,x\nb.png\n"}) {
    std::ofstream(folder / "labels.csv") << text;
    const auto complaint = message_of<UserError>([&] { read_label_csv(folder / "labels.csv"); });
    EXPECT_NE(complaint.find("line 2 has "), std::string::npos) << complaint;
  }
  // Guessing which of several columns has the classes would label in silence.
  for (const auto* text : {"file\na.png\n", "file,width,kind\na.png,64,x\n"}) {
    std::ofstream(folder / "labels.csv") << text;
    const auto complaint = message_of<UserError>([&] { read_label_csv(folder / "labels.csv"); });
    EXPECT_NE(complaint.find("has the columns \"file\""), std::string::npos) << complaint;
  }
}

}  // namespace
}  // namespace pretext
