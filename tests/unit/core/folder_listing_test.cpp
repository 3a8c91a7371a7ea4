#include "core/corpus/folder_listing.h"

#include "core/base/error.h"
#include "core/base/natural_order.h"
#include "core/corpus/folder_source.h"
#include "core/corpus/source_files.h"
#include "core/corpus/source_look.h"
#include "core/text/printable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& file) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "x";
}

std::vector<std::string> places(const FolderListing& listing) {
  std::vector<std::string> found;
  for (const auto& file : listing.files) found.push_back(file.place);
  return found;
}

using Names = std::vector<std::string>;

TEST(FolderListingTest, LinksCountWhereTheyStandAndLoopsEnd) {
  const TemporaryFolder folder;
  put(folder / "store/0.png");
  put(folder / "store/1.png");
  const auto data = folder / "data";
  fs::create_directories(data / "cat");
  fs::create_symlink("../../store/0.png", data / "cat/a.png");
  fs::create_directory_symlink("..", data / "cat/loop");
  fs::create_directory_symlink("../store", data / "bird");
  fs::create_symlink("nowhere.png", data / "gone.png");
  const auto listing = list_folder(data);
  EXPECT_EQ(places(listing), (Names{"bird/0.png", "bird/1.png", "cat/a.png"}));
  EXPECT_EQ(listing.num_loops, 1);
  EXPECT_EQ(listing.num_outside, 2);
  ASSERT_EQ(listing.broken.size(), 1u);
  EXPECT_EQ(listing.broken[0].path, "gone.png");
}

TEST(FolderListingTest, LinksThatMultiplyAreRefused) {
  const TemporaryFolder folder;
  for (int level = 0; level < 20; ++level) {
    const auto here = folder / std::to_string(level);
    fs::create_directory(here);
    for (const auto* name : {"a", "b"})
      fs::create_directory_symlink("../" + std::to_string(level + 1), here / name);
  }
  put(folder / "20/x.png");
  const auto complaint = message_of<UserError>([&] { list_folder(folder / "0"); });
  EXPECT_NE(complaint.find("links do not multiply"), std::string::npos) << complaint;
}

TEST(FolderListingTest, WhatHidesIsCountedAndNotSeen) {
  const TemporaryFolder folder;
  put(folder / "cat/0.jpg");
  for (const auto* name : {"cat/._0.jpg", "cat/.DS_Store", "cat/Thumbs.db", "__MACOSX/cat/._0.jpg",
                           "@eaDir/0.jpg", ".ipynb_checkpoints/0.jpg", "desktop.ini"})
    put(folder / name);
  const auto listing = list_folder(folder.path());
  EXPECT_EQ(places(listing), Names{"cat/0.jpg"});
  EXPECT_EQ(listing.num_hidden, 7);
  EXPECT_EQ(listing.notes(), Names{"7 hidden files and folders were left out."});
}

TEST(FolderListingTest, PipesAreNeverOpened) {
  const TemporaryFolder folder;
  put(folder / "0.png");
  ASSERT_EQ(::mkfifo((folder / "pipe.png").c_str(), 0600), 0);
  const auto listing = list_folder(folder.path());
  EXPECT_EQ(places(listing), Names{"0.png"});
  EXPECT_EQ(listing.num_special, 1);
  const auto complaint =
      message_of<UserError>([&] { require_file_or_folder(folder / "pipe.png"); });
  EXPECT_NE(complaint.find("is a pipe"), std::string::npos) << complaint;
}

TEST(FolderListingTest, AFolderThatMayNotBeReadIsNamedAndNoUpdateIsMadeOfIt) {
  if (::geteuid() == 0) GTEST_SKIP() << "nothing is forbidden to root";
  const TemporaryFolder folder;
  put(folder / "a/0.png");
  put(folder / "b/0.png");
  fs::permissions(folder / "b", fs::perms::none);
  const auto listing = list_folder(folder.path());
  fs::permissions(folder / "b", fs::perms::owner_all);
  EXPECT_EQ(places(listing), Names{"a/0.png"});
  ASSERT_EQ(listing.unlisted.size(), 1u);
  EXPECT_EQ(listing.unlisted[0].path, "b");
}

TEST(FolderListingTest, AnUpdateOfAPartIsRefused) {
  EXPECT_NO_THROW(require_whole({}));
  const SourceFindings findings = {.unlisted = {{"b", "cannot be read"}}};
  const auto complaint = message_of<UserError>([&] { require_whole(findings); });
  EXPECT_NE(complaint.find("The folder \"b\" cannot be read"), std::string::npos) << complaint;
}

TEST(FolderListingTest, NamesThatAreNoTextAreTakenAndShownEscaped) {
  const TemporaryFolder folder;
  put(folder / "caf\xE9.jpg");
  const auto listing = list_folder(folder.path());
  ASSERT_EQ(listing.files.size(), 1u);
  EXPECT_TRUE(fs::exists(listing.files[0].path));
  EXPECT_EQ(printable_name(listing.files[0].place), "caf\\xE9.jpg");
  EXPECT_EQ(printable_name("\xC3\xBC \xE2\x9C\x93"), "\xC3\xBC \xE2\x9C\x93");
  EXPECT_EQ(printable_name("a\nb"), "a\\nb");
}

