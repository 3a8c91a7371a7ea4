
#include "app/csv_file.h"
#include "core/base/error.h"
#include "core/base/new_file.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <sys/stat.h>
#include <vector>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class OutFileTest : public ::testing::Test {
 protected:
  void put(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }
  std::string refusal(const fs::path& file) {
    return message_of<UserError>([&] { writable_file(file); });
  }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder.path()))
      names.push_back(entry.path().filename().string());
    return names;
  }

  TemporaryFolder folder;
};

TEST_F(OutFileTest, WhatIsNoFileIsRefusedBeforeTheWork) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  fs::create_directory(folder / "folder");
  fs::create_symlink("nowhere", folder / "dangling");
  fs::create_symlink("/dev/null", folder / "to-device");
  EXPECT_NE(refusal(folder / "folder").find("it is a folder"), std::string::npos);
  EXPECT_NE(refusal(folder / "pipe").find("a device or a pipe"), std::string::npos);
  EXPECT_NE(refusal("/dev/null").find("a device or a pipe"), std::string::npos);
  EXPECT_NE(refusal(folder / "to-device").find("a device or a pipe"), std::string::npos);
  EXPECT_NE(refusal(folder / "dangling").find("leads nowhere"), std::string::npos);
  EXPECT_NE(refusal(folder / "no" / "such").find("there is no folder"), std::string::npos);
  EXPECT_NE(refusal("").find("No file is named"), std::string::npos);
  EXPECT_EQ(refusal(folder / "new"), "");
  EXPECT_EQ(refusal("new"), "") << "of the folder one is in";
  EXPECT_NE(message_of<UserError>([&] { writable_folder(folder / "pipe"); }).find("no folder"),
            std::string::npos);
}

TEST_F(OutFileTest, ALinkStaysAndItsTargetIsWritten) {
  put(folder / "target", "old");
  fs::create_symlink("target", folder / "link");
  NewFile file(folder / "link");
  file.write("new");
  EXPECT_EQ(textOf(folder / "target"), "old") << "until it is finished";
  file.finish();
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(textOf(folder / "target"), "new");
  EXPECT_EQ(names().size(), 2u);
}

TEST_F(OutFileTest, WhatIsNotFinishedLeavesNothing) {
  put(folder / "file", "old");
  {
    NewFile file(folder / "file");
    file.write("half");
  }
  EXPECT_EQ(textOf(folder / "file"), "old");
  EXPECT_EQ(names(), std::vector<std::string>{"file"});
}

TEST_F(OutFileTest, AFullDiskLeavesTheFileAsItWas) {
  put(folder / "file.csv", "old");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto ignore = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  CsvFile csv(folder / "file.csv", {"text"});
  csv.add({std::string(100'000, 'x')});
  const auto said = message_of<UserError>([&] { csv.write(); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, ignore);
  EXPECT_NE(said.find("disk"), std::string::npos) << said;
  EXPECT_EQ(textOf(folder / "file.csv"), "old");
  EXPECT_EQ(names(), std::vector<std::string>{"file.csv"});
}

}  // namespace
}  // namespace pretext
