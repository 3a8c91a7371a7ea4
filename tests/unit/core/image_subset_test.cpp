#include "core/corpus/image_subset.h"

#include "core/base/error.h"
#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// Ten drawings, labelled, each of the first three twice.
class Twins final : public ImageSource {
 public:
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  OwnedImage read(std::size_t i) const override { return drawn_->read(i < 10 ? i : i - 10); }
  std::string kind() const override { return "drawn"; }

 private:
  static std::vector<ImageOrigin> twice(const std::vector<ImageOrigin>& once) {
    auto all = once;
    all.insert(all.end(), once.begin(), once.begin() + 3);
    for (std::size_t i = 10; i < all.size(); ++i) all[i].name = "again/" + all[i].name;
    return all;
  }

  std::unique_ptr<ImageSource> drawn_ = draw_sample_images(10, 1);
  std::vector<ImageOrigin> origins_ = twice(drawn_->origins());
};

struct ImageSubsetTest : testing::Test {
  ImageSubsetTest() : database(folder.path()) {
    const Twins twins;
    whole =
        std::make_unique<Corpus>(database, ingest_images(database, {&twins}, {.name = "twins"}));
  }
  const TemporaryFolder folder;
  Database database;
  std::unique_ptr<Corpus> whole;
};

TEST_F(ImageSubsetTest, WhatStaysHasItsPictureLabelPartAndName) {
  ASSERT_EQ(whole->record().num_duplicates, 3);
  const auto record = leave_out_images(database, *whole, {0, 4, 11}, "cleaned");
  const Corpus kept(database, CorpusStore(database).require("cleaned"));
  EXPECT_EQ(kept.size(), 10);
  EXPECT_EQ(record.num_duplicates, 1) << "of the second its copy is gone, of the first itself";
  EXPECT_EQ(kept.record().classes, whole->record().classes);
  const std::vector<std::int64_t> stay = {1, 2, 3, 5, 6, 7, 8, 9, 10, 12};
  const auto before = CorpusStore(database).samples(whole->record().id);
  const auto after = CorpusStore(database).samples(kept.record().id);
  for (std::size_t i = 0; i < stay.size(); ++i) {
    SCOPED_TRACE(i);
    const auto& old = before[static_cast<std::size_t>(stay[i])];
    EXPECT_TRUE(std::ranges::equal(kept.images().image(std::int64_t(i)).bytes(),
                                   whole->images().image(stay[i]).bytes()));
    EXPECT_EQ(after[i].label, old.label);
    EXPECT_EQ(after[i].split, old.split);
    EXPECT_EQ(after[i].source, old.source);
    EXPECT_EQ(after[i].key, old.key);
  }
  EXPECT_EQ(after[8].duplicate_rank, 0) << "a copy of what was left out is the first by now";
  const auto skipped = CorpusStore(database).skipped(kept.record().id);
  ASSERT_EQ(skipped.size(), 3u);
  EXPECT_EQ(std::ranges::count(skipped, before[4].source, &SkippedFile::path), 1);
  EXPECT_EQ(skipped[1].reason, "left out of \"twins\"");
}

TEST_F(ImageSubsetTest, WhatCannotBeMadeLeavesNothing) {
  std::set<std::int64_t> all;
  for (std::int64_t i = 0; i < whole->size(); ++i) all.insert(i);
  EXPECT_THROW(leave_out_images(database, *whole, all, "none"), UserError);
  EXPECT_THROW(leave_out_images(database, *whole, {1}, "twins"), UserError) << "the name is taken";
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(leave_out_images(database, *whole, {1}, "stopped", {}, stop.get_token()), UserError);
  EXPECT_EQ(CorpusStore(database).list().size(), 1u);
  const auto folders = std::filesystem::directory_iterator(folder.path() / "corpora");
  EXPECT_EQ(std::distance(begin(folders), end(folders)), 1);
}

}  // namespace
}  // namespace pretext