struct Expected {
  std::string class_name, split;
};

void expect_roles(const Names& files, ClassFolders classes, const std::vector<Expected>& expected) {
  const auto roles = folder_roles(files, classes, true);
  ASSERT_EQ(roles.of_files.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(roles.of_files[i].class_name, expected[i].class_name) << files[i];
    EXPECT_EQ(roles.of_files[i].split, expected[i].split) << files[i];
  }
}

TEST(FolderRolesTest, ClassesAreTheFirstFoldersBelowAPart) {
  const Names deep = {"cat/0.jpg", "dog/2020/0.jpg", "dog/2021/may/0.jpg"};
  expect_roles(deep, ClassFolders::kFirst, {{"cat", ""}, {"dog", ""}, {"dog", ""}});
  expect_roles(deep, ClassFolders::kPath, {{"cat", ""}, {"dog/2020", ""}, {"dog/2021/may", ""}});
  expect_roles({"Train/cat/0.jpg", "VAL/dog/x/0.jpg"}, ClassFolders::kFirst,
               {{"cat", "train"}, {"dog", "validation"}});
  expect_roles({"training/cat/0.jpg", "testing/dog/0.jpg"}, ClassFolders::kFirst,
               {{"cat", "train"}, {"dog", "test"}});
}

TEST(FolderRolesTest, PartsMayStandBelowOneFolderOrBelowClasses) {
  expect_roles({"data/train/cat/0.jpg", "data/val/dog/0.jpg"}, ClassFolders::kFirst,
               {{"cat", "train"}, {"dog", "validation"}});
  expect_roles({"cat/train/0.jpg", "dog/test/0.jpg"}, ClassFolders::kFirst,
               {{"cat", "train"}, {"dog", "test"}});
  expect_roles({"data/cat/0.jpg", "data/dog/0.jpg"}, ClassFolders::kFirst,
               {{"cat", ""}, {"dog", ""}});
  expect_roles({"0.jpg", "cat/0.jpg"}, ClassFolders::kFirst, {{"", ""}, {"", ""}});
}

TEST(FolderRolesTest, ALoneFolderNamedAsAPartIsAClass) {
  expect_roles({"apple/0.jpg", "train/0.jpg", "zebra/0.jpg"}, ClassFolders::kFirst,
               {{"apple", ""}, {"train", ""}, {"zebra", ""}});
  expect_roles({"images/apple/0.jpg", "images/train/0.jpg"}, ClassFolders::kFirst,
               {{"apple", ""}, {"train", ""}});
  expect_roles({"train/cat/0.jpg", "train/dog/0.jpg", "0.jpg"}, ClassFolders::kFirst,
               {{"cat", "train"}, {"dog", "train"}, {"", ""}});
}

TEST(FolderSourceTest, PicturesAreKnownByTheirContentWhereTheNameDoesNotTell) {
  const TemporaryFolder folder;
  const std::string jpeg = "\xFF\xD8\xFF\xE0";
  for (const auto* name : {"a", "b.jpg_large", "c.jfif", "d.JPE"})
    std::ofstream(folder / name) << jpeg;
  std::ofstream(folder / "notes") << "no picture";
  std::ofstream(folder / "phone.heic") << "x";
  std::ofstream(folder / "new") << std::string(
      "\0\0\0\x18"
      "ftypavif",
      12);
  const auto source = open_folder_source(folder.path(), "", {});
  Names names;
  for (const auto& origin : source->origins()) names.push_back(origin.name);
  EXPECT_EQ(names, (Names{"a", "b.jpg_large", "c.jfif", "d.JPE"}));
  ASSERT_EQ(source->findings().notes.size(), 1u);
  EXPECT_NE(source->findings().notes[0].find("1 AVIF, 1 HEIC"), std::string::npos)
      << source->findings().notes[0];
}

TEST(FolderSourceTest, ASizeBeyondReasonIsRefused) {
  const TemporaryFolder folder;
  ResizeOptions size;
  size.width = size.height = 100'000;
  const auto complaint = message_of<UserError>([&] { open_image_source(folder.path(), "", size); });
  EXPECT_NE(complaint.find("at most 8192 px"), std::string::npos) << complaint;
}

TEST(ClassOrderTest, NamesAreNoNumbers) {
  EXPECT_EQ(ordered_classes({"10", "b", "01", "007", "1", "2", "a", "1"}),
            (Names{"01", "1", "2", "007", "10", "a", "b"}));
}

TEST(NaturalOrderTest, NumbersWithinNamesCountByTheirValue) {
  Names names = {"b10", "b9", "a", "b09", "b1c", "b", "b100000000000000000000"};
  std::ranges::sort(names, natural_before);
  EXPECT_EQ(names, (Names{"a", "b", "b1c", "b09", "b9", "b10", "b100000000000000000000"}));
}

}  // namespace
}  // namespace pretext
